import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Coverage } from '../contract-coverage/cover.js';
import { loadContract } from '../contract/load.js';
import { judgeGate } from '../gate/gate.js';
import { pointer } from '../json.js';
import { featuresIn } from '../impact/features.js';
import { contractFacts } from '../contract/facts.js';
import type { ReportInput } from '../documents/formats/format.js';
import { FORMATS } from '../documents/formats/index.js';
import { paperTemplates } from '../documents/papers/catalogue.js';
import type { PaperSources } from '../documents/papers/sources.js';
import { paperView } from '../documents/papers/view.js';
import { renderTemplate } from '../documents/template.js';
import { consumerOf } from './consumer.js';
import { temporaryFolder } from './folder.js';
import { hostileContract } from './hostile.js';
import { hostileRun } from './hostile-run.js';

/** Every text of a report, by the name of its format. */
export type Texts = Map<string, string>;

async function inputOf(text: string): Promise<ReportInput> {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'contract.json');
  await writeFile(file, JSON.stringify(hostileContract(text)));
  const contract = await loadContract(file);
  const run = hostileRun(text, contract);
  const consumer = consumerOf(text, { [text]: contract.operations.map(({ id }) => id) });
  return {
    runs: [run, { ...run, id: `${text}2`, target: `${text}2` }],
    contract: contractFacts(contract),
    features: featuresIn([consumer]),
    histories: new Map(),
    past: new Map(),
    coverages: new Map([[run.id, hostileCoverage(text)]]),
    turns: new Map([[run.id, { lastOf: () => ({ at: text, result: 'failed' as const }) }]]),
    gates: new Map([[run.id, [judgeGate(consumer, [run], undefined, new Date(run.finishedAt))]]]),
    bench: undefined,
  };
}

/** What was never seen, with a text in the place of every name. */
function hostileCoverage(text: string): Coverage {
  const count = { of: 2, seen: 1, missing: [text] };
  const members = { ...count, missing: [`/components/schemas/Thing${pointer('properties', text)}`] };
  const aspects = {
    ...{ parameters: count, values: count, sentMembers: members, answeredMembers: members },
    ...{ statuses: count, mediaTypes: count },
  };
  const operation = { operation: text, tag: text, answered: true, aspects, undocumented: [500] };
  return {
    ...{ target: text, runs: 2, from: text, to: text, totals: aspects },
    operations: { of: 2, answered: 2, succeeded: 1 },
    byOperation: [
      { ...operation, succeeded: true },
      { ...operation, succeeded: false },
    ],
  };
}

function sourcesOf(text: string, report: ReportInput): PaperSources {
  const operations = report.runs[0]?.operations.map(({ id }) => id) ?? [];
  return {
    report,
    targets: [],
    questions: [
      { target: text, cause: text, subject: text, question: text, operations, reproduction: `a\n${text}\nb` },
    ],
    contact: { to: text, customer: text },
    gates: [
      {
        ...{ name: text, consumer: text, open: false, judged: true, why: text },
        readiness: {
          ...{ met: 0, of: 1, notProven: 0, percent: 0, band: text },
          scenarios: [{ id: text, name: text, critical: true, met: false, why: text }],
        },
        features: [
          {
            ...{
              name: text,
              open: false,
              state: 'fails' as const,
              critical: true,
              why: text,
              losses: [text],
              lacks: [{ operation: text, why: text, workaround: text }],
            },
            proof: [{ operation: text, loss: text, state: 'fails', why: text }],
          },
        ],
      },
    ],
  };
}

/** Everything that is rendered of a contract and of runs that hold a text wherever they can. */
export async function rendered(text: string): Promise<Texts> {
  const input = await inputOf(text);
  const texts: Texts = new Map();
  for (const format of FORMATS) {
    for (const [index, file] of (await format.render(input)).entries()) {
      texts.set(`${format.name} ${index}`, file.text);
    }
  }
  const view = paperView(sourcesOf(text, input));
  for (const { name, file } of await paperTemplates(undefined)) {
    texts.set(`paper ${name}`, await renderTemplate(file, view, 'markdown'));
  }
  return texts;
}
