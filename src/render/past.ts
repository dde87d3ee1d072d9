import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Capability, Run } from '../run/run.js';
import { readRun } from '../run/store.js';
import type { Outcome } from '../verdict/causes.js';

/** Since when an operation does what it does now, as far as the runs that were read go back. */
export interface Streak {
  /** Start of the first run of the streak, ISO 8601, UTC. */
  since: string;
  /** In how many runs of the streak it was asked, the newest included. */
  runs: number;
  /** What it did before; undefined when no run is known in which it did anything else. */
  before: { outcome: Outcome; at: string } | undefined;
  /** Start of the newest run in which it was routed. */
  routedAt: string | undefined;
  /** Start of the newest run in which it worked. */
  workedAt: string | undefined;
}

/** By operation id. Operations that were never asked are not in it. */
export type Past = ReadonlyMap<string, Streak>;

/** So many runs are read at most: a report must not wait for years of history. */
const READ_AT_MOST = 120;

/**
 * What the runs in `<outDir>/runs` of the same target say about the operations of a run. Reads one run at a
 * time, oldest first; files that are no runs are left out.
 */
export async function readPast(run: Run, outDir: string): Promise<Past> {
  const streaks = new Map<string, Streak & { state: string }>();
  for (const file of (await earlierRuns(run, outDir)).slice(-READ_AT_MOST)) {
    const earlier = await readRun(file).catch(() => undefined);
    if (earlier?.target === run.target) addTo(streaks, earlier);
  }
  addTo(streaks, run);
  return streaks;
}

/** The files of the runs of the same target before a run, oldest first: their names begin with the time. */
export async function earlierRuns(run: Pick<Run, 'id' | 'target'>, outDir: string): Promise<string[]> {
  const folder = join(outDir, 'runs');
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.endsWith(`-${run.target}.json`) && name < `${run.id}.json`)
    .sort()
    .map((name) => join(folder, name));
}

function addTo(streaks: Map<string, Streak & { state: string }>, run: Run): void {
  for (const operation of run.operations) {
    if (operation.outcome === 'skipped') continue;
    const known = streaks.get(operation.id);
    const state = `${operation.outcome} ${operation.cause ?? ''}`;
    const routedAt = isRouted(operation) ? run.startedAt : known?.routedAt;
    const workedAt = operation.outcome === 'works' ? run.startedAt : known?.workedAt;
    if (known?.state === state) {
      known.runs += 1;
      known.routedAt = routedAt;
      known.workedAt = workedAt;
      continue;
    }
    streaks.set(operation.id, {
      state,
      since: run.startedAt,
      runs: 1,
      before: known && { outcome: outcomeOf(known.state), at: known.since },
      routedAt,
      workedAt,
    });
  }
}

function outcomeOf(state: string): Outcome {
  return state.split(' ')[0] as Outcome;
}

/** Whether the answer shows that there is such a route. */
export function isRouted({ outcome, layer, confidence }: Capability): boolean {
  // A host that looks at the token first says nothing about the route.
  if (layer === 'token' && confidence === 'possible') return false;
  return !['unrouted', 'gone', 'unreachable', 'skipped'].includes(outcome);
}
