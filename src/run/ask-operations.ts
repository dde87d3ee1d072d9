import pLimit from 'p-limit';
import type { Operation } from '../contract/contract.js';
import { jsonOf } from '../exchange/record.js';
import { fill, type Fillers, type Probe } from '../probe/build.js';
import { harvestIds } from '../probe/harvest.js';
import type { Value } from '../probe/value.js';
import type { Target } from '../target/targets.js';
import { tokenRequest, tokenUrl } from '../target/token.js';
import { findViolations } from '../verdict/checks/index.js';
import type { TokenUsed } from '../verdict/question.js';
import { orderOf } from './order.js';
import type { Step } from './plan.js';
import { askWrites } from './ask-writes.js';
import { ABSENT_ID, STOPPED, wasStopped, type Asking, type Observation } from './observation.js';

/**
 * Asks every step, each as soon as the operations that give its ids have been asked; real writes come last.
 * An operation whose id nobody gives is not asked: an id is never guessed where something real could be behind
 * it.
 */
export async function askOperations(steps: readonly Step[], asking: Asking): Promise<Observation[]> {
  const limit = pLimit(asking.target.concurrency);
  const ids = new Map<string, Value[]>();
  const order = orderOf(steps, asking.samples);
  const pending = new Map<string, Promise<Observation>>();

  const run = (step: Step): Promise<Observation> => {
    const known = pending.get(step.operation.id);
    if (known) return known;
    const promise = (async () => {
      const before = order.get(step.operation.id) ?? [];
      await Promise.all(before.filter((source) => !mayCreate(source)).map(run));
      const observation = await limit(() => askOne(step, ids, asking));
      asking.onObserved(observation);
      return observation;
    })();
    pending.set(step.operation.id, promise);
    return promise;
  };
  const observations = await Promise.all(steps.filter((step) => !mayCreate(step)).map(run));
  const writes = await askWrites(steps.filter(mayCreate), ids, asking);
  const found = new Map([...observations, ...writes].map((one) => [one.step.operation.id, one]));
  return steps.flatMap((step) => found.get(step.operation.id) ?? []);
}

/** Also a body that the contract forbids can be accepted: a host need not keep its contract. */
function mayCreate({ manner }: Step): boolean {
  return manner === 'real' || manner === 'forbidden-body';
}

async function askOne(step: Step, ids: Map<string, Value[]>, asking: Asking): Promise<Observation> {
  const { operation, manner } = step;
  if (asking.signal.aborted) return { step, asked: false, why: 'the run was stopped before it was asked' };
  if (manner === 'not') {
    return {
      step,
      asked: false,
      why: 'it changes something, and the policy of the run is not to ask such operations',
    };
  }
  const isToken = isTokenEndpoint(operation, asking.target);
  const built = isToken ? tokenProbe(operation, asking) : buildProbe(step, ids, asking);
  if ('why' in built) return { step, asked: false, why: built.why };
  const token: TokenUsed =
    isToken || !operation.secured ? 'none' : manner === 'invalid-token' ? 'invalid' : 'valid';
  const { reply, exchange, before, probe } = await asking.conversation.ask(built.probe, {
    token,
    repeatable: operation.safe,
  });
  if (wasStopped(reply)) return { step, asked: false, why: STOPPED };
  const findings = reply.kind === 'answer' ? findViolations(operation, reply, asking.validator) : [];
  if (reply.kind === 'answer' && reply.status < 300 && operation.safe && !isToken) {
    const body = jsonOf(reply);
    const name =
      operation.path
        .split('/')
        .filter((part) => part && !part.startsWith('{'))
        .at(-1) ?? 'thing';
    if (body !== undefined) {
      ids.set(
        operation.id,
        harvestIds(body).map((id) => ({ sent: id, shown: asking.pseudonyms.of(name, id) })),
      );
    }
  }
  return { step, asked: true, probe, token, isToken, exchange, before, findings, listing: built.listing };
}

export function isTokenEndpoint(operation: Operation, target: Target): boolean {
  const { oauth, baseUrl } = target;
  if (!oauth || baseUrl === undefined || operation.method !== 'POST') return false;
  return new URL(tokenUrl(baseUrl, oauth.url)).pathname === operation.path;
}

type Built = { probe: Probe; listing: string | undefined } | { why: string };

function tokenProbe(operation: Operation, asking: Asking): Built {
  const request = tokenRequest(asking.target, asking.credentials);
  if (!request) return { why: 'the target has no token endpoint' };
  const shown = new URL(request.url);
  return {
    probe: { operation: operation.id, role: 'operation', request, shown: shown.origin + shown.pathname },
    listing: undefined,
  };
}

function buildProbe(step: Step, ids: Map<string, Value[]>, asking: Asking): Built {
  const { operation, manner } = step;
  let listing: string | undefined;
  const harmless = manner === 'invalid-token';
  const fillers: Fillers = {
    contract: asking.contract,
    samples: asking.samples,
    environment: asking.environment,
    inventIds: asking.target.serve === 'mock',
    harvested: (_, parameter) => {
      if (harmless) return ABSENT_ID;
      for (const source of step.sources.get(parameter) ?? []) {
        const [first] = ids.get(source.id) ?? [];
        if (first === undefined) continue;
        listing = source.id;
        return first;
      }
      return undefined;
    },
    found: (from) => (harmless ? ABSENT_ID : ids.get(from)?.[0]),
  };
  const filled = fill(operation, fillers);
  if (!filled.ok) return { why: filled.why };
  return {
    probe: {
      operation: operation.id,
      role: 'operation',
      ...(harmless ? { purpose: 'with a token that is invalid on purpose' } : {}),
      request: {
        method: operation.method,
        url: asking.target.baseUrl + filled.path.sent,
        headers: filled.headers,
        ...(filled.body === undefined ? {} : { body: filled.body }),
      },
      shown: asking.target.baseUrl + filled.path.shown,
    },
    listing,
  };
}
