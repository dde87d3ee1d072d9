import { openFolder, type Records } from '../../artefact/folder.js';
import { Problem } from '../../problem.js';
import { gatherReport, renderReports } from '../../documents/write.js';
import type { Run } from '../../record/run.js';
import { readLatestRuns, readNamedRun } from '../../record/store.js';
import type { Host } from '../host.js';
import { createIo } from '../io.js';
import { openKept, type KeptOptions } from '../kept.js';
import { printRuns } from '../tables/runs.js';
import { openExamined } from '../whole-spec.js';
import { listTemplates, PAPER_PARTS, papers } from './papers.js';

export interface ReportOptions extends KeptOptions {
  run?: string[] | undefined;
  format?: string[] | undefined;
  template?: string[] | undefined;
  templates?: string | undefined;
  listTemplates?: boolean | undefined;
  details?: true | undefined;
}

/** Renders runs in the formats and by the templates that were asked for. @returns the exit code */
export async function report(options: ReportOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  if (options.listTemplates === true) {
    await listTemplates(options.templates, io);
    return 0;
  }
  await using kept = await openKept(options, host);
  const runs = await chosenRuns(options.run, kept);
  const spec = await openExamined(options.specDir, PAPER_PARTS, io);
  const written: string[] = [];
  // Who asks for a paper wants the report besides it only when it is asked for as well.
  const isReport = options.template === undefined || options.format !== undefined;
  const gathered = isReport || options.details ? await gatherReport(runs, kept, spec) : undefined;
  if (gathered && options.details) {
    printRuns(gathered, true, io);
    io.out();
  }
  if (options.template) written.push(...(await papers(runs, spec, kept, options, host)));
  if (gathered && isReport) {
    const reports = await renderReports(gathered, openFolder(options.out, host.secrets), {
      formats: options.format,
      stepSummaryFile: host.env['GITHUB_STEP_SUMMARY'],
    });
    written.push(...reports);
  }
  for (const file of written) io.out(file);
  io.result(written);
  return 0;
}

/**
 * The runs that were named; the newest run of every target where none was.
 * @throws Problem when there is none.
 */
export async function chosenRuns(named: readonly string[] | undefined, kept: Records): Promise<Run[]> {
  if (named) return Promise.all(named.map((one) => readNamedRun(one, kept)));
  // What the bench leaves there is for the gate.
  const targets = (await kept.list('latest')).flatMap((name) =>
    name.endsWith('.json') && name !== 'bench.json' ? [name.slice(0, -'.json'.length)] : [],
  );
  if (targets.length > 0) return readLatestRuns(kept, targets);
  throw new Problem('CONFORM_E_RUN_MISSING', 'there is no run to report', {
    place: { file: kept.place('latest') },
    remedy: 'Make one with conform check, or name one with --run.',
  });
}
