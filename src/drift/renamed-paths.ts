import { pathDistance } from '../contract/path-distance.js';
import type { Difference } from './change.js';
import { describeState, type Snapshot, type State } from './state.js';

/** An operation that was not routed, and the one that is in the newer contract in its place. */
export interface RenamedPath {
  before: State;
  now: State;
}

/**
 * Operations whose path was corrected in the contract: not routed as it was, gone now, and beside it a new one that is
 * spelled much alike. Each is taken once, the most alike first.
 */
export function renamedPathsBetween(base: Snapshot, head: Snapshot): RenamedPath[] {
  const gone = [...base.states.values()].filter(
    ({ operation, outcome }) => outcome === 'unrouted' && !head.states.has(operation),
  );
  const added = [...head.states.values()].filter(
    ({ operation, outcome }) =>
      outcome !== 'unrouted' && outcome !== 'skipped' && !base.states.has(operation),
  );
  const pairs = gone
    .flatMap((before) => added.map((now) => ({ before, now, far: farBetween(before, now) })))
    .filter(({ far }) => far <= FARTHEST)
    .sort((one, other) => one.far - other.far);
  const taken = new Set<State>();
  return pairs.filter(({ before, now }) => {
    if (taken.has(before) || taken.has(now)) return false;
    taken.add(before).add(now);
    return true;
  });
}

/** About half a word spelled differently. */
const FARTHEST = 0.6;

function farBetween(before: State, now: State): number {
  const [method, path = ''] = before.operation.split(' ');
  const [otherMethod, other = ''] = now.operation.split(' ');
  return method === otherMethod ? pathDistance(path, other) : Infinity;
}

/** What the new spelling has changed. */
export function differenceOf({ before, now }: RenamedPath): Difference {
  return {
    operation: now.operation,
    kind: now.usefulness > before.usefulness ? 'better' : 'different',
    from: `${describeState(before)} as ${before.operation}`,
    to: describeState(now),
  };
}
