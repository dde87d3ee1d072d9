import { nearest } from '../nearest.js';
import { Problem } from '../problem.js';
import { FAMILIES, type Check, type Promised } from './check.js';
import { CHECKS, LIFE_CHECKS, PROMISES } from './index.js';
import type { LifeCheck } from './life.js';

/** The checks of a run, by what they are held to. */
export interface Chosen {
  reads: readonly Check[];
  /** Of what the run creates. */
  lives: readonly LifeCheck[];
}

export const NO_CHECKS: Chosen = { reads: [], lives: [] };

/** What is on where neither the command line nor `checks.yaml` says anything, besides the checks of the single answer. */
export const ON_BY_DEFAULT: readonly string[] = [];

/** What somebody says of which checks are on, each as `all`, a family (`list/*`) or one (`list/page-size`). */
export interface Choice {
  /** These and no others; undefined where nothing is said of that. */
  on?: readonly string[] | undefined;
  /** Not these. */
  off?: readonly string[] | undefined;
}

/**
 * The checks that a text names: `all`, a whole family (`list/*`) or one check (`list/page-size`).
 * @throws Problem for a text that names none
 */
export function checksNamed(text: string): readonly Promised[] {
  const named = PROMISES.filter(
    ({ id }) => text === 'all' || text === id || text === `${id.split('/')[0] ?? ''}/*`,
  );
  if (named.length > 0) return named;
  const names = ['all', ...FAMILIES.map((family) => `${family}/*`), ...PROMISES.map(({ id }) => id)];
  throw new Problem(`there is no check “${text}”`, {
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
    if (on) ids = idsOf(on);
    for (const id of idsOf(off)) ids.delete(id);
  }
  return {
    reads: CHECKS.filter(({ id }) => ids.has(id)),
    lives: LIFE_CHECKS.filter(({ id }) => ids.has(id)),
  };
}

function idsOf(texts: readonly string[]): Set<string> {
  return new Set(texts.flatMap((text) => checksNamed(text).map(({ id }) => id)));
}

/**
 * The checks that texts name, and no others.
 * @throws Problem for a text that names none
 */
export function chooseChecks(texts: readonly string[]): Chosen {
  return settleChoices({ on: texts });
}
