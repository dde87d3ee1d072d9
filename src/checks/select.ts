import { nearest } from '../nearest.js';
import { Problem } from '../problem.js';
import { FAMILIES, type Promised } from './check.js';
import type { Chosen } from './chosen.js';
import { ACCESS_CHECKS, LIFE_CHECKS } from './index.js';
import { allPromises, readChecks } from './own.js';

/** What is on where neither the command line nor `checks.yaml` says anything, besides the checks of the single answer. */
export const ON_BY_DEFAULT: readonly string[] = ['all'];

/** What somebody says of which checks are on, each as `all`, a family (`list/*`) or one (`list/page-size`). */
export interface Choice {
  /** These and no others; undefined where nothing is said of that. */
  on?: readonly string[] | undefined;
  /** Not these. */
  off?: readonly string[] | undefined;
}

/**
 * The checks that a text names: `all`, a whole family (`list/*`) or one check (`list/page-size`). What every answer is held
 * to anyway may be named, and adds nothing. A check that is to be named itself is among its family, so that it can be left
 * out with that.
 * @throws Problem for a text that names none
 */
export function checksNamed(text: string): readonly Promised[] {
  const named = allPromises().filter(
    ({ id }) => text === 'all' || text === id || text === `${id.split('/')[0] ?? ''}/*`,
  );
  if (named.length > 0) return named;
  const names = ['all', ...FAMILIES.map((family) => `${family}/*`), ...allPromises().map(({ id }) => id)];
  throw new Problem('CONFORM_E_CHECK_UNKNOWN', `there is no check “${text}”`, {
    remedy: `The nearest name is “${nearest(text, names) ?? 'all'}”. conform checks lists them.`,
  });
}

/**
 * The checks that are on, when one after another has said something of it: each has the last word over those before.
 * @throws Problem for a text that names no check
 */
export function settleChoices(...choices: readonly Choice[]): Chosen {
  let ids = new Set<string>();
  for (const { on, off = [] } of choices) {
    if (on) ids = idsOf(on, isMeant);
    for (const id of idsOf(off)) ids.delete(id);
  }
  const isChosen = ({ id }: Promised) => ids.has(id);
  return {
    reads: readChecks().filter(isChosen),
    lives: LIFE_CHECKS.filter(isChosen),
    access: ACCESS_CHECKS.filter(isChosen),
  };
}

function idsOf(
  texts: readonly string[],
  isAmong: (one: Promised, text: string) => boolean = () => true,
): Set<string> {
  return new Set(
    texts.flatMap((text) =>
      checksNamed(text)
        .filter((one) => isAmong(one, text))
        .map(({ id }) => id),
    ),
  );
}

/** Whether who turns on what a text names means this check of it. */
function isMeant({ id, optIn }: Promised, text: string): boolean {
  return !optIn || text === id;
}

/**
 * The checks that texts name, and no others.
 * @throws Problem for a text that names none
 */
export function chooseChecks(texts: readonly string[]): Chosen {
  return settleChoices({ on: texts });
}
