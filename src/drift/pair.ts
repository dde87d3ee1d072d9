import type { Run } from '../record/run.js';
import { provedAnything } from '../record/success.js';
import type { Change, Difference, Drift, NotCompared } from './change.js';
import { compareContracts } from './compare-contracts.js';
import { compareStates } from './compare-states.js';
import type { Needs } from '../impact/needs.js';
import { byEffect, effectOf } from './effect.js';
import { movedBetween } from './latency.js';
import { differenceOf, renamedPathsBetween } from './renamed-paths.js';
import { isDownIn, snapshotOf, type Snapshot, type State } from './state.js';

/** What changed between two runs. */
export function driftBetween(baseRun: Run, headRun: Run, needs: Needs): Drift {
  const [base, head] = [snapshotOf(baseRun), snapshotOf(headRun)];
  const silent = [baseRun, headRun].find((run) => !provedAnything(run));
  if (silent) return nothingCompared(base, head, `the run ${silent.id} proved nothing`);
  const { differences, notCompared, compared } = compareSnapshots(base, head);
  // How long the way to another host is says nothing of what it does.
  const moved = base.target === head.target ? latencyBetween(base, head) : [];
  const change = (difference: Difference): Change => ({
    ...difference,
    ...{ target: head.target, effect: effectOf(difference, needs, isDownIn(head)) },
  });
  const counted = moved.filter(({ isApart }) => isApart).map(({ difference }) => difference);
  return {
    base: base.id,
    head: head.id,
    changes: [...differences, ...counted].map(change).sort(byEffect(needs)),
    unsteady: moved
      .filter(({ isApart }) => !isApart)
      .map(({ difference }) => ({ ...change(difference), seen: 1, of: 1 })),
    notCompared,
    compared,
  };
}

function nothingCompared(base: Snapshot, head: Snapshot, why: string): Drift {
  const notCompared = [...head.states.keys()].map((operation) => ({ target: head.target, operation, why }));
  return { base: base.id, head: head.id, changes: [], unsteady: [], notCompared, compared: 0 };
}

/** Everything but latency. */
export function compareSnapshots(
  base: Snapshot,
  head: Snapshot,
): { differences: Difference[]; notCompared: NotCompared[]; compared: number } {
  const renamed = renamedPathsBetween(base, head);
  const renamedIds = new Set(renamed.flatMap(({ before, now }) => [before.operation, now.operation]));
  const differences = [
    ...compareContracts(base, head).filter(({ operation }) => !renamedIds.has(operation)),
    ...renamed.map(differenceOf),
  ];
  const notCompared: NotCompared[] = [];
  const reported = new Set([...differences.map(({ operation }) => operation), ...renamedIds]);
  let compared = renamed.length;
  const skip = (operation: string, why: string) => notCompared.push({ target: head.target, operation, why });
  for (const [id, before] of base.states) {
    const now = head.states.get(id);
    if (!now) {
      if (!reported.has(id)) skip(id, 'not part of the newer run');
      continue;
    }
    const comparison = compareStates(before, now);
    if ('why' in comparison) {
      skip(id, comparison.why);
    } else {
      compared += 1;
      differences.push(...comparison.differences);
    }
  }
  for (const id of head.states.keys()) {
    if (!base.states.has(id) && !reported.has(id)) skip(id, 'not part of the older run');
  }
  return { differences, notCompared, compared };
}

/** A latency that moved, and whether it did so beyond doubt. */
interface Moved {
  difference: Difference;
  isApart: boolean;
}

function latencyBetween(base: Snapshot, head: Snapshot): Moved[] {
  const pairs = new Map<string, Record<'before' | 'now', Latency>>();
  for (const [id, { latencyMs: now, outcome, manner }] of head.states) {
    const before = base.states.get(id);
    // A refusal is answered in another time than a success, without anything being slower.
    if (before?.latencyMs === undefined || now === undefined) continue;
    if (before.outcome === outcome && before.manner === manner)
      pairs.set(id, { before: before.latencyMs, now });
  }
  const medians = [...pairs].map(
    ([id, { before, now }]) => [id, { before: before.p50, now: now.p50 }] as const,
  );
  return [...movedBetween(new Map(medians))].map(([operation, { kind, fromMs, toMs }]) => {
    const pair = pairs.get(operation);
    return {
      difference: { operation, kind, from: `${Math.round(fromMs)} ms`, to: `${Math.round(toMs)} ms` },
      isApart: pair !== undefined && areApart(pair.before, pair.now),
    };
  });
}

type Latency = NonNullable<State['latencyMs']>;

/**
 * Whether each of two runs has measured a latency several times, and none of the times of one is among those of the other.
 * A single time can be that of a machine that had something else to do.
 */
function areApart(one: Latency, other: Latency): boolean {
  const isMeasured = [one, other].every(({ min, max }) => min < max);
  return isMeasured && (one.max < other.min || other.max < one.min);
}
