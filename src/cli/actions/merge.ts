import { openFolder } from '../../artefact/folder.js';
import { mergeRuns } from '../../record/merge.js';
import { withRunId } from '../../record/name.js';
import { gatherReport } from '../../documents/write.js';
import { readRun, writeRun } from '../../record/store.js';
import { exitCodeOf } from '../../record/success.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions } from '../io.js';
import { printMore, printRuns } from '../tables/runs.js';

/** Joins the runs of shards and writes the whole. @returns the exit code */
export async function merge(files: readonly string[], options: CommonOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  const shards = await Promise.all(files.map(async (file) => ({ file, run: await readRun(file) })));
  const merged = mergeRuns(shards);
  const out = openFolder(options.out, host.secrets);
  const { run, written } = await withRunId(out, new Date(merged.startedAt), merged.target, async (id) => {
    const run = { ...merged, id };
    return { run, written: await writeRun(run, out) };
  });
  printRuns(await gatherReport([run], options.out, {}), false, io);
  io.result(run);
  const missing = run.contract.operations - run.operations.length;
  if (missing > 0) {
    io.note(
      `${missing} of ${run.contract.operations} operations are in none of these runs: the whole is not complete.`,
    );
  }
  io.out();
  printMore([written], io);
  io.out(`Run:    ${written}`);
  return exitCodeOf([run]);
}
