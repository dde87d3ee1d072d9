import { createCoverage } from '../../contract-coverage/cover.js';
import type { Problem } from '../../problem.js';
import { demandRuns, listRuns, openRunsFolder, readRuns } from '../../record/folder.js';
import type { Host } from '../host.js';
import { createIo } from '../io.js';
import { openKept, type KeptOptions } from '../kept.js';
import { printCoverage } from '../tables/coverage.js';
import { openWithOrigin } from '../whole-spec.js';

export interface CoverageOptions extends KeptOptions {
  target?: string | undefined;
}

/** Sums up what the runs of a folder have seen of the contract. @returns the exit code */
export async function coverage(
  folder: string | undefined,
  options: CoverageOptions,
  host: Host,
): Promise<number> {
  const io = createIo(options, host);
  const { contract } = await openWithOrigin(options.specDir, ['contract'], io);
  await using kept = await openKept(options, host);
  const runs = folder === undefined ? await demandRuns(kept) : await openRunsFolder(folder);
  const files = (await listRuns(runs)).filter(
    ({ target }) => options.target === undefined || target === options.target,
  );
  const targets = new Map<string, ReturnType<typeof createCoverage>>();
  const unreadable = (problem: Problem) => {
    io.note(`${problem.place?.file ?? ''}: left out: ${problem.message}`);
  };
  for await (const { run } of readRuns(runs.records, files, unreadable)) {
    const own = targets.get(run.target) ?? createCoverage(contract, run.target);
    targets.set(run.target, own);
    own.add(run);
  }
  const sums = [...targets.values()].flatMap((one) => one.sum() ?? []);
  for (const one of sums) printCoverage(one, io);
  io.result(sums);
  if (sums.length > 0) return 0;
  io.note('No run in this folder says what it has seen.');
  return 3;
}
