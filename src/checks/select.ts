import { Problem } from '../problem.js';
import type { Check } from './check.js';
import { CHECKS, PROMISES } from './index.js';

/**
 * The checks that texts name: `all`, a whole family (`list/*`) or one check (`list/page-size`). What every answer is held
 * to anyway may be named, and adds nothing.
 * @throws Problem for a text that names none
 */
export function chooseChecks(texts: readonly string[]): readonly Check[] {
  for (const text of texts) {
    if (PROMISES.some(({ id }) => isNamed(id, text))) continue;
    throw new Problem(`there is no check “${text}”`, { remedy: 'conform checks lists them.' });
  }
  return CHECKS.filter(({ id }) => texts.some((text) => isNamed(id, text)));
}

function isNamed(id: string, text: string): boolean {
  return text === 'all' || text === id || text === `${id.split('/')[0]}/*`;
}
