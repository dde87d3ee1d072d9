import type { Records } from '../artefact/folder.js';
import { listRuns, readRuns, runsOf, type RunFile } from '../record/folder.js';
import type { Run } from '../record/run.js';
import { createTurns, type Turns } from './turns.js';
import { createHistory, type History } from './history.js';

/** So many runs are read at most: a report must not wait for years of history that nobody pruned. */
const READ_AT_MOST = 400;

/**
 * What the recorded runs of the same target show of the time up to a run, itself included. Reads one
 * run at a time, oldest first; files that are no runs are left out.
 * @param others what else sums them up, so that they are read once
 * @returns undefined when none of them proves anything
 */
export async function readHistory(
  run: Run,
  records: Records,
  others: readonly { add: (run: Run) => void }[] = [],
): Promise<History | undefined> {
  const history = createHistory(run.target);
  const sums = [history, ...others];
  await addAll(records, await earlierRuns(run, records), run.target, sums);
  for (const one of sums) one.add(run);
  return history.sum();
}

/** When each check last had its turn on a target, by the recorded runs. */
export async function readTurns(target: string, records: Records): Promise<Turns> {
  const turns = createTurns();
  await addAll(records, await runsOfTarget(target, records), target, [turns]);
  return turns;
}

/** What the newest run that judged an operation says of it. */
export interface Judgement {
  target: string;
  /** Start of the run, ISO 8601, UTC. */
  at: string;
  operation: Run['operations'][number];
}

/**
 * What the newest recorded run that judged an operation says of it.
 * @param targets of these; undefined for all
 */
export async function newestJudgement(
  operation: string,
  targets: readonly string[] | undefined,
  records: Records,
): Promise<Judgement | undefined> {
  const files = (await listRuns(runsOf(records))).filter(({ target }) => targets?.includes(target) ?? true);
  for await (const { run } of readRuns(records, files.slice(-JUDGED_AT_MOST).reverse(), () => undefined)) {
    const found = run.operations.find(({ id, outcome }) => id === operation && outcome !== 'skipped');
    if (found) return { target: run.target, at: run.startedAt, operation: found };
  }
  return undefined;
}

/** So many runs are looked through for one that judged an operation. */
const JUDGED_AT_MOST = 20;

/** The files of the recorded runs of the same target before a run, oldest first. */
export async function earlierRuns({ id, target }: Pick<Run, 'id' | 'target'>, records: Records) {
  return (await runsOfTarget(target, records)).filter((earlier) => `${earlier.id}.json` < `${id}.json`);
}

async function runsOfTarget(target: string, records: Records): Promise<RunFile[]> {
  return (await listRuns(runsOf(records))).filter((one) => one.target === target);
}

/** Adds the newest of the runs to each sum, oldest first. */
async function addAll(
  records: Records,
  files: readonly RunFile[],
  target: string,
  sums: readonly { add: (run: Run) => void }[],
): Promise<void> {
  for await (const { run } of readRuns(records, files.slice(-READ_AT_MOST), () => undefined)) {
    // A file can have been renamed.
    if (run.target === target) for (const one of sums) one.add(run);
  }
}
