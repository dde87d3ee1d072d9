import type { Run } from '../record/run.js';
import { provedAnything } from '../record/success.js';
import type { Change, Difference, Drift, NotCompared, Unsteady } from './change.js';
import type { Needs } from '../impact/needs.js';
import { byEffect, effectOf } from './effect.js';
import { movedInSeries } from './latency.js';
import { createLearner } from './learnt.js';
import { compareSnapshots } from './pair.js';
import { compareShapes } from '../exchange/compare-shapes.js';
import { isDownIn, snapshotOf, type Snapshot, type State } from './state.js';

/** When something that was seen counts as changed. */
export interface Steadiness {
  /** It was seen this often … */
  seen: number;
  /** … in this many of the newest sightings. */
  of: number;
  /** Runs that start within this time after another, in milliseconds, are one sighting with it. */
  apartMs: number;
}

export const STEADY: Steadiness = { seen: 2, of: 3, apartMs: 10 * 60_000 };

/** More than two turns in twice the window: it comes and goes. */
const MOST_TURNS = 2;

/** So many latencies of an operation are kept: what was longer ago says little about the noise of today. */
const LATENCIES = 60;

interface Track {
  difference: Difference;
  /** For each sighting after the first run, whether it was there. */
  present: boolean[];
  /** Start of the run in which its present stretch began. */
  since: string;
}

/**
 * What changed over a series of runs of one target, from the first to the newest. Runs are taken one at a time,
 * in the order of time, and only what is between each and the first is kept, and what all have in common. A run that proved nothing (no
 * network, no token) is no sighting.
 */
export function createSeries(steadiness: Steadiness, needs: Needs) {
  let first: Snapshot | undefined;
  let last: Snapshot | undefined;
  let lastNotCompared: NotCompared[] = [];
  let compared = 0;
  let sightings = 0;
  let beganAt = 0;
  const tracks = new Map<string, Track>();
  const latencies = new Map<string, number[]>();
  const learner = createLearner();
  let provedNothing = 0;

  const sight = (differences: readonly Difference[], at: string, replace: boolean): void => {
    if (replace) for (const track of tracks.values()) track.present.pop();
    else sightings += 1;
    const now = new Map(differences.map((difference) => [keyOf(difference), difference]));
    for (const [key, difference] of now) {
      if (!tracks.has(key)) {
        const before = Array.from({ length: sightings - 1 }, () => false);
        tracks.set(key, { difference, present: before, since: at });
      }
    }
    for (const [key, track] of tracks) {
      const here = now.has(key);
      if (here && track.present.at(-1) !== true) track.since = at;
      track.present.push(here);
    }
  };

  return {
    add: (run: Run): void => {
      if (!provedAnything(run)) {
        provedNothing += 1;
        return;
      }
      const snapshot = snapshotOf(run);
      if (first === undefined) {
        first = snapshot;
        learn(learner, first, snapshot, true);
        addLatencies(latencies, snapshot);
        return;
      }
      const start = Date.parse(snapshot.at);
      const replace = sightings > 0 && start - beganAt < steadiness.apartMs;
      if (!replace) beganAt = start;
      const comparison = compareSnapshots(first, snapshot);
      const unlike = learn(learner, first, snapshot, !replace);
      sight([...comparison.differences, ...unlike], snapshot.at, replace);
      last = snapshot;
      lastNotCompared = comparison.notCompared;
      compared = comparison.compared;
      addLatencies(latencies, snapshot);
    },

    /** How many runs were left out because they proved nothing. */
    provedNothing: (): number => provedNothing,

    /** Undefined when there are not two runs that proved something. */
    drift: (): Drift | undefined => {
      if (first === undefined || last === undefined) return undefined;
      const { target } = last;
      const isDown = isDownIn(last);
      const changes: Change[] = [];
      const unsteady: Unsteady[] = [];
      for (const { difference, present, since } of tracks.values()) {
        const newest = present.slice(-steadiness.of);
        const seen = newest.filter(Boolean).length;
        if (seen === 0) continue;
        const inNewest = present.at(-1) === true;
        const change = {
          ...difference,
          target,
          effect: effectOf(difference, needs, isDown),
          since,
          inNewest,
        };
        const settled = turnsIn(present.slice(-2 * steadiness.of)) <= MOST_TURNS;
        if (seen >= steadiness.seen && settled) changes.push(change);
        else unsteady.push({ ...change, seen, of: newest.length });
      }
      for (const [operation, moved] of movedInSeries(latencies, steadiness)) {
        const difference: Difference = {
          operation,
          kind: moved.kind,
          from: `${Math.round(moved.fromMs)} ms`,
          to: `${Math.round(moved.toMs)} ms`,
        };
        changes.push({ ...difference, target, effect: effectOf(difference, needs, isDown) });
      }
      return {
        base: first.id,
        head: last.id,
        changes: changes.sort(byEffect(needs)),
        unsteady: unsteady.sort(byEffect(needs)),
        notCompared: lastNotCompared,
        compared,
      };
    },
  };
}

function keyOf({ operation, kind, from, to }: Difference): string {
  return [operation, kind, from, to].join('\n');
}

function turnsIn(present: readonly boolean[]): number {
  return present.filter((here, index) => index > 0 && here !== present[index - 1]).length;
}

/** What is not as all runs before have shown it, besides what is not as in the first one. */
function learn(
  learner: ReturnType<typeof createLearner>,
  first: Snapshot,
  now: Snapshot,
  isNew: boolean,
): Difference[] {
  return [...now.states.values()].flatMap((state) =>
    learner.see(state, isNew, pathsBetween(first.states.get(state.operation), state)),
  );
}

function pathsBetween(before: State | undefined, now: State): ReadonlySet<string> {
  if (before?.status !== now.status || before.shape === undefined || now.shape === undefined)
    return new Set();
  return new Set(compareShapes(before.shape, now.shape).map(({ path }) => path));
}

/** Only those of successes: a refusal is answered in another time. */
function addLatencies(latencies: Map<string, number[]>, snapshot: Snapshot): void {
  for (const { operation, outcome, latencyMs } of snapshot.states.values()) {
    if (latencyMs === undefined || (outcome !== 'works' && outcome !== 'deviates')) continue;
    const values = latencies.get(operation) ?? [];
    values.push(latencyMs.p50);
    if (values.length > LATENCIES) values.shift();
    latencies.set(operation, values);
  }
}
