// The engine for programs of others: what is exported here keeps its meaning from one minor version to the next.
import { openFolder, openRecords } from '../artefact/folder.js';
import { settleChoices } from '../checks/select.js';
import { contractFacts } from '../contract/facts.js';
import { overviewOf, type Overview } from '../documents/overview/overview.js';
import type { OnEvent } from '../engine/events.js';
import { total } from '../session/budget.js';
import type { Capability, Run } from '../record/run.js';
import { exitCodeOf, isSurprise, verdictOf, type RunVerdict } from '../record/success.js';
import { featuresIn } from '../impact/features.js';
import { openSpec as openParts } from '../spec/open.js';
import { readEnvironment } from '../targets/credentials.js';
import { findTarget, type WritePolicy } from '../targets/targets.js';
import { askTarget, ASKING_PARTS, prepareTarget, type AskingSpec, type Prepared } from './ask-target.js';
import { learnSecrets } from './known-secrets.js';
import { addPlugin, type Plugin } from './plugins.js';
import { passOn, type Reporter } from './reporter.js';
import { runtimeOf, type Runtime } from './runtime.js';

export { check as defineCheck, failed, inconclusive, passed } from '../checks/check.js';
export type { Check, Result } from '../checks/check.js';
export { count, mediaType, nameOf, status } from '../checks/fact.js';
export type { Subject } from '../checks/subject.js';
export type { ReportFormat, ReportInput } from '../documents/formats/format.js';
export type { Overview } from '../documents/overview/overview.js';
export { NotApplicable } from '../drive/drive.js';
export type { RunEvent } from '../engine/events.js';
export { header, isSuccess } from '../targets/reply.js';
export type { ProblemCode } from '../errors/catalogue.js';
export { Problem, Problems } from '../problem.js';
export type { Capability, Run } from '../record/run.js';
export { readRun } from '../record/store.js';
export type { RunVerdict } from '../record/success.js';
export type { Plugin } from './plugins.js';
export type { Reporter } from './reporter.js';

/** A spec folder, read and checked: what is known of a vendor. */
export interface Spec {
  /** Title and version of the contract, and the ids of its operations, as `GET /things/{id}`. */
  contract: { title: string; version: string; operations: readonly string[] };
  /** The names of the targets. */
  targets: readonly string[];
  /** What `check` and `judge` take of it. */
  parts: AskingSpec;
  runtime: Runtime;
  reporters: readonly Reporter[];
}

/**
 * Reads a spec folder (docs/spec-folder.md).
 * @param dir the folder
 * @param options `contract`: another contract than that of the folder. `env`: the variables that credentials are read from,
 *   `process.env` for those of this process; default: none. `plugins`: checks, formats and reporters of your own
 * @throws Problem (`Problems` where there are several) with file, line and remedy for everything that is wrong in the folder
 */
export async function openSpec(
  dir: string,
  options: { contract?: string; env?: Runtime['env']; plugins?: readonly Plugin[] } = {},
): Promise<Spec> {
  const runtime = runtimeOf(options.env);
  const reporters = (options.plugins ?? []).flatMap((plugin) => addPlugin(plugin, 'a plugin of openSpec'));
  await learnSecrets(runtime, dir);
  const parts = await openParts(dir, ASKING_PARTS, options.contract);
  const { title, version, operations } = parts.contract;
  return {
    contract: { title, version, operations: operations.map(({ id }) => id) },
    targets: parts.hosts.targets.map(({ name }) => name),
    ...{ parts, runtime, reporters },
  };
}

/** What to ask, and how far; what is left out is as on the command line. */
export interface CheckOptions {
  /** The name of a target of the spec folder, such as `mock`. */
  target: string;
  /** Texts of which an operation has to hold one in its id, its operationId or its tag. */
  only?: readonly string[];
  /** How far operations that change something are asked: no further than the target allows. Default: what it says. */
  writes?: WritePolicy;
  /** Another address, for a test. */
  baseUrl?: string;
  /** The checks that are on, and those that are off: `all`, `list/*`, `list/page-size`. */
  checks?: readonly string[];
  noChecks?: readonly string[];
  /** The folder for runs and journals. Default: `reports`. */
  out?: string;
  /** How long the run may take, in milliseconds. */
  deadlineMs?: number;
  /** Ends the run early; what has been asked is judged and kept. */
  signal?: AbortSignal;
  /** Called with what happens, in order. */
  onEvent?: OnEvent;
}

/**
 * Says what `check` would ask, and sends nothing.
 * @returns the most requests that it may take, and how each operation would be asked
 * @throws Problem as `check`
 */
export async function plan(
  spec: Spec,
  options: CheckOptions,
): Promise<{ requests: number; operations: { id: string; manner: string; why?: string }[] }> {
  const { plan: made } = await prepare(spec, options);
  return {
    requests: total(made.budget),
    operations: made.steps.map(({ operation: { id }, manner, why }) => ({
      ...{ id, manner },
      ...(why === undefined ? {} : { why }),
    })),
  };
}

/**
 * Asks a target, judges what it answers, and writes the run file, as `conform check` does. Every request passes the gate of
 * effects and write policies (docs/writes.md).
 * @returns the run and its file
 * @throws Problem where nothing can be asked (no such target, no address, no credentials), or the run cannot be written
 */
export async function check(spec: Spec, options: CheckOptions): Promise<{ run: Run; file: string }> {
  const { runtime, parts } = spec;
  const prepared = await prepare(spec, options);
  const faults: Error[] = [];
  const reporters = passOn(spec.reporters, (error) => faults.push(error));
  const made = await askTarget(prepared, parts, {
    runtime,
    environment: readEnvironment(runtime.env),
    records: openFolder(options.out ?? 'reports', runtime.secrets),
    out: options.out ?? 'reports',
    deadlineMs: options.deadlineMs,
    signal: signalOf(options),
    onFault: (error) => faults.push(error),
    onEvent: (event) => {
      reporters.onEvent(event);
      options.onEvent?.(event);
    },
  });
  await reporters.settled();
  if (faults[0]) throw faults[0];
  return made;
}

async function prepare({ parts, runtime }: Spec, options: CheckOptions): Promise<Prepared> {
  const { checks, noChecks } = options;
  const asked = { on: checks && [...checks], off: noChecks && [...noChecks] };
  // A name of no check is said before anything else is done.
  settleChoices(asked);
  return prepareTarget(
    findTarget(parts.hosts.targets, options.target),
    parts,
    {
      records: openRecords(options.out ?? 'reports'),
      ...{ baseUrl: options.baseUrl, writes: options.writes, asked },
      ...(options.only ? { selection: { only: [...options.only] } } : {}),
    },
    runtime,
  );
}

function signalOf({ signal, deadlineMs }: CheckOptions): AbortSignal {
  const signals = [
    ...(signal ? [signal] : []),
    ...(deadlineMs === undefined ? [] : [AbortSignal.timeout(deadlineMs)]),
  ];
  return AbortSignal.any(signals);
}

/** What a run comes to. */
export interface Judgement {
  verdict: RunVerdict;
  /** What `conform check` would exit with. */
  exitCode: 0 | 1 | 3;
  /** The operations that do otherwise than expected, for the worse or for the better. */
  unexpected: readonly Capability[];
  /** What does not work, by cause: who has to act, what to do, the evidence, which features it hits. */
  causes: Overview['causes'];
  /** What the run does not prove, by reason. */
  unproven: Overview['unproven'];
}

/**
 * Judges a run. It asks nothing: a run is made once and judged as often as wanted.
 * @param spec adds which features of which consumers each cause hits
 */
export function judge(run: Run, spec?: Pick<Spec, 'parts'>): Judgement {
  const { causes, unproven } = overviewOf(run, {
    features: featuresIn(spec?.parts.consumers ?? []),
    contract: spec && contractFacts(spec.parts.contract),
    past: new Map(),
    gates: [],
  });
  return {
    verdict: verdictOf(run),
    exitCode: exitCodeOf([run]),
    unexpected: run.operations.filter(isSurprise),
    ...{ causes, unproven },
  };
}
