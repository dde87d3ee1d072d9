import { Problem } from '../problem.js';
import type { Check } from './check.js';
import { CHECKS } from './index.js';

/**
 * The checks that texts name: `all`, a whole family (`list/*`) or one check (`list/page-size`).
 * @throws Problem for a text that names none
 */
export function chooseChecks(texts: readonly string[]): readonly Check[] {
  const chosen = new Set<Check>();
  for (const text of texts) {
    const named = CHECKS.filter(
      ({ id }) => text === 'all' || text === id || text === `${id.split('/')[0]}/*`,
    );
    if (named.length === 0) {
      throw new Problem(`there is no check “${text}”`, { remedy: 'conform checks lists them.' });
    }
    for (const one of named) chosen.add(one);
  }
  return CHECKS.filter((one) => chosen.has(one));
}
