import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Chance } from '../chance.js';
import type { Clock } from '../clock.js';
import { bounded } from '../checks/bounds.js';
import type { Checked } from '../checks/checked.js';
import { driveChecks } from '../checks/drive-checks.js';
import { scopeHolds } from '../checks/auth/scope-holds.js';
import { NO_LISTS, type StatedLists } from '../checks/stated/lists.js';
import { settleFindings } from '../checks/stated/waive.js';
import { subjectOf, type Subject } from '../checks/subject.js';
import type { Contract } from '../contract/contract.js';
import type { Operation } from '../contract/operation.js';
import { otherBasesOf } from '../controls/base-url.js';
import { createDigests } from '../contract/digest.js';
import type { Validator } from '../contract/schema/validator.js';
import type { Exchange } from '../exchange/exchange.js';
import { createPseudonyms } from '../exchange/pseudonyms.js';
import { record, type Redaction } from '../exchange/record.js';
import { VERSION } from '../package.js';
import { asError } from '../problem.js';
import { environmentPlacesAt, samplesAt, type Samples } from '../probe/samples.js';
import type { Secrets } from '../target/secrets.js';
import { isSuccess, type Answer } from '../target/reply.js';
import type { OtherCaller, Target } from '../target/targets.js';
import type { Credential } from '../session/credentials/credential.js';
import type { AbsentIds } from '../session/absent-ids.js';
import { createBudget } from '../session/budget.js';
import { isGuarded } from '../session/guarded.js';
import { whyNotAs } from '../session/callers.js';
import { openTarget, type OpenSite, type TargetSession } from '../session/open.js';
import { BRIEF } from '../session/patience.js';
import { OUTCOMES } from '../verdict/causes.js';
import { diagnose } from '../verdict/diagnose.js';
import { brief } from '../verdict/brief.js';
import { questionAlone, type Credentials, type Ids } from '../verdict/question.js';
import { say, type Said } from '../verdict/sentences.js';
import type { Signatures } from '../verdict/signatures.js';
import type { Finding, Verdict } from '../verdict/verdict.js';
import { worded } from '../verdict/worded.js';
import { askOperations } from './ask-operations.js';
import { FAILED_ON_IT, type Asked, type Asking, type Left, type Observation } from './observation.js';
import { checkAccess, together, type Access } from './check-access.js';
import { capabilityOf } from './capability.js';
import { converse, whenNeeded } from '../drive/conversation.js';
import { asControlOf } from '../drive/seen.js';
import type { Expectations } from './expected.js';
import { journalAt, journalName, openJournal, type Journal } from './journal.js';
import { investigate, type Investigated, type Investigation } from './investigate.js';
import { redactionFor } from './redaction.js';
import type { Plan, Step } from './plan.js';
import { createRateLog } from './rate-log.js';
import type { Capability, Run } from './run.js';
import { createShownIds } from './shown-ids.js';

/** Everything that a run needs. */
export interface Assignment {
  /** The name of the run, which no other has. */
  id: string;
  startedAt: Date;
  contract: Contract;
  target: Target & { baseUrl: string };
  /** Whether it is a server of our own that stands elsewhere. */
  invented: boolean;
  /** Another host of the same vendor, for what is not routed on this one. */
  otherHost: (Target & { baseUrl: string }) | undefined;
  plan: Plan;
  samples: Samples;
  signatures: Signatures;
  expectations: Expectations;
  /** What somebody has stated of how operations list things. */
  lists?: StatedLists;
  environment: Record<string, string | undefined>;
  secrets: Secrets;
  /** The world that a replica serves. */
  world: string | undefined;
  /** The folder for the journal of what is created. */
  journals: string;
  clock: Clock;
  chance: Chance;
  /** How long the run may take, in milliseconds, where somebody has said so. */
  deadlineMs?: number | undefined;
  /** Stops the run; what has been asked so far is judged and kept. */
  signal: AbortSignal;
  onProgress: (done: number, total: number) => void;
  /** Why what is asked cannot answer an operation, where its answer says so. */
  limitOf: (answer: Answer) => string | undefined;
  /** Called with an error of the program itself: the rest of the run goes on. */
  onFault: (error: Error) => void;
}

/** Asks a target everything that the plan says, and judges what it answers. */
export async function performRun(assignment: Assignment): Promise<Run> {
  const { id, startedAt, contract, target, plan, signatures, secrets, clock } = assignment;
  const redaction = redactionFor(signatures, secrets, contract);
  const budget = createBudget(plan.budget);
  const common = {
    ...assignment,
    budget,
    samplesAt: samplesAt(assignment.samples, assignment.environment, secrets),
    environmentAt: environmentPlacesAt(assignment.samples, contract),
  };
  const opened = openTarget({
    ...common,
    // Who gives a run its time lets it wait as long as a host asks for.
    patience: { ...BRIEF, inAllMs: assignment.deadlineMs ?? BRIEF.inAllMs },
    policy: plan.policy,
  });
  const { session, credentials } = opened;
  const otherHost = assignment.otherHost && {
    name: assignment.otherHost.name,
    baseUrl: assignment.otherHost.baseUrl,
    conversation: converse(
      openTarget({
        ...assignment,
        target: assignment.otherHost,
        policy: 'none',
        budget,
        // The credentials of one host are not shown to another.
        credentials: [],
      }).session,
      redaction,
      assignment.chance,
    ),
  };
  const rates = createRateLog();
  const conversation = bounded(converse(session, redaction, assignment.chance, rates.note), plan.bounds, {
    absent: opened.absent,
    lists: assignment.lists ?? NO_LISTS,
  });
  const otherBases = otherBasesOf(target.baseUrl).map((baseUrl) => ({
    baseUrl,
    // Most runs never suspect their base URL.
    conversation: whenNeeded(() =>
      converse(
        openTarget({ ...common, target: { ...target, baseUrl }, policy: 'none', credentials }).session,
        redaction,
        assignment.chance,
      ),
    ),
  }));
  // What the run itself has started ends with it, and whatever it holds.
  const isPassing = target.serve !== undefined;
  const journal = openJournal(
    join(assignment.journals, journalName(id, assignment.chance)),
    {
      target: target.name,
      baseUrl: target.baseUrl,
      contract: contract.sha256,
      passing: isPassing,
      startedAt: startedAt.toISOString(),
    },
    clock,
  );
  if (
    plan.steps.some(({ manner }) => manner === 'real' || manner === 'forbidden-body') ||
    plan.checks.access.includes(scopeHolds)
  )
    await journal.prepare();
  const left: Left[] = [];
  try {
    const dead = assignment.signal.aborted
      ? undefined
      : await tokenVerdict(assignment, credentials, redaction);
    const capabilities = dead
      ? blockedByToken(plan, dead)
      : await askAndJudge(
          assignment,
          { conversation, otherHost, otherBases, rates },
          opened,
          redaction,
          journal,
          left,
        );
    return assemble(assignment, capabilities, session.counts(), isPassing ? [] : left);
  } finally {
    await (isPassing ? journal.drop() : journal.settle());
    const others = [...otherBases, ...(otherHost ? [otherHost] : [])].map((one) => one.conversation);
    await Promise.all([conversation, ...others].map((one) => one.close()));
  }
}

/**
 * Asks one address of the target after another: what is known of one host says nothing of another, and nothing that was
 * created on one is looked for on another. Only the ids that answers list go along.
 */
async function askAndJudge(
  assignment: Assignment,
  {
    conversation,
    otherHost,
    otherBases,
    rates,
  }: Pick<Investigation, 'conversation' | 'otherHost' | 'otherBases'> & Pick<Access, 'rates'>,
  { session, credentials, callers, absent, sites }: TargetSession,
  redaction: Redaction,
  journal: Journal,
  left: Left[],
): Promise<Capability[]> {
  const { plan, signal } = assignment;
  const validator = assignment.contract.validators.answer;
  await prepareFor(plan, validator, signal);
  let done = 0;
  const onObserved = (): void => {
    done += 1;
    assignment.onProgress(done, plan.steps.length);
  };
  const shared: Omit<Asking, 'created' | 'journal'> = {
    ...assignment,
    ...{ redaction, credentials, absent, validator, conversation, onObserved },
    askForToken: (request) => session.askForToken(request),
    refusalSeen: (operation) => session.refusalSeen(operation),
    invalidCredentials: (operation) => session.invalidCredentials(operation),
    pseudonyms: createPseudonyms(),
    ids: new Map(),
    answers: new Map(),
    writes: plan.writes,
    lifeChecks: plan.checks.lives,
    lived: [],
    policy: plan.policy,
    shown: createShownIds(),
    onLeft: (one) => left.push(one),
  };
  const [own] = sites;
  // A token is asked for at the address that the credentials name, wherever the contract has it.
  const siteOf = ({ operation: { id }, isToken }: Step): OpenSite | undefined =>
    sites.find(({ operations }) => operations.some((one) => one.id === id)) ?? (isToken ? own : undefined);
  const judged = new Map<string, Capability>();
  for (const site of sites) {
    const isOwn = site === own;
    const asking: Asking = {
      ...shared,
      contract: { ...assignment.contract, operations: [...site.operations] },
      target: { ...assignment.target, baseUrl: site.baseUrl },
      created: site.created,
      journal: isOwn ? journal : journalAt(site.baseUrl, journal),
    };
    const steps = plan.steps.filter((step) => siteOf(step) === site);
    const observations = await askOperations(steps, asking);
    const investigation: Investigation = {
      ...{ baseUrl: site.baseUrl, operations: site.operations, conversation, absent, signal },
      unknown: [absent.segment(), absent.segment()],
      takesCredentials: ({ id }) => session.invalidCredentials(id) !== '',
      // Beside what is open to everybody, a path of nothing may be open as well.
      refusalSeen: (operation) =>
        isGuarded(operation, assignment.target) && session.refusalSeen(operation.id),
      otherHost: isOwn ? otherHost : undefined,
      otherBases: isOwn ? otherBases : [],
      concurrency: assignment.target.concurrency,
      tokenEndpointWorks: credentials.some((credential) => gaveToken(credential, site.baseUrl)),
    };
    const checking = {
      ...assignment,
      contract: asking.contract,
      pseudonyms: shared.pseudonyms,
      ...{ asking, rates },
      whyNotAs: (caller: OtherCaller) => whyNotAs(callers, caller),
      isTokenLeftAlone:
        !isOwn ||
        assignment.invented ||
        assignment.target.serve !== undefined ||
        assignment.deadlineMs !== undefined,
    };
    for (const one of await judgeAll(observations, investigation, checking)) judged.set(one.id, one);
  }
  return plan.steps
    .filter(({ supporting }) => !supporting)
    .flatMap((step) => {
      if (siteOf(step)) return judged.get(step.operation.id) ?? [];
      onObserved();
      return capabilityOf({ step, asked: false, why: step.why ?? '' }, undefined);
    });
}

async function judgeAll(
  observations: readonly Observation[],
  investigation: Investigation,
  checking: Checking,
): Promise<Capability[]> {
  const { target, signatures, onFault, asking } = checking;
  const settled = settling(checking);
  const investigated = target.serve === 'mock' ? undefined : await investigate(observations, investigation);
  const checked = together([
    await checkReads(observations, investigation, checking),
    ...(await checkAccess(observations, checking)),
    ...asking.lived,
  ]);
  return observations
    .filter(({ step }) => !step.supporting)
    .map((observation) => {
      if (!observation.asked) return capabilityOf(observation, undefined);
      try {
        const { id } = observation.step.operation;
        return judge(
          settled(observation, id),
          {
            investigated: investigated?.get(id),
            checked: settled(checked.get(id), id),
          },
          investigation,
          signatures,
        );
      } catch (error) {
        onFault(asError(error));
        return capabilityOf({ step: observation.step, asked: false, why: FAILED_ON_IT }, undefined);
      }
    });
}

/** Gives the findings of an operation the severity that somebody has said, and marks those that are accepted for now. */
function settling({ plan, startedAt }: Checking) {
  const today = startedAt.toISOString().slice(0, 10);
  return <Holder extends { findings: Finding[] } | undefined>(holder: Holder, operation: string): Holder =>
    holder && { ...holder, findings: settleFindings(holder.findings, plan.settings, { operation, today }) };
}

/** What it takes to judge what was observed, and to hold it to further promises. */
type Checking = Assignment & Pick<Asking, 'pseudonyms'> & Access;

/** Holds the reads that have succeeded to the promises of the plan. */
async function checkReads(
  observations: readonly Observation[],
  { conversation, absent, takesCredentials, concurrency }: Investigation,
  { plan, contract, pseudonyms, whyNotAs, clock, chance, signal, lists = NO_LISTS }: Checking,
): Promise<ReadonlyMap<string, Checked>> {
  if (plan.checks.reads.length === 0) return new Map();
  const reads = new Map<string, Subject>();
  const host = { contract, absent, chance, pseudonyms, takesCredentials, whyNotAs, reads, lists };
  const subjects = observations.flatMap((observation) => {
    if (!observation.asked || observation.isToken || observation.step.supporting) return [];
    const { step, probe, token, reply, exchange, likeness, redirect } = observation;
    const { operation } = step;
    if (!operation.safe || reply.kind !== 'answer' || !isSuccess(reply.status)) return [];
    return [subjectOf({ operation, probe, token }, { reply, exchange, likeness, redirect }, host)];
  });
  for (const subject of subjects) reads.set(subject.operation.id, subject);
  return driveChecks(subjects, plan.checks.reads, { conversation, clock, signal, concurrency });
}

function judge(
  observation: Asked,
  { investigated: found, checked }: { investigated: Investigated | undefined; checked: Checked | undefined },
  { absent, takesCredentials }: Pick<Investigation, 'absent' | 'takesCredentials'>,
  signatures: Signatures,
): Capability {
  const { exchange, likeness, redirect, isToken, token, findings, step, listing } = observation;
  const { operation } = step;
  const ids = idsIn(observation, absent);
  const verdict = diagnose(
    {
      answer: { exchange, likeness, redirect },
      ...{ isToken, token, listing },
      findings: [...findings, ...(checked?.findings ?? [])],
      credentials: credentialsOf(operation, takesCredentials),
      isDescribed: describes(operation, exchange.status),
      ids,
      controls: found?.controls ?? {},
    },
    signatures.all,
  );
  const controls = found?.exchanges ?? [];
  // Nobody has promised that there is a thing by an example, so that there is none says nothing of the operation.
  if (ids === 'example' && (verdict.outcome === 'absent' || isOpen(verdict))) {
    const looks = [asControlOf(observation, 'example-id').exchange, ...controls];
    const why = 'no id of a thing is known, and there is none by the example of the contract';
    return capabilityOf({ step, asked: false, why, looks }, undefined);
  }
  return capabilityOf(observation, { verdict, controls, checked });
}

/** Whether the contract asks for credentials, or some are sent without that. */
function credentialsOf(
  operation: Operation,
  takesCredentials: Investigation['takesCredentials'],
): Credentials {
  if (operation.secured) return 'asked-for';
  return takesCredentials(operation) ? 'sent-unasked' : 'none';
}

/** Whether it is not known if a path is routed. */
function isOpen({ outcome, confidence }: Verdict): boolean {
  return outcome === 'unrouted' && confidence === 'possible';
}

/** Whether the contract has this status, or its class, among the answers of an operation. */
function describes({ responses }: Operation, status: number | null): boolean {
  const text = String(status);
  return [text, `${text.charAt(0)}XX`].some((one) => Object.hasOwn(responses, one));
}

/** What the path of a request names. */
function idsIn({ step, probe, listing, ids = [] }: Asked, absent: AbsentIds): Ids {
  if (!step.operation.path.includes('{')) return 'none';
  if (new URL(probe.request.url).pathname.split('/').some(absent.has)) return 'of-nothing';
  if (ids.some(({ origin }) => origin === 'contract example')) return 'example';
  return listing === undefined ? 'unlisted' : 'listed';
}

/** Whether the token endpoint of the host that is asked has given a token. */
function gaveToken(credential: Credential, baseUrl: string): boolean {
  const request = credential.tokenRequest();
  const reply = credential.lastReply();
  return (
    request !== undefined &&
    reply?.kind === 'answer' &&
    isSuccess(reply.status) &&
    new URL(request.url).origin === new URL(baseUrl).origin
  );
}

/**
 * Compiles what successes are checked against before anything is asked: while the process compiles, answers wait in
 * the socket, and the time would be counted as the host's.
 */
async function prepareFor({ steps }: Plan, validator: Validator, signal: AbortSignal): Promise<void> {
  for (const { operation, manner } of steps) {
    if (manner === 'not') continue;
    // The schemas of a large contract take seconds: a signal is to be heard in between.
    await setImmediate();
    if (signal.aborted) return;
    for (const [status, { content }] of Object.entries(operation.responses)) {
      if (!status.startsWith('2')) continue;
      for (const { schemaPointer } of Object.values(content)) {
        if (schemaPointer !== undefined) validator.prepare(schemaPointer);
      }
    }
  }
}

/** Why no token could be had, or undefined when there is one or none is needed. */
export async function tokenVerdict(
  { signatures, signal }: Pick<Assignment, 'signatures' | 'signal'>,
  credentials: readonly Credential[],
  redaction: Redaction,
): Promise<Verdict | undefined> {
  const found = await Promise.all(
    credentials.map(async (credential) => {
      const request = credential.tokenRequest();
      if (!request || (await credential.value(signal)) !== undefined) return undefined;
      return { request, reply: credential.lastReply(), isUnsendable: credential.gaveUnsendable() };
    }),
  );
  const { request, reply, isUnsendable } = found.find((one) => one !== undefined) ?? {};
  if (!request) return undefined;
  // A run that is stopped here has asked nothing; that says nothing of the token.
  if (!reply || signal.aborted) return undefined;
  const shown = new URL(request.url);
  const probe = {
    operation: 'token',
    role: 'control' as const,
    request,
    shown: shown.origin + shown.pathname,
  };
  const exchange = record(probe, reply, redaction);
  if (isUnsendable) {
    return {
      outcome: 'broken',
      layer: 'token',
      confidence: 'likely',
      side: 'vendor-application',
      explanation: say('token-unsendable', { status: String(exchange.status) }),
      fix: say('ask-for-sendable-token', {}),
      evidence: [answered(exchange)],
      ruledOut: [],
    };
  }
  if (isSuccess(exchange.status)) {
    return {
      outcome: 'denied',
      layer: 'token',
      cause: 'oauth-request-invalid',
      confidence: 'likely',
      side: 'us',
      explanation: say('token-not-found', { status: String(exchange.status) }),
      fix: say('correct-token-field', {}),
      evidence: [answered(exchange)],
      ruledOut: [],
    };
  }
  return diagnose(questionAlone(exchange, { isToken: true, token: 'none' }), signatures.all);
}

function answered(exchange: Exchange): Said {
  const { method, url, at, status } = exchange;
  return say('answer', { method, url, at, status: String(status ?? ''), came: brief({ exchange }) });
}

function blockedByToken(plan: Plan, verdict: Verdict): Capability[] {
  const { evidence, fix, codes } = worded(verdict);
  const why = `no token could be had: ${verdict.explanation.sentence}`;
  return plan.steps
    .filter((step) => !step.supporting)
    .map((step) => {
      const observation: Observation = { step, asked: false, why };
      return {
        ...capabilityOf(observation, undefined),
        evidence,
        ...(fix === undefined ? {} : { fix }),
        codes,
      };
    });
}

function assemble(
  assignment: Assignment,
  capabilities: Capability[],
  budget: ReturnType<TargetSession['session']['counts']>,
  left: readonly Left[],
): Run {
  const { id, startedAt, contract, target, plan, expectations, world, signal } = assignment;
  const today = startedAt.toISOString().slice(0, 10);
  const digest = createDigests(contract);
  const byId = new Map(contract.operations.map((operation) => [operation.id, operation]));
  const definitionOf = ({ id }: Capability): { definition?: string } => {
    const operation = byId.get(id);
    return operation ? { definition: digest(operation) } : {};
  };
  const operations = capabilities.map((capability) => ({
    ...capability,
    ...definitionOf(capability),
    expected: expectations.of(capability, plan.policy, today),
  }));
  const totals = Object.fromEntries(
    OUTCOMES.map((outcome) => [
      outcome,
      operations.filter((operation) => operation.outcome === outcome).length,
    ]),
  );
  return {
    format: 'conform-run/1',
    id,
    target: target.name,
    ...(world === undefined ? {} : { world }),
    startedAt: startedAt.toISOString(),
    finishedAt: assignment.clock.now().toISOString(),
    tool: { name: 'conform', version: VERSION },
    contract: {
      title: contract.title,
      version: contract.version,
      sha256: contract.sha256,
      operations: contract.operations.length,
      repairs: contract.repairs.map(({ kind, what, place, assumed }) => ({
        kind,
        what,
        file: place.file,
        ...(place.line === undefined ? {} : { line: place.line }),
        assumed,
      })),
    },
    policy: { writes: plan.policy, requestsPerSecond: target.requestsPerSecond ?? null },
    totals,
    budget,
    complete: !signal.aborted,
    unproven: operations.flatMap((operation) => whyUnproven(operation) ?? []),
    ...(left.length === 0 ? {} : { left: [...left] }),
    operations,
  };
}

/** An operation is proven when the run shows what it does with a good token and a valid request. */
function whyUnproven(operation: Capability): { operation: string; why: string } | undefined {
  if (operation.outcome === 'skipped') return { operation: operation.id, why: operation.explanation };
  if (operation.proof === 'works-unchecked') {
    const unchecked = operation.findings.filter(({ inconclusive }) => inconclusive);
    return {
      operation: operation.id,
      why: `It works, but not all of it could be checked: ${unchecked.map(({ message }) => message).join('; ')}.`,
    };
  }
  const purpose = operation.exchanges.find(({ role }) => role === 'operation')?.purpose;
  if (purpose !== undefined && operation.outcome !== 'unrouted') {
    return { operation: operation.id, why: `It was asked ${purpose}; a real request was not made.` };
  }
  if (operation.confidence === 'possible') {
    return { operation: operation.id, why: 'The answer leaves several explanations open.' };
  }
  return undefined;
}
