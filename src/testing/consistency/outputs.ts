import { join } from 'node:path';
import { openFolder } from '../../artefact/folder.js';
import { printDrift } from '../../cli/tables/drift.js';
import { printGate } from '../../cli/tables/gate.js';
import { printHistory } from '../../cli/tables/history.js';
import { printRuns } from '../../cli/tables/runs.js';
import { driftFromExpected } from '../../drift/against-expected.js';
import { exitCodeOf as driftCodeOf } from '../../drift/change.js';
import { exitCodeOf as gateCodeOf, judgeGate, type GateVerdict } from '../../gate/gate.js';
import { gridOf } from '../../history/grid.js';
import { createHistory } from '../../history/history.js';
import { pastOf } from '../../history/past.js';
import type { Consumer } from '../../impact/consumer.js';
import { featuresIn } from '../../impact/features.js';
import { needsOf } from '../../impact/needs.js';
import { PACKAGE_ROOT } from '../../package.js';
import type { ReportInput } from '../../documents/formats/format.js';
import { FORMATS } from '../../documents/formats/index.js';
import { paperView } from '../../documents/papers/view.js';
import { renderTemplate } from '../../documents/template.js';
import type { Expectations } from '../../record/expected.js';
import type { Run } from '../../record/run.js';
import { exitCodeOf, provedAnything } from '../../record/success.js';
import { Secrets } from '../../targets/secrets.js';
import { mattersOf } from '../../tickets/case.js';
import { live } from '../../tickets/life.js';
import { writeNotes } from '../../documents/ticket/notes.js';
import { ticketView } from '../../documents/ticket/view.js';
import { questionOf, subjectOf } from '../../documents/ticket/wording.js';
import { readFile } from 'node:fs/promises';
import { temporaryFolder } from '../folder.js';
import { printed } from '../printed.js';

/** What a run is shown with: who depends on it, and what was expected of it. */
export interface Scene {
  run: Run;
  consumers: readonly Consumer[];
  expectations: Expectations;
}

/** Everything that the program says of a run, by the name of the output; JSON as text, codes as digits. */
export type Outputs = ReadonlyMap<string, string>;

const PAPERS = [
  'readiness',
  'objective-facts',
  'compatibility-matrix',
  'integration-status',
  'blocker-brief',
];

/** Renders a run in every way that there is. */
export async function outputsOf({ run, consumers, expectations }: Scene): Promise<Outputs> {
  const outputs = new Map<string, string>();
  const needs = needsOf(consumers);
  const day = new Date(run.finishedAt);
  const gates = consumers.map((consumer) => judgeGate(consumer, [run], undefined, day));
  const input = inputOf(run, consumers, gates);
  for (const format of FORMATS)
    for (const { text } of await format.render(input)) outputs.set(format.name, text);

  outputs.set(
    'terminal',
    printed((io) => {
      printRuns(input, true, io);
    }),
  );
  outputs.set('exit code', String(exitCodeOf([run])));
  outputs.set('json', JSON.stringify(run));

  const drift = driftFromExpected(run, expectations, 'expected', needs);
  outputs.set(
    'drift',
    printed((io) => {
      printDrift(drift, io);
    }),
  );
  outputs.set('drift --json', JSON.stringify(drift));
  outputs.set('drift exit code', String(driftCodeOf(drift)));

  const history = createHistory(run.target);
  history.add(run);
  const sum = history.sum();
  if (sum)
    outputs.set(
      'history',
      printed((io) => {
        printHistory(sum, gridOf(sum), io);
      }),
    );

  for (const gate of gates) {
    outputs.set(
      `gate of ${gate.name}`,
      printed((io) => {
        printGate(gate, undefined, io);
      }),
    );
    outputs.set(`gate --json of ${gate.name}`, JSON.stringify(gate));
    outputs.set(`gate exit code of ${gate.name}`, String(gateCodeOf(gate)));
  }

  const { cases, notes } = mattersOf(run, (id) => ({ routedAt: input.past.get(run.id)?.get(id)?.routedAt }));
  const view = paperView({
    report: input,
    targets: [],
    questions: cases.map((one) => ({
      ...{ target: run.target, cause: one.cause, subject: subjectOf(one, run.target), reproduction: '' },
      question: questionOf(one),
      operations: one.operations.map(({ id }) => id),
    })),
    contact: { to: '', customer: '' },
    gates,
  });
  for (const name of PAPERS)
    outputs.set(
      `paper ${name}`,
      await renderTemplate(join(PACKAGE_ROOT, 'templates/papers', `${name}.md.hbs`), view, 'markdown'),
    );

  // A run that proved nothing gives no ticket: the command says so, and writes none.
  if (provedAnything(run)) {
    const sources = {
      facts: undefined,
      samples: undefined,
      targets: [],
      features: input.features,
      support: {},
      elsewhere: [],
    };
    const tickets = await Promise.all(
      live([], run, cases, () => undefined).map((ticket) =>
        renderTemplate('ticket.md.hbs', ticketView(ticket, sources), 'markdown'),
      ),
    );
    outputs.set('tickets', tickets.join('\n'));
    await using folder = await temporaryFolder();
    outputs.set(
      'notes',
      await readFile(await writeNotes(notes, openFolder(folder.path, new Secrets())), 'utf8'),
    );
  }
  return outputs;
}

function inputOf(run: Run, consumers: readonly Consumer[], gates: readonly GateVerdict[]): ReportInput {
  const history = createHistory(run.target);
  history.add(run);
  const sum = history.sum();
  return {
    runs: [run],
    contract: undefined,
    features: featuresIn(consumers),
    histories: new Map(sum ? [[run.id, sum]] : []),
    past: new Map([[run.id, pastOf(sum)]]),
    coverages: new Map(),
    turns: new Map(),
    gates: new Map([[run.id, gates]]),
    bench: undefined,
  };
}
