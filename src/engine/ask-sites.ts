import type { Listener } from '../contract-coverage/listen.js';
import { createPseudonyms } from '../exchange/pseudonyms.js';
import type { Redaction } from '../exchange/record.js';
import { whyNotAs } from '../session/callers.js';
import type { Credential } from '../session/credentials/credential.js';
import { isGuarded, type OtherCaller } from '../targets/targets.js';
import type { OpenSite, TargetSession } from '../session/open.js';
import { isSuccess } from '../targets/reply.js';
import { askOperations } from './ask-operations.js';
import type { Assignment } from './assignment.js';
import { capabilityOf } from './capability.js';
import type { Checking } from './check-reads.js';
import type { Investigation } from './investigate.js';
import { journalAt, type Journal } from './journal.js';
import { judgeAll } from './judge-all.js';
import type { Asking, Left, Observation } from './observation.js';
import type { Step } from './plan.js';
import type { Capability } from '../record/run.js';
import { createShownIds } from './shown-ids.js';

/**
 * Asks one address of the target after another: what is known of one host says nothing of another, and nothing that was
 * created on one is looked for on another. Only the ids that answers list go along.
 */
export async function askAndJudge(
  assignment: Assignment,
  { conversation, otherHost, otherBases }: Pick<Investigation, 'conversation' | 'otherHost' | 'otherBases'>,
  heard: Pick<Checking, 'past' | 'rates'>,
  { session, credentials, callers, absent, sites }: TargetSession,
  { hear }: Listener,
  redaction: Redaction,
  journal: Journal,
  left: Left[],
): Promise<Capability[]> {
  const { plan, signal } = assignment;
  const validator = assignment.contract.validators.answer;
  let done = 0;
  const onObserved = ({ step }: Pick<Observation, 'step'>): void => {
    done += 1;
    const [target, operation] = [assignment.target.name, step.operation.id];
    assignment.onEvent({ kind: 'asked', target, operation, done, total: plan.steps.length });
  };
  const shared: Omit<Asking, 'created' | 'journal'> = {
    ...assignment,
    ...{ redaction, credentials, absent, validator, conversation, onObserved },
    askForToken: async (request) => {
      const reply = await session.askForToken(request);
      hear(request, reply);
      return reply;
    },
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
  const siteOfOperation = new Map(
    sites.toReversed().flatMap((site) => site.operations.map(({ id }) => [id, site] as const)),
  );
  const siteOf = ({ operation: { id }, isToken }: Step): OpenSite | undefined =>
    siteOfOperation.get(id) ?? (isToken ? own : undefined);
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
      ...heard,
      asking,
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
      onObserved({ step });
      return capabilityOf({ step, asked: false, why: step.why ?? '' }, undefined);
    });
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
