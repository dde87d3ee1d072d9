import { scopeHolds, type ReaderTrial, type Write } from '../checks/auth/scope-holds.js';
import { isGiven, tokenEndpoint } from '../checks/auth/token-endpoint.js';
import { checkedIn, type Checked } from '../checks/checked.js';
import { driveTwice } from '../checks/drive-twice.js';
import { findingKey } from '../checks/finding-key.js';
import { rateAndBurst } from '../checks/http/rate-and-burst.js';
import type { RateSighting } from '../checks/http/rate-sightings.js';
import type { Host } from '../checks/subject.js';
import { scopesOf } from '../contract/security.js';
import type { ProbeResult as AskedOf, Conversation, Withheld } from '../drive/conversation.js';
import type { Probe } from '../probe/build.js';
import { forbiddenBody } from '../probe/writes.js';
import { record } from '../exchange/record.js';
import { rank } from '../session/gate.js';
import { onlyAdds } from '../session/only-adds.js';
import { isSuccess, type HttpRequest } from '../targets/reply.js';
import { probeFor } from './ask-writes.js';
import { mayHaveCreated } from './creation.js';
import type { AskedStep, Asking, Observation } from './observation.js';
import type { Plan, Step } from './plan.js';
import type { RateLog } from './rate-log.js';

/** What it takes to hold a host to the promises that are about no single read. */
export interface Access {
  plan: Plan;
  asking: Asking;
  whyNotAs: Host['whyNotAs'];
  /** What the answers of the run say of how much may be asked. */
  rates: Pick<RateLog, 'take'>;
  /** Whether nothing real is asked, or the run may be ended at any moment. */
  isTokenLeftAlone: boolean;
}

/**
 * Holds a host to what it promises of tokens, of who may write, and of how much may be asked. It is to be called when the run writes nothing any
 * more.
 * @returns what came of it, by operation
 */
export async function checkAccess(
  observations: readonly Observation[],
  access: Access,
): Promise<ReadonlyMap<string, Checked>[]> {
  const { plan, rates } = access;
  const heard = rates.take();
  const asked = observations.filter((one): one is AskedStep => one.asked && !one.step.supporting);
  return [
    ...(plan.checks.access.includes(tokenEndpoint) ? [await checkToken(asked, access)] : []),
    ...(plan.checks.access.includes(scopeHolds) ? [await checkWrites(asked, access)] : []),
    ...(plan.checks.access.includes(rateAndBurst) ? [await checkRates(heard, asked, access)] : []),
  ];
}

async function checkRates(
  heard: readonly RateSighting[],
  asked: readonly AskedStep[],
  { asking }: Access,
): Promise<Map<string, Checked>> {
  const known = new Set(asked.map(({ step }) => step.operation.id));
  const [home] = known;
  if (home === undefined) return new Map();
  // What is found is at an operation of the run.
  const own = heard.filter(({ operation }) => known.has(operation));
  return driveTwice(rateAndBurst, own, home, asking);
}

async function checkToken(
  asked: readonly AskedStep[],
  { asking, isTokenLeftAlone }: Access,
): Promise<Map<string, Checked>> {
  const home = (asked.find(({ isToken }) => isToken) ?? asked[0])?.step.operation.id;
  const found = asking.credentials.flatMap(({ endpoint, lastReply, tokenRequest }) => {
    const [reply, request] = [lastReply(), tokenRequest()];
    return endpoint && request && isGiven(reply, endpoint) ? [{ endpoint, reply, request }] : [];
  });
  const [first] = found;
  if (home === undefined || !first || isTokenLeftAlone) return new Map();
  const { endpoint, reply, request } = first;
  const probeOf = (sent: HttpRequest, purpose: string): Probe => {
    const { origin, pathname } = new URL(sent.url);
    return { operation: home, role: 'control', purpose, request: sent, shown: origin + pathname };
  };
  const heard = (probe: Probe, came: AskedOf['reply']) => ({
    ...{ probe, reply: came, redirect: undefined, before: [] },
    exchange: record(probe, came, asking.redaction),
    // It is not compared with anything.
    digest: { exact: '', loose: '' },
  });
  const conversation: Conversation = {
    ask: async (probe) => heard(probe, await asking.askForToken(probe.request)),
    close: () => Promise.resolve(),
  };
  const wrong = endpoint.wrongRequest();
  return driveTwice(
    tokenEndpoint,
    {
      endpoint,
      given: { ...heard(probeOf(request, 'the token of the run'), reply), reply },
      wrong: wrong && { token: 'none', probe: probeOf(wrong, 'with a wrong secret') },
    },
    home,
    { ...asking, conversation },
  );
}

async function checkWrites(
  asked: readonly AskedStep[],
  { asking, plan, whyNotAs }: Access,
): Promise<Map<string, Checked>> {
  const writes = asked.flatMap(({ step }) => writeOf(step, asking) ?? []);
  const [home] = writes;
  if (!home) return new Map();
  const trial = trialOf(asked, writes, asking);
  const why = whyNotAs('reader') ?? ('why' in trial ? trial.why : undefined);
  const result = (kind: 'not-applicable' | 'inconclusive', because: string): Map<string, Checked> =>
    new Map([
      [
        home.operation,
        { results: [{ id: scopeHolds.id, result: kind, why: because }], findings: [], exchanges: [] },
      ],
    ]);
  if (why !== undefined || 'why' in trial) return result('not-applicable', why ?? '');
  if (rank(plan.policy) < rank('validate'))
    return result(
      'inconclusive',
      'the policy of the run does not allow to send a body with good credentials',
    );
  return driveTwice(scopeHolds, trial, home.operation, { ...asking, conversation: withJournal(asking) });
}

/** The request of an operation with a body that the contract forbids, where that changes nothing that is there. */
function writeOf(step: Step, asking: Asking): Write | undefined {
  const { operation, isToken } = step;
  if (operation.safe || isToken || !operation.guarded || !operation.body) return undefined;
  if (asking.invalidCredentials(operation.id) === '') return undefined;
  const hasId = operation.parameters.some((parameter) => parameter.in === 'path');
  if (!hasId && !onlyAdds(operation, asking.contract.operations)) return undefined;
  const forbidden = forbiddenBody(operation, asking.contract.validators.request);
  if (forbidden === undefined) return undefined;
  const built = probeFor({ ...step, forbidden, write: undefined }, [], new Map(), asking);
  if ('why' in built) return undefined;
  const probe = { ...built.probe, role: 'control' as const };
  return { operation: operation.id, probe, scopes: scopesOf(asking.contract.document, operation) };
}

function trialOf(
  asked: readonly AskedStep[],
  writes: readonly Write[],
  { target }: Asking,
): ReaderTrial | { why: string } {
  if (target.serve !== undefined) return { why: 'a server of our own knows no other callers' };
  const read = asked.find(
    ({ step, token, reply }) =>
      step.operation.method === 'GET' &&
      step.operation.safe &&
      step.operation.guarded &&
      token === 'valid' &&
      reply.kind === 'answer' &&
      isSuccess(reply.status),
  );
  return read
    ? { read: { ...read.probe, role: 'control', purpose: 'as a caller who may only read' }, writes }
    : { why: 'no guarded read has worked' };
}

/** Asks as the run does for its own writes: what might create something is in the journal before it is sent. */
function withJournal({ conversation, journal, onLeft }: Asking): Conversation {
  const taken = new Map<string, AskedOf>();
  const ask: Conversation['ask'] = async (probe, options): Promise<AskedOf | Withheld> => {
    if (probe.request.method === 'GET') return conversation.ask(probe, options);
    const key = JSON.stringify([probe.operation, options.token]);
    // What was let in once need not be let in again to be seen.
    const known = taken.get(key);
    if (known) return known;
    const entry = journal.creating(probe.operation);
    const came = await conversation.ask(probe, { ...options, atMost: 'validate', repeatable: false });
    const { reply } = 'withheld' in came ? { reply: undefined } : came;
    const isHarmless =
      reply === undefined ||
      (reply.kind === 'answer' ? !mayHaveCreated(reply.status) : reply.phase === 'connect');
    if (isHarmless || 'withheld' in came) {
      journal.created(entry, undefined);
      return came;
    }
    taken.set(key, came);
    const stated = reply.kind === 'answer' ? `was answered with ${reply.status}` : 'was not answered';
    const why = `a body that the contract forbids ${stated}, so something may have been created`;
    onLeft({ operation: probe.operation, why, journal: true });
    return came;
  };
  return { ask, close: () => Promise.resolve() };
}

/** What came of several, operation by operation. */
export function together(all: readonly ReadonlyMap<string, Checked>[]): ReadonlyMap<string, Checked> {
  const whole = new Map<string, Checked>();
  for (const [operation, { results, findings, exchanges }] of all.flatMap((one) => [...one])) {
    const own = checkedIn(whole, operation);
    const before = own.exchanges.length;
    own.results.push(...results);
    const known = new Set(own.findings.map(findingKey));
    own.findings.push(
      ...findings
        // What came to light on two ways is one finding.
        .filter((one) => !known.has(findingKey(one)))
        .map(({ exchange, exchanges: several, ...one }) => ({
          ...{ ...one, exchange: before + exchange },
          ...(several ? { exchanges: several.map((place) => before + place) } : {}),
        })),
    );
    own.exchanges.push(...exchanges);
  }
  return whole;
}
