import { settleChoices } from '../../checks/select.js';
import { Problem } from '../../problem.js';
import { openFolder } from '../../artefact/folder.js';
import { gatherReport, renderReports } from '../../documents/write.js';
import { dueIn, type Plan, type Step } from '../../engine/plan.js';
import { expectedOver } from '../../record/expected.js';
import type { Run } from '../../record/run.js';
import { exitCodeOf } from '../../record/success.js';
import { valuedEntries } from '../../session/credentials/create.js';
import { readEnvironment } from '../../targets/credentials.js';
import { baseOf, isAddressed, type Addressed } from '../../targets/addresses.js';
import { findTarget, type Target } from '../../targets/targets.js';
import { askTarget, ASKING_PARTS, prepareTarget, type Prepared } from '../../library/ask-target.js';
import type { Host } from '../host.js';
import { createIo, type Io } from '../io.js';
import { openKept, type KeptOptions } from '../kept.js';
import { reportRepairs } from '../repairs.js';
import { passOn } from '../../library/reporter.js';
import { showProgress } from '../progress.js';
import { stopSignal } from '../signals.js';
import { printMore, printRuns } from '../tables/runs.js';
import { warnUnsecured } from '../unsecured.js';
import { openExamined } from '../whole-spec.js';
import { BUDGET_KINDS, total, type BudgetKind } from '../../session/budget.js';

export interface CheckOptions extends KeptOptions {
  target?: string[] | undefined;
  spec?: string | undefined;
  only?: string[] | undefined;
  writes?: string | undefined;
  plan?: true | undefined;
  shard?: { index: number; of: number } | undefined;
  world?: string | undefined;
  baseUrl?: string | undefined;
  deadline?: number | undefined;
  checks?: string[] | undefined;
  noChecks?: string[] | undefined;
  details?: true | undefined;
}

/** Asks targets, judges and records. @returns the exit code */
export async function check(options: CheckOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  const { code, result } = await checkTargets(options, host, io);
  io.result(result);
  return code;
}

/** What a check has come to. */
export interface Checked {
  code: 0 | 1 | 3;
  /** What is printed with --json: the runs, or the plans of `--plan`. */
  result: readonly unknown[];
  /** The files of the runs. */
  files: readonly string[];
}

/** As `check`, for another command that prints the result as a part of its own. */
export async function checkTargets(options: CheckOptions, host: Host, io: Io): Promise<Checked> {
  const spec = await openExamined(options.specDir, ASKING_PARTS, io, options.spec);
  await using kept = await openKept(options, host);
  const asking = { ...spec, expected: await expectedOver(spec.expected, kept.expectations) };
  const { contract } = spec;
  const { targets } = spec.hosts;
  const chosen = chooseTargets(options, targets);
  const environment = readEnvironment(host.env);
  const { secrets } = host;
  const selection = {
    ...(options.only === undefined ? {} : { only: options.only }),
    ...(options.shard === undefined ? {} : { shard: options.shard }),
  };
  // A name of no check is said before anything else is done.
  const asked = { on: options.checks, off: options.noChecks };
  settleChoices(asked);
  const prepared: Prepared[] = [];
  for (const target of chosen)
    prepared.push(await prepareTarget(target, spec, { ...options, selection, asked, records: kept }, host));
  if (options.plan) {
    warnUnsecured(contract, chosen, io);
    for (const { place, plan } of prepared) printPlan(place, plan, io);
    const result = prepared.map(({ place, plan }) => describePlan(place.target, plan));
    return { code: 0, result, files: [] };
  }
  io.out(`${contract.title} ${contract.version}: ${contract.operations.length} operations`);
  reportRepairs(contract.repairs, io);
  warnUnsecured(contract, chosen, io);

  // What is missing is said before anything is asked.
  for (const { target } of prepared) valuedEntries(target, target.credentials, environment, secrets);
  const out = openFolder(options.out, secrets);
  const stop = stopSignal(host, options.deadline);
  const runs: Run[] = [];
  const files: string[] = [];
  const faults: Error[] = [];
  const reporters = passOn(host.reporters, (error) => faults.push(error));
  try {
    for (const one of prepared) {
      if (stop.signal.aborted) break;
      const { run, file } = await askTarget(one, asking, {
        ...{ runtime: host, environment, records: kept, out: out.path, signal: stop.signal },
        ...{ world: options.world, deadlineMs: options.deadline },
        onFault: (error) => faults.push(error),
        onEvent: (event) => {
          showProgress(event, io);
          reporters.onEvent(event);
        },
      });
      runs.push(run);
      files.push(file);
    }
    await reporters.settled();
  } finally {
    stop.release();
  }
  // The report needs the contract and no compiled schema of it.
  for (const validator of Object.values(contract.validators)) validator.release();
  const gathered = runs.length === 0 ? undefined : await gatherReport(runs, kept, spec);
  if (gathered) printRuns(gathered, options.details ?? false, io);
  const isWhole = runs.length === prepared.length && runs.every(({ complete }) => complete);
  const reports = gathered && isWhole ? await renderReports(gathered, out) : [];
  io.out();
  if (gathered && !options.details) printMore(files, io);
  for (const file of files) io.out(`Run:    ${file}`);
  for (const file of reports) io.out(`Report: ${file}`);
  if (!isWhole) {
    const shown = files.map((file) => ` --run ${file}`).join('');
    io.out('The report was left as it was, because not everything was asked.');
    if (shown !== '') io.out(`  conform report${shown} makes one of what was asked.`);
  }
  const [fault] = faults;
  if (fault) {
    // What was judged in spite of it is printed.
    io.result(runs);
    throw fault;
  }
  return { code: exitCodeOf(runs), result: runs, files };
}

function chooseTargets(options: CheckOptions, targets: readonly Target[]): Target[] {
  const names =
    options.target ?? targets.filter((target) => target.serve !== undefined).map(({ name }) => name);
  if (options.baseUrl !== undefined && names.length !== 1) {
    throw new Problem('CONFORM_E_OPTION_REQUIRED', '--base-url needs exactly one --target', {
      remedy: 'Name the target whose address it replaces.',
    });
  }
  return names.map((name) => findTarget(targets, name));
}

function describePlan(target: Target, plan: Plan) {
  return {
    target: target.name,
    writes: plan.policy,
    budget: plan.budget,
    /** Null where nothing bounds them. */
    records: plan.bounds.records ?? null,
    /** The checks of reads in the order in which they ask, until the budget is used up. */
    due: dueIn(plan).map(({ check, subjects, last }) => ({
      check: check.id,
      operations: subjects.map(({ operation }) => operation.id),
      last: last?.at ?? null,
      tooMuch: last?.tooMuch ?? false,
    })),
    operations: plan.steps.map((step) => ({
      id: step.operation.id,
      manner: step.manner,
      ...(isMapped(step, target) ? { address: addressFor(step, target) } : {}),
      ...(step.why === undefined ? {} : { why: step.why }),
    })),
  };
}

function printPlan({ target, contract }: Addressed, plan: Plan, io: Io): void {
  io.out(`${target.name}: writes ${plan.policy}`);
  if (target.baseUrl !== undefined) {
    io.out(`  The paths of the contract begin at ${target.baseUrl}${contract.servers[0].path}`);
  }
  for (const step of plan.steps) {
    const at = isMapped(step, target) ? ` at ${addressFor(step, target) ?? ''}` : '';
    io.out(`  ${MANNERS[step.manner].padEnd(14)} ${step.operation.id}${at}`);
  }
  // Of what the policy leaves out there is a line for each; of what nobody has an address for also the reason.
  const elsewhere = plan.steps.filter(
    ({ operation, isToken }) => !isToken && !isAddressed(operation, target),
  );
  for (const why of new Set(elsewhere.map((step) => step.why ?? ''))) {
    const those = elsewhere.filter((step) => step.why === why);
    io.out(io.wrapped(`${those.length} not asked: ${why}.`, 2));
  }
  const created = plan.steps.filter(
    ({ manner, operation }) => manner === 'real' && operation.method === 'POST',
  ).length;
  const bounds = BUDGET_KINDS.filter((kind) => plan.budget[kind] > 0).map(
    (kind) => `${plan.budget[kind]} ${SENT_FOR[kind]}`,
  );
  io.out(io.wrapped(`At most ${total(plan.budget)} requests: ${bounds.join(', ')}.`, 2));
  if (plan.budget.checks > 0 && plan.bounds.records !== undefined)
    io.out(io.wrapped(`Checks fetch at most ${plan.bounds.records} records.`, 2));
  printDue(plan, io);
  io.out(io.wrapped(whatRemains(plan, created), 2));
}

/** So many checks are named for each night. */
const MOST_DUE = 6;

/** Which checks ask first, and which later or another night, when the budget is used up before. */
function printDue(plan: Plan, io: Io): void {
  const groups = new Map<string, { checks: string[]; pairs: number }>();
  for (const { check, subjects, last } of dueIn(plan)) {
    const text = whenText(last);
    const group = groups.get(text) ?? { checks: [], pairs: 0 };
    groups.set(text, group);
    group.checks.push(check.id);
    group.pairs += subjects.length;
  }
  if (groups.size === 0) return;
  io.out('  Checks ask in this order; what the budget does not reach is due another night:');
  for (const [when, { checks, pairs }] of groups) {
    const names = [...new Set(checks)];
    const more = names.length > MOST_DUE ? ` and ${names.length - MOST_DUE} more` : '';
    io.out(
      io.wrapped(`${when}: ${pairs} checks of operations: ${names.slice(0, MOST_DUE).join(', ')}${more}`, 4),
    );
  }
}

function whenText(last: ReturnType<typeof dueIn>[number]['last']): string {
  if (last === undefined) return 'not asked so far';
  const night = last.at.slice(0, 10);
  return last.tooMuch ? `needed more than a run may use (${night})` : `last asked on ${night}`;
}

/** The address that a step is asked at; undefined where there is none, or it is only known when it is served. */
function addressFor({ operation }: Step, { baseUrl, servers }: Target): string | undefined {
  return baseUrl === undefined ? undefined : baseOf(operation, { baseUrl, servers });
}

/** Whether it is asked at another address than that of the target. */
function isMapped(step: Step, target: Target): boolean {
  return ![undefined, target.baseUrl].includes(addressFor(step, target));
}

function whatRemains({ steps }: Plan, created: number): string {
  if (created > 0) {
    return `Up to ${created} ${created === 1 ? 'record' : 'records'} would be created, and removed again where the answers identify them.`;
  }
  // A host need not keep its contract.
  const unless = steps.some(({ manner }) => manner === 'forbidden-body')
    ? ', unless the host takes a body that the contract forbids'
    : '';
  return `No record would be created${unless}.`;
}

const SENT_FOR: Record<BudgetKind, string> = {
  operations: 'for operations',
  controls: 'controls',
  spellings: 'other spellings',
  checks: 'for checks',
  retries: 'repetitions',
  token: 'for tokens',
  removal: 'removals',
};

const MANNERS = {
  plain: 'ask',
  'invalid-token': 'invalid token',
  'forbidden-body': 'forbidden body',
  real: 'write',
  not: 'skip',
} as const;
