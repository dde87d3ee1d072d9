import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openFolder } from '../../artefact/folder.js';
import { Problem } from '../../problem.js';
import { gatherReport, renderReports } from '../../documents/write.js';
import { readRun } from '../../record/store.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions } from '../io.js';
import { printRuns } from '../tables/runs.js';
import { openExamined } from '../whole-spec.js';
import { listTemplates, PAPER_PARTS, papers } from './papers.js';

export interface ReportOptions extends CommonOptions {
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
  const files = options.run ?? (await latestRuns(options.out));
  const runs = await Promise.all(files.map((file) => readRun(file)));
  const spec = await openExamined(options.specDir, PAPER_PARTS, io);
  const written: string[] = [];
  // Who asks for a paper wants the report besides it only when it is asked for as well.
  const isReport = options.template === undefined || options.format !== undefined;
  const gathered = isReport || options.details ? await gatherReport(runs, options.out, spec) : undefined;
  if (gathered && options.details) {
    printRuns(gathered, true, io);
    io.out();
  }
  if (options.template) written.push(...(await papers(runs, spec, options, host)));
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
 * The newest run of every target.
 * @throws Problem when there is none.
 */
export async function latestRuns(outDir: string): Promise<string[]> {
  const folder = join(outDir, 'latest');
  const names = await readdir(folder).catch(() => []);
  // What the bench leaves there is for the gate.
  const runs = names.filter((name) => name.endsWith('.json') && name !== 'bench.json').sort();
  if (runs.length > 0) return runs.map((name) => join(folder, name));
  throw new Problem('CONFORM_E_RUN_MISSING', 'there is no run to report', {
    place: { file: folder },
    remedy: 'Make one with conform check, or name one with --run.',
  });
}
