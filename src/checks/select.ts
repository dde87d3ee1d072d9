import { Problem } from '../problem.js';
import type { Check, Promised } from './check.js';
import { ACCESS_CHECKS, CHECKS, LIFE_CHECKS, PROMISES } from './index.js';
import type { LifeCheck } from './life.js';

/** The checks of a run, by what they are held to. */
export interface Chosen {
  reads: readonly Check[];
  /** Of what the run creates. */
  lives: readonly LifeCheck[];
  /** Of tokens, and of who may write. */
  access: readonly Promised[];
}

export const NO_CHECKS: Chosen = { reads: [], lives: [], access: [] };

/**
 * The checks that texts name: `all`, a whole family (`list/*`) or one check (`list/page-size`).
 * @throws Problem for a text that names none
 */
export function chooseChecks(texts: readonly string[]): Chosen {
  const ids = new Set<string>();
  for (const text of texts) {
    const named = PROMISES.filter(
      ({ id }) => text === 'all' || text === id || text === `${id.split('/')[0] ?? ''}/*`,
    );
    if (named.length === 0) {
      throw new Problem(`there is no check “${text}”`, { remedy: 'conform checks lists them.' });
    }
    for (const { id } of named) ids.add(id);
  }
  return {
    reads: CHECKS.filter(({ id }) => ids.has(id)),
    lives: LIFE_CHECKS.filter(({ id }) => ids.has(id)),
    access: ACCESS_CHECKS.filter(({ id }) => ids.has(id)),
  };
}
