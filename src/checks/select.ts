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
 * The checks that texts name: `all`, a whole family (`list/*`) or one check (`list/page-size`). What every answer is held
 * to anyway may be named, and adds nothing.
 * @throws Problem for a text that names none
 */
export function chooseChecks(texts: readonly string[]): Chosen {
  for (const text of texts) {
    if (PROMISES.some(({ id }) => isNamed(id, text))) continue;
    throw new Problem(`there is no check “${text}”`, { remedy: 'conform checks lists them.' });
  }
  const isChosen = ({ id }: Promised) => texts.some((text) => isNamed(id, text));
  return {
    reads: CHECKS.filter(isChosen),
    lives: LIFE_CHECKS.filter(isChosen),
    access: ACCESS_CHECKS.filter(isChosen),
  };
}

function isNamed(id: string, text: string): boolean {
  return text === 'all' || text === id || text === `${id.split('/')[0] ?? ''}/*`;
}
