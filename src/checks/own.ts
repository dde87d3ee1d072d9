import { Problem } from '../problem.js';
import type { Check, Promised } from './check.js';
import { CHECKS, PROMISES } from './index.js';
import { guarded } from './own-guard.js';

/** Checks that somebody has added to this process, as they were given, each with itself as it is driven. */
const OWN = new Map<Check, Check>();
/** All checks of reads and all promises: they are read for every finding. */
let reads: readonly Check[] = CHECKS;
let promises: readonly Promised[] = PROMISES;

/** The most requests that a check of a read may ask for one operation. */
const MOST_REQUESTS = 12;

/**
 * Adds checks of reads that do not come with this program. They are named `own/NAME`, so that no version of this program
 * takes the name, and are driven as all others: what they yield goes through the gate, which lets safe requests pass only.
 * A check that is there already, under its name, is left as it is where it is the same one.
 * @throws Problem for what is no check, and for a second one with the name of another
 */
export function addChecks(checks: readonly unknown[], from: string): void {
  const added = checks.map((check) => checkedMembers(check, from));
  for (const check of added) {
    const other = [...OWN.keys(), ...added].find((one) => one.id === check.id && one !== check);
    if (other === undefined) continue;
    throw new Problem('CONFORM_E_PLUGIN_INVALID', `there are two checks “${check.id}”`, {
      place: { file: from },
      remedy: 'Give one of them another name.',
    });
  }
  for (const check of added) OWN.set(check, guarded(check));
  collect();
}

/** Takes away what was added: for tests. */
export function removeChecks(): void {
  OWN.clear();
  collect();
}

function collect(): void {
  reads = [...CHECKS, ...OWN.values()];
  promises = [...PROMISES, ...OWN.values()];
}

/** Every check of reads: those of this program, then those that were added. */
export function readChecks(): readonly Check[] {
  return reads;
}

/** Every promise of every kind. */
export function allPromises(): readonly Promised[] {
  return promises;
}

/** What each member of a check has to be, and how to say so. */
const MEMBERS: Readonly<Record<string, [holds: (value: unknown) => boolean, what: string]>> = {
  id: [(value) => typeof value === 'string' && /^own\/[a-z0-9-]+$/.test(value), 'a name like own/has-etag'],
  promise: [(value) => typeof value === 'string' && value !== '', 'a sentence'],
  source: [isObject, 'an object with kind and ref'],
  since: [(value) => typeof value === 'string', 'a version'],
  severity: [(value) => value === 'error' || value === 'warning', 'error or warning'],
  asks: [isBounded, `{ atMost: a number from 0 to ${MOST_REQUESTS} }`],
  messages: [isObject, 'an object with a function for each code'],
  run: [(value) => typeof value === 'function', 'a generator function'],
};

/** @throws Problem for what is no check, with the first member that is wrong */
function checkedMembers(value: unknown, from: string): Check {
  if (isCheck(value)) return value;
  const members: object = isObject(value) ? value : {};
  const wrong = Object.entries(MEMBERS).find(([name, [holds]]) => !holds(Reflect.get(members, name)));
  throw new Problem(
    'CONFORM_E_PLUGIN_INVALID',
    `a check has no usable “${wrong?.[0] ?? 'id'}”: it has to be ${wrong?.[1][1] ?? ''}`,
    {
      place: { file: from },
      remedy: 'docs/library.md shows a check with all its members.',
    },
  );
}

function isCheck(value: unknown): value is Check {
  return (
    isObject(value) && Object.entries(MEMBERS).every(([name, [holds]]) => holds(Reflect.get(value, name)))
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isBounded(value: unknown): boolean {
  const most: unknown = isObject(value) ? Reflect.get(value, 'atMost') : undefined;
  return typeof most === 'number' && Number.isInteger(most) && most >= 0 && most <= MOST_REQUESTS;
}
