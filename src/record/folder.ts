import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../problem.js';
import { parseRunId } from './name.js';
import type { Run } from './run.js';
import { readRun } from './store.js';

/** Where in time a run file is: read from its name, `<start, UTC, basic ISO 8601>-<target>.json`. */
export interface RunFile {
  file: string;
  target: string;
  /** Start of the run, ISO 8601, UTC. */
  startedAt: string;
}

/** The folder of runs in an output folder. */
export function runsFolder(outDir: string): string {
  return join(outDir, 'runs');
}

/**
 * The run files of a folder by their names, oldest first; of an output folder those in its `runs`. Nothing is
 * opened, so a folder of years costs nothing.
 * @throws Problem when it is no folder.
 */
export async function listRuns(named: string): Promise<RunFile[]> {
  const folder = (await isFolder(runsFolder(named))) ? runsFolder(named) : named;
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    throw new Problem('CONFORM_E_FILE_MISSING', 'there is no such folder of runs', {
      place: { file: folder },
      remedy: 'Make runs with conform check, or name the folder.',
      cause: error,
    });
  }
  return names
    .flatMap((name) => {
      const named = name.endsWith('.json') ? parseRunId(name.slice(0, -'.json'.length)) : undefined;
      return named === undefined ? [] : [{ file: join(folder, name), ...named }];
    })
    .sort((one, other) =>
      one.startedAt === other.startedAt
        ? one.file.localeCompare(other.file)
        : one.startedAt.localeCompare(other.startedAt),
    );
}

/**
 * Reads runs one after another, so that no more than one is in memory. A file that is no run is reported and left
 * out: one broken file must not hide years of history.
 */
export async function* readRuns(
  files: readonly RunFile[],
  onUnreadable: (problem: Problem) => void,
): AsyncGenerator<{ file: string; run: Run }> {
  for (const { file } of files) {
    try {
      yield { file, run: await readRun(file) };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      onUnreadable(error);
    }
  }
}

/** Whether a path names a folder. A path that names nothing does not. */
export async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
