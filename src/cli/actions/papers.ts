import type { Spec } from '../../spec/open.js';
import { readBench } from '../../impact/bench.js';
import { judgeGate } from '../../gate/gate.js';
import { type Samples } from '../../probe/samples.js';
import { Problem } from '../../problem.js';
import { findPaper, paperTemplates } from '../../documents/papers/catalogue.js';
import type { PaperSources, VendorQuestion } from '../../documents/papers/sources.js';
import { writePapers } from '../../documents/papers/write.js';
import { gatherReport } from '../../documents/write.js';
import type { Run } from '../../record/run.js';
import { openFolder, type Records } from '../../artefact/folder.js';
import { type Target } from '../../targets/targets.js';
import { mattersOf } from '../../tickets/case.js';
import { ownExchange } from '../../record/shown-exchanges.js';
import { reproductionOf } from '../../documents/ticket/reproduce.js';
import { questionOf, subjectOf } from '../../documents/ticket/wording.js';
import type { Host } from '../host.js';
import { type CommonOptions, type Io } from '../io.js';

/** What papers and reports are made of besides runs. */
export const PAPER_PARTS = ['contract', 'hosts', 'samples', 'consumers', 'support'] as const;
type PaperSpec = Spec<(typeof PAPER_PARTS)[number]>;

/** Prints the names of all templates, the user's own first where names are the same. */
export async function listTemplates(own: string | undefined, io: Io): Promise<void> {
  const templates = await paperTemplates(own);
  const widest = Math.max(...templates.map(({ name }) => name.length));
  for (const { name, file } of templates) io.out(`${name.padEnd(widest)}  ${file}`);
  io.result(templates);
}

/**
 * Renders runs by templates; runs of a mock are left out. @returns the paths of the papers
 * @throws Problem when a template is not there or names what is not there, or when all runs are of a mock.
 */
export async function papers(
  runs: readonly Run[],
  spec: PaperSpec,
  kept: Records,
  options: Pick<CommonOptions, 'out'> & { template?: string[] | undefined; templates?: string | undefined },
  host: Host,
): Promise<string[]> {
  const { template = [] } = options;
  const templates = await Promise.all(template.map((name) => findPaper(name, options.templates)));
  const mocks = spec.hosts.targets.filter(({ serve }) => serve === 'mock').map(({ name }) => name);
  const ofHosts = runs.filter(({ target }) => !mocks.includes(target));
  // A mock answers from the contract: taken as evidence, it would open every gate and vouch for any credentials.
  if (ofHosts.length === 0) {
    throw new Problem(
      'CONFORM_E_RUN_PROVES_NOTHING',
      'these runs are of the mock, which proves nothing about the vendor',
      {
        remedy: 'Check another target with conform check --target, or name its run with --run.',
      },
    );
  }
  const sources = await gatherSources(ofHosts, spec, kept);
  return writePapers(templates, sources, openFolder(options.out, host.secrets));
}

async function gatherSources(runs: readonly Run[], spec: PaperSpec, kept: Records): Promise<PaperSources> {
  const { hosts, samples, support, consumers } = spec;
  const { targets } = hosts;
  const report = await gatherReport(runs, kept, spec);
  const bench = await readBench(kept);
  // A paper speaks of the day of its newest run: rendered again later, it says the same.
  const day = new Date(Math.max(...runs.map(({ finishedAt }) => Date.parse(finishedAt))));
  return {
    report,
    targets,
    questions: runs.flatMap((run) => questionsOf(run, report, targets, samples)),
    contact: { to: support.to ?? '', customer: support.customer ?? '' },
    gates: consumers.map((consumer) => ({ ...judgeGate(consumer, runs, bench, day), consumer: consumer.id })),
  };
}

/** What only the vendor can answer, as its tickets ask it. */
function questionsOf(
  run: Run,
  report: PaperSources['report'],
  targets: readonly Target[],
  samples: Samples,
): VendorQuestion[] {
  const target = targets.find(({ name }) => name === run.target);
  const { cases } = mattersOf(run, (id) => ({
    routedAt: report.past.get(run.id)?.get(id)?.routedAt,
    standing: report.contract?.operations.get(id)?.standing,
  }));
  const place = run.world === undefined ? run.target : `${run.target}, as on ${run.world}`;
  return cases.map((one) => {
    const [first] = one.operations;
    const exchange = first && ownExchange(first);
    const known = first && report.contract?.operations.get(first.id);
    const description =
      known && report.contract
        ? { operation: known.operation, contract: report.contract.contract, samples }
        : undefined;
    return {
      target: run.target,
      cause: one.cause,
      subject: subjectOf(one, place),
      question: questionOf(one),
      operations: one.operations.map(({ id }) => id),
      reproduction: exchange ? reproductionOf([{ exchange, description }], target).script : '',
    };
  });
}
