import { Problem } from '../problem.js';
import type { Promised } from './check.js';
import { PROMISES } from './index.js';

/**
 * The checks that texts name: `all`, a whole family (`list/*`) or one check (`list/page-size`).
 * @throws Problem for a text that names none
 */
export function chooseChecks(texts: readonly string[]): readonly Promised[] {
  const chosen = new Set<Promised>();
  for (const text of texts) {
    const named = PROMISES.filter(
      ({ id }) => text === 'all' || text === id || text === `${id.split('/')[0]}/*`,
    );
    if (named.length === 0) {
      throw new Problem(`there is no check “${text}”`, { remedy: 'conform checks lists them.' });
    }
    for (const one of named) chosen.add(one);
  }
  return PROMISES.filter((one) => chosen.has(one));
}
