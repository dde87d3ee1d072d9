import { appendFile } from 'node:fs/promises';
import type { Folder, Records } from '../artefact/folder.js';
import { inertText } from '../artefact/inert.js';
import { Problem } from '../problem.js';
import { createCoverage, type Coverage } from '../contract-coverage/cover.js';
import type { History } from '../history/history.js';
import type { Run } from '../record/run.js';
import { contractFacts } from '../contract/facts.js';
import type { Consumer } from '../impact/consumer.js';
import { judgeBench, readBench } from '../impact/bench.js';
import { featuresIn } from '../impact/features.js';
import type { Contract } from '../contract/contract.js';
import type { ReportInput } from './formats/format.js';
import { allFormats } from './formats/index.js';
import { gatesOf, latestRuns } from './gates.js';
import { pastOf } from '../history/past.js';
import { readHistory } from '../history/read.js';
import { createTurns, type Turns } from '../history/turns.js';

/** What a report may be made of besides its runs. */
export interface ReportSources {
  /** Names of formats; HTML and Markdown without. */
  formats?: readonly string[] | undefined;
  /** For lines and resource types. */
  contract?: Contract | undefined;
  /** They say which features need what. */
  consumers?: readonly Consumer[] | undefined;
  /** `$GITHUB_STEP_SUMMARY`: a file that the step summary is added to. */
  stepSummaryFile?: string | undefined;
}

const DEFAULT_FORMATS = ['html', 'md'];

/**
 * Renders runs, side by side where there are several, into `latest` of the output folder.
 * @param records what earlier runs have left
 * @returns the paths of what was written, the HTML file first
 * @throws Problem when a format is not known, or a file cannot be written.
 */
export async function writeReports(
  runs: readonly Run[],
  out: Folder,
  sources: ReportSources = {},
  records: Records = out,
): Promise<string[]> {
  return runs.length === 0 ? [] : renderReports(await gatherReport(runs, records, sources), out, sources);
}

/**
 * Renders what was gathered of runs, as `writeReports` does.
 * @returns the paths of what was written, the HTML file first
 * @throws Problem when a format is not known, or a file cannot be written.
 */
export async function renderReports(
  input: ReportInput,
  out: Folder,
  sources: Pick<ReportSources, 'formats' | 'stepSummaryFile'> = {},
): Promise<string[]> {
  const formats = chosenFormats(sources.formats ?? DEFAULT_FORMATS);
  const written: string[] = [];
  for (const format of formats) {
    for (const { name, text } of await format.render(input)) {
      written.push(await out.write(`latest/${name}`, text));
      if (format.name === 'step-summary' && sources.stepSummaryFile) {
        await appendFile(sources.stepSummaryFile, inertText(text));
      }
    }
  }
  return written;
}

/**
 * Reads what a report of these runs is made of.
 */
export async function gatherReport(
  runs: readonly Run[],
  records: Records,
  sources: Pick<ReportSources, 'contract' | 'consumers'>,
): Promise<ReportInput> {
  const { histories, coverages, turns } = await readPasts(runs, records, sources.contract);
  const bench = await readBench(records);
  // A report speaks of the day of its newest run: rendered again later, it says the same.
  const day = new Date(Math.max(...runs.map(({ finishedAt }) => Date.parse(finishedAt))));
  const consumers = sources.consumers ?? [];
  const others = [...runs, ...(await latestRuns(records, consumers, day))];
  return {
    runs,
    contract: sources.contract && contractFacts(sources.contract),
    features: featuresIn(consumers, (target, consumer) => judgeBench(bench, target, consumer, day).state),
    histories,
    past: new Map(runs.map((run) => [run.id, pastOf(histories.get(run.id))])),
    coverages,
    turns,
    gates: new Map(runs.map((run) => [run.id, gatesOf(run, others, consumers, bench, day)])),
    bench,
  };
}

/** What the runs of each target show over time. */
async function readPasts(runs: readonly Run[], records: Records, contract: Contract | undefined) {
  const histories = new Map<string, History>();
  const coverages = new Map<string, Coverage>();
  const turns = new Map<string, Turns>();
  for (const run of runs) {
    const coverage = contract && createCoverage(contract, run.target);
    const own = createTurns();
    turns.set(run.id, own);
    const history = await readHistory(run, records, coverage ? [own, coverage] : [own]);
    if (history) histories.set(run.id, history);
    const seen = coverage?.sum();
    if (seen) coverages.set(run.id, seen);
  }
  return { histories, coverages, turns };
}

function chosenFormats(names: readonly string[]) {
  const unknown = names.find((name) => !allFormats().some((format) => format.name === name));
  if (unknown !== undefined) {
    throw new Problem('CONFORM_E_VALUE_INVALID', `there is no report format “${unknown}”`, {
      remedy: `Formats are: ${allFormats()
        .map(({ name }) => name)
        .join(', ')}.`,
    });
  }
  return allFormats().filter(({ name }) => names.includes(name));
}
