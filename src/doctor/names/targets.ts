import { otherHostOf } from '../../target/targets.js';
import { errorOf, problemsOf, type Found } from '../line.js';
import type { Parts } from './index.js';

/** Other hosts that are no target, or one without an address. */
export function misnamedInTargets({ hosts }: Pick<Parts, 'hosts'>): Found[] {
  if (!hosts) return [];
  return hosts.targets.flatMap((target) =>
    problemsOf(() => otherHostOf(target, hosts.targets)).map((problem) => errorOf(problem)),
  );
}
