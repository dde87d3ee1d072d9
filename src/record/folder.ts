import { stat } from 'node:fs/promises';
import { openRecords, type Records } from '../artefact/folder.js';
import { Problem } from '../problem.js';
import { parseRunId } from './name.js';
import type { Run } from './run.js';
import { isFaultOfRecord, readRecordedRun } from './store.js';

/** Where in time a run file is: read from its name, `<start, UTC, basic ISO 8601>-<target>.json`. */
export interface RunFile {
  /** Its name among the records. */
  name: string;
  /** Where it is, as people are shown it. */
  file: string;
  id: string;
  target: string;
  /** Start of the run, ISO 8601, UTC. */
  startedAt: string;
}

/** Records, and the folder among them in which runs are. */
export interface RunsFolder {
  records: Records;
  dir: string;
}

/** Where the runs are that commands write: in `runs`. */
export function runsOf(records: Records): RunsFolder {
  return { records, dir: 'runs' };
}

/**
 * As `runsOf`, for a command that has nothing to do where there are none.
 * @throws Problem when there are none
 */
export async function demandRuns(records: Records): Promise<RunsFolder> {
  const runs = runsOf(records);
  if ((await listRuns(runs)).length > 0) return runs;
  throw noRuns(records.place(runs.dir));
}

/**
 * A folder of runs on disk that somebody has named; of an output folder its `runs`.
 * @throws Problem when it is no folder
 */
export async function openRunsFolder(named: string): Promise<RunsFolder> {
  const records = openRecords(named);
  if (await isFolder(records.place('runs'))) return runsOf(records);
  if (await isFolder(named)) return { records, dir: '' };
  throw noRuns(named);
}

function noRuns(file: string): Problem {
  return new Problem('CONFORM_E_FILE_MISSING', 'there is no such folder of runs', {
    place: { file },
    remedy: 'Make runs with conform check, or name the folder.',
  });
}

/**
 * The run files of a folder by their names, oldest first. Nothing is opened, so a folder of years costs nothing.
 * @throws Problem when the folder cannot be read
 */
export async function listRuns({ records, dir }: RunsFolder): Promise<RunFile[]> {
  const names = await records.list(dir);
  return names
    .flatMap((file) => {
      const id = file.endsWith('.json') ? file.slice(0, -'.json'.length) : '';
      const named = parseRunId(id);
      const name = dir === '' ? file : `${dir}/${file}`;
      return named === undefined ? [] : [{ name, file: records.place(name), id, ...named }];
    })
    .sort((one, other) =>
      one.startedAt === other.startedAt
        ? one.name.localeCompare(other.name)
        : one.startedAt.localeCompare(other.startedAt),
    );
}

/**
 * Reads runs one after another, so that no more than one is in memory. A file that is no run is reported and left
 * out: one broken file must not hide years of history.
 */
export async function* readRuns(
  records: Records,
  files: readonly RunFile[],
  onUnreadable: (problem: Problem) => void,
): AsyncGenerator<{ file: RunFile; run: Run }> {
  for (const file of files) {
    try {
      yield { file, run: await readRecordedRun(records, file.name) };
    } catch (error) {
      if (!isFaultOfRecord(error)) throw error;
      onUnreadable(error);
    }
  }
}

/** Whether a path names a folder. A path that names nothing does not. */
export async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
