import { openFolder } from '../../artefact/folder.js';
import { gridOf } from '../../history/grid.js';
import { createHistory, type History } from '../../history/history.js';
import { createPruning } from '../../history/prune.js';
import { Problem } from '../../problem.js';
import { demandRuns, listRuns, openRunsFolder, readRuns, type RunFile } from '../../record/folder.js';
import type { Host } from '../host.js';
import { createIo } from '../io.js';
import { openKept, type KeptOptions } from '../kept.js';
import { printHistory } from '../tables/history.js';

export interface HistoryOptions extends KeptOptions {
  target?: string | undefined;
  days: number;
  prune?: true | undefined;
  plan?: true | undefined;
}

/** Sums up a folder of runs, and prunes it when that is asked for. @returns the exit code */
export async function history(
  folder: string | undefined,
  options: HistoryOptions,
  host: Host,
): Promise<number> {
  const io = createIo(options, host);
  if (options.plan && !options.prune) {
    throw new Problem('CONFORM_E_OPTION_REQUIRED', '--plan needs --prune', {
      remedy: 'Without --prune, conform history changes nothing.',
    });
  }
  await using kept = await openKept(options, host);
  const runs = folder === undefined ? await demandRuns(kept) : await openRunsFolder(folder);
  const keeper = folder === undefined ? kept : openFolder(runs.records.path, host.secrets);
  const files = (await listRuns(runs)).filter(
    ({ target }) => options.target === undefined || target === options.target,
  );
  const targets = new Map<
    string,
    { sum: ReturnType<typeof createHistory>; pruning: ReturnType<typeof createPruning> }
  >();
  let done = 0;
  const unreadable = (problem: Problem) => {
    io.note(`${problem.place?.file ?? ''}: left out: ${problem.message}`);
  };
  for await (const { file, run } of readRuns(runs.records, files, unreadable)) {
    const of = targets.get(run.target) ?? { sum: createHistory(run.target), pruning: createPruning() };
    targets.set(run.target, of);
    of.sum.add(run);
    of.pruning.add(file, run);
    done += 1;
    io.progress(`${done} of ${files.length} runs`);
  }
  io.progress('');
  const histories = [...targets.values()].flatMap(({ sum }) => sum.sum() ?? []);
  const removable = [...targets.values()].flatMap(({ pruning }) => pruning.removable());
  if (options.prune && !options.plan) for (const { name } of removable) await keeper.remove(name);
  for (const one of histories) printHistory(one, gridOf(one, options.days), io);
  if (options.prune) reportPruning(removable, files.length, options.plan ?? false, io);
  io.result(
    histories.map((one: History) => ({
      ...one,
      grid: gridOf(one, options.days),
      ...(options.prune
        ? {
            [options.plan ? 'wouldRemove' : 'removed']: removable
              .filter(({ target }) => target === one.target)
              .map(({ file }) => file),
          }
        : {}),
    })),
  );
  if (histories.length > 0) return 0;
  io.note(
    files.length === 0 ? 'There are no runs in this folder.' : 'No run in this folder proves anything.',
  );
  return 3;
}

function reportPruning(
  removable: readonly RunFile[],
  of: number,
  plan: boolean,
  io: ReturnType<typeof createIo>,
): void {
  io.out(`${plan ? 'Would remove' : 'Removed'} ${removable.length} of ${of} runs.`);
  if (plan) for (const { file } of removable) io.out(`  ${file}`);
}
