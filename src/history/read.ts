import { basename } from 'node:path';
import { listRuns, readRuns, runsFolder } from '../run/folder.js';
import type { Run } from '../run/run.js';
import { createTurns, type Turns } from './turns.js';
import { createHistory, type History } from './history.js';

/** So many runs are read at most: a report must not wait for years of history that nobody pruned. */
const READ_AT_MOST = 400;

/**
 * What the runs in `<outDir>/runs` of the same target show of the time up to a run, itself included. Reads one
 * run at a time, oldest first; files that are no runs are left out.
 * @param others what else sums them up, so that they are read once
 * @returns undefined when none of them proves anything
 */
export async function readHistory(
  run: Run,
  outDir: string,
  others: readonly { add: (run: Run) => void }[] = [],
): Promise<History | undefined> {
  const history = createHistory(run.target);
  const files = (await earlierRuns(run, outDir)).slice(-READ_AT_MOST);
  for await (const { run: earlier } of readRuns(files, () => undefined)) {
    // A file can have been renamed.
    if (earlier.target === run.target) for (const one of [history, ...others]) one.add(earlier);
  }
  for (const one of [history, ...others]) one.add(run);
  return history.sum();
}

/** When each check last had its turn on a target, by the runs in `<outDir>/runs` that there are. */
export async function readTurns(target: string, outDir: string): Promise<Turns> {
  const turns = createTurns();
  const files = await listRuns(runsFolder(outDir)).catch(() => []);
  const own = files.filter((one) => one.target === target).slice(-READ_AT_MOST);
  for await (const { run } of readRuns(own, () => undefined)) if (run.target === target) turns.add(run);
  return turns;
}

/** The files of the runs of the same target before a run, oldest first. */
export async function earlierRuns({ id, target }: Pick<Run, 'id' | 'target'>, outDir: string) {
  const files = await listRuns(runsFolder(outDir)).catch(() => []);
  return files.filter((one) => one.target === target && basename(one.file) < `${id}.json`);
}
