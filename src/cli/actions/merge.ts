import { mergeRuns } from '../../record/merge.js';
import { withRunId } from '../../record/name.js';
import { gatherReport } from '../../documents/write.js';
import { readNamedRun, writeRun } from '../../record/store.js';
import { exitCodeOf } from '../../record/success.js';
import type { Host } from '../host.js';
import { createIo } from '../io.js';
import { openKept, type KeptOptions } from '../kept.js';
import { printMore, printRuns } from '../tables/runs.js';

/** Joins the runs of shards and writes the whole. @returns the exit code */
export async function merge(files: readonly string[], options: KeptOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  await using kept = await openKept(options, host);
  const shards = await Promise.all(
    files.map(async (file) => ({ file, run: await readNamedRun(file, kept) })),
  );
  const merged = mergeRuns(shards);
  const { run, written } = await withRunId(kept, new Date(merged.startedAt), merged.target, async (id) => {
    const run = { ...merged, id };
    return { run, written: await writeRun(run, kept) };
  });
  printRuns(await gatherReport([run], kept, {}), false, io);
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
