import { resolve } from 'node:path';
import { Problem } from '../../problem.js';
import { runsFolder } from '../../run/folder.js';
import { mergeRuns } from '../../run/merge.js';
import { readRun, writeRun } from '../../run/store.js';
import { exitCodeOf } from '../../run/success.js';
import { Secrets } from '../../target/secrets.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions } from '../io.js';
import { printRuns } from '../tables/runs.js';

/** Joins the runs of shards and writes the whole. @returns the exit code */
export async function merge(files: readonly string[], options: CommonOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  const shards = await Promise.all(files.map(async (file) => ({ file, run: await readRun(file) })));
  const run = mergeRuns(shards);
  const into = resolve(runsFolder(options.out), `${run.id}.json`);
  const [overwritten] = files.filter((file) => resolve(file) === into);
  if (overwritten !== undefined) {
    throw new Problem('the whole would be written over one of its shards', {
      place: { file: overwritten },
      remedy: 'Name another folder with --out.',
    });
  }
  const written = await writeRun(run, options.out, new Secrets());
  printRuns([run], io);
  io.result(run);
  const missing = run.contract.operations - run.operations.length;
  if (missing > 0) {
    io.note(
      `${missing} of ${run.contract.operations} operations are in none of these runs: the whole is not complete.`,
    );
  }
  io.out();
  io.out(`Run:    ${written}`);
  return exitCodeOf([run]);
}
