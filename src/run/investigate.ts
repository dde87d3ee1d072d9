import type { Exchange } from '../exchange/exchange.js';
import { asControl, nonsensePath, nonsenseProbe } from '../probe/controls.js';
import type { Probe } from '../probe/build.js';
import { spellingsOf } from '../probe/spellings.js';
import type { Controls, TokenUsed } from '../verdict/question.js';
import type { Asked, Observation } from './observation.js';
import { exchangeOf, type Conversation } from './conversation.js';
import { LIMITS } from './plan.js';
import type { Contract } from '../contract/contract.js';
import { IDEMPOTENT_METHODS, SAFE_METHODS } from '../contract/methods.js';
import { operationAt, pathBelow } from '../contract/operation-at.js';
import type { AbsentIds } from '../session/absent-ids.js';
import { isSuccess } from '../target/reply.js';

/** An observation with the control exchanges that help to judge it. */
export interface Investigated {
  observation: Asked;
  controls: Controls;
  /** Every control and variant that was asked for it or shared with it. */
  exchanges: Exchange[];
}

/** What it needs to ask further. */
export interface Investigation {
  baseUrl: string;
  conversation: Conversation;
  signal: AbortSignal;
  /** Paths of nothing. */
  absent: AbsentIds;
  contract: Pick<Contract, 'operations'>;
  /** That invalid credentials are refused, by the operation that showed it. */
  guards: ReadonlyMap<string, Exchange>;
  /** Another host of the same vendor, for what is not routed on this one. */
  otherHost: { name: string; baseUrl: string; conversation: Conversation } | undefined;
  /** Paths of the contract without parameters, for the search of other spellings. */
  knownPaths: readonly string[];
}

/**
 * Asks the control probes for everything that was refused. Controls are shared where they can be: the nonsense
 * path is asked once for a method, a stage and a kind of token, the invalid token once on one operation that
 * works.
 */
export async function investigate(
  observations: readonly Observation[],
  investigation: Investigation,
): Promise<Map<string, Investigated>> {
  const asked = observations.filter((observation): observation is Asked => observation.asked);
  const shared = createShared(
    investigation,
    asked.filter(({ step }) => step.operation.secured).map(({ step }) => step.operation.path),
  );
  const working = asked.find(isWorking);
  // This one is asked again, so it may be none that changes something.
  const repeatable = asked.find((observation) => isWorking(observation) && observation.step.operation.safe);
  const results = new Map<string, Investigated>();
  const refused = asked.filter(isRefused);
  let spellingsLeft = LIMITS.spellingsOfRun;
  let spelled: Controls['working'];

  for (const observation of asked) {
    results.set(observation.step.operation.id, { observation, controls: {}, exchanges: [] });
  }
  for (const observation of refused) {
    const { operation } = observation.step;
    const controls: Controls = {};
    const exchanges: Exchange[] = [];
    const keep = (exchange: Exchange | undefined): Exchange | undefined => {
      if (exchange) exchanges.push(exchange);
      return exchange;
    };
    if (investigation.signal.aborted) break;
    controls.alike = {
      answered: asked.filter(({ exchange }) => exchange.fingerprint === observation.exchange.fingerprint)
        .length,
      of: asked.length,
    };
    const nonsense = keep(await shared.nonsense(observation));
    if (nonsense) controls.nonsense = nonsense;
    if (working && operation.secured) {
      controls.working = { operation: working.step.operation.id, exchange: working.exchange };
      keep({ ...working.exchange, role: 'control', purpose: 'known-good' });
      if (observation.token === 'invalid' && repeatable) {
        const guarded = keep(await shared.withInvalidToken(repeatable));
        if (guarded) controls.workingWithInvalidToken = guarded;
      }
    }
    if (nonsense?.echo !== undefined) {
      const calibration = keep(await shared.calibration());
      if (calibration) controls.calibration = calibration;
    }
    if (nonsense && nonsense.fingerprint === observation.exchange.fingerprint) {
      const other = keep(await otherMethod(observation, asked, shared));
      if (other) controls.otherMethod = other;
      const otherHost = await shared.onOtherHost(observation);
      if (otherHost) {
        controls.otherHost = otherHost;
        exchanges.push(otherHost.exchange, otherHost.nonsense);
      }
    }
    const listing = asked.find(
      (other) => other.step.operation.id === observation.listing && isWorking(other),
    );
    if (listing) controls.listing = { operation: listing.step.operation.id, exchange: listing.exchange };
    if (
      observation.token === 'valid' &&
      operation.safe &&
      [401, 403].includes(observation.exchange.status ?? 0)
    ) {
      const withoutToken = keep(await shared.ask(asControl(observation.probe, 'without-token'), 'none'));
      if (withoutToken) controls.withoutToken = withoutToken;
    }
    if (nonsense && nonsense.fingerprint === observation.exchange.fingerprint) {
      const found = await searchSpelling(observation, asked, shared, investigation, spellingsLeft);
      spellingsLeft -= found.asked.length;
      exchanges.push(...found.asked);
      if (found.nearest) {
        controls.nearest = found.nearest;
        const { exchange, method, path } = found.nearest;
        if (isSuccess(exchange.status)) spelled ??= { operation: `${method} ${path}`, exchange };
      }
    }
    results.set(operation.id, { observation, controls, exchanges });
  }
  // A spelling that works shows that the token is good, also when nothing of the contract has worked.
  if (!working && spelled) for (const { controls } of results.values()) controls.working = spelled;
  return results;
}

function createShared(
  { baseUrl, conversation, otherHost, signal, absent, guards }: Investigation,
  paths: readonly string[],
) {
  const unknown = absent.segment();
  const cache = new Map<string, Promise<Exchange | undefined>>();
  const ask = async (
    probe: Probe,
    token: TokenUsed,
    { of = conversation, authorization }: { of?: Conversation; authorization?: string } = {},
  ): Promise<Exchange | undefined> => {
    if (signal.aborted) return undefined;
    const atMost = token === 'invalid' ? 'route' : 'none';
    const repeatable = atMost === 'none' || IDEMPOTENT_METHODS.has(probe.request.method);
    return exchangeOf(await of.ask(probe, { token, authorization, repeatable, atMost }));
  };
  const once = (key: string, make: () => Promise<Exchange | undefined>) => {
    const known = cache.get(key) ?? make();
    cache.set(key, known);
    return known;
  };
  /**
   * By the method of the operation where that can change nothing: it is a read, or the host has just refused these
   * credentials to that method. Who answers otherwise may look at the request before the credentials, or not at all.
   */
  const nonsense = (
    { step: { operation }, token, exchange: { status } }: Pick<Asked, 'step' | 'token' | 'exchange'>,
    method = operation.method,
  ) => {
    const isRefused = token === 'invalid' && (status === 401 || status === 403);
    const harmless = SAFE_METHODS.has(method) || isRefused;
    const probe = nonsenseProbe(operation, harmless ? method : 'GET', baseUrl, unknown);
    return once(`${probe.request.method} ${probe.shown} ${token}`, () => ask(probe, token));
  };
  const calibration = () =>
    once('calibration', () => {
      const url = `${baseUrl}${calibrationPath()}`;
      // A harmless token of our own: what the gateway makes of it tells what it hashes.
      const headers = { accept: 'application/json' };
      const request = { method: 'GET', url, headers };
      const shown = url.replace(unknown, '__absent_<nonce>');
      return ask(
        { operation: 'calibration', role: 'control', purpose: 'calibration', request, shown },
        'none',
        { authorization: `Bearer probe-${unknown}` },
      );
    });
  const calibrationPath = () => nonsensePath(new URL(paths[0] ?? '/', baseUrl).pathname, unknown);
  /** Without a token, an id, or any value of ours: none of them is the other host's business. */
  const onOtherHost = async ({ step: { operation } }: Asked): Promise<Controls['otherHost']> => {
    if (!otherHost || !operation.safe || operation.path.includes('{')) return undefined;
    const beside = nonsenseProbe(operation, 'GET', otherHost.baseUrl, unknown);
    const nonsense = await once(`other ${beside.shown}`, () =>
      ask({ ...beside, purpose: 'nonsense-on-other-host' }, 'none', { of: otherHost.conversation }),
    );
    if (!nonsense || nonsense.status === null) return undefined;
    const url = otherHost.baseUrl + operation.path;
    // By its own method, which the contract calls safe there: some gateways route a path by a method only.
    const request = { ...beside.request, method: operation.method, url };
    const there = { ...beside, purpose: 'other-host', shown: url, request };
    const exchange = await ask(there, 'none', { of: otherHost.conversation });
    return exchange && { name: otherHost.name, exchange, nonsense };
  };
  return {
    ask,
    nonsense,
    calibration,
    onOtherHost,
    withInvalidToken: (working: Asked) => {
      const { id } = working.step.operation;
      const known = guards.get(id);
      return once(`invalid ${id}`, () =>
        known
          ? Promise.resolve(known)
          : ask(asControl(working.probe, 'known-good-with-invalid-token'), 'invalid'),
      );
    },
  };
}

/**
 * The same path, with the same ids, by another safe method: whether the path is routed, and only the method is not. Of
 * other ids the host may say something else, whatever it routes.
 */
async function otherMethod(
  observation: Asked,
  asked: readonly Asked[],
  shared: ReturnType<typeof createShared>,
): Promise<Exchange | undefined> {
  const { operation } = observation.step;
  const sibling = asked.find(
    (other) =>
      other.step.operation.path === operation.path &&
      other.step.operation.method !== operation.method &&
      other.token === observation.token &&
      pathAsSent(other) === pathAsSent(observation),
  );
  if (sibling) return { ...sibling.exchange, role: 'control', purpose: 'other-method' };
  if (operation.method === 'GET') return undefined;
  const request = { ...observation.probe.request, method: 'GET', body: undefined };
  const probe = { ...observation.probe, request };
  return shared.ask(asControl(probe, 'other-method'), observation.token);
}

function pathAsSent({ probe }: Asked): string {
  return new URL(probe.request.url).pathname;
}

/**
 * Looks for another spelling of an unrouted path that is routed: with safe methods only, and a bounded number
 * of requests. An operation of the same run that is routed is found without asking.
 */
async function searchSpelling(
  observation: Asked,
  asked: readonly Asked[],
  shared: ReturnType<typeof createShared>,
  { baseUrl, knownPaths, signal, contract }: Investigation,
  left: number,
): Promise<{ nearest: Controls['nearest']; asked: Exchange[] }> {
  const { operation } = observation.step;
  const { url } = observation.probe.request;
  const asSent = { sent: pathBelow(url, baseUrl), shown: pathBelow(observation.probe.shown, baseUrl) };
  const exchanges: Exchange[] = [];
  const byPath = new Map(
    asked.map((other) => [`${other.step.operation.method} ${other.step.operation.path}`, other]),
  );
  const reference = await shared.nonsense({ ...observation, token: 'valid' }, 'GET');
  if (reference === undefined) return { nearest: undefined, asked: [] };
  for (const { sent: path, shown } of spellingsOf(asSent, knownPaths).slice(0, LIMITS.spellings)) {
    const known = byPath.get(`${operation.method} ${path}`);
    if (known && isRouted(known, await shared.nonsense({ ...observation, token: known.token }))) {
      return {
        nearest: {
          method: operation.method,
          path: shown,
          exchange: known.exchange,
          operation: known.step.operation.id,
        },
        asked: exchanges,
      };
    }
    if (exchanges.length >= left || signal.aborted) break;
    // A search by POST is known to be safe under the paths of the contract only.
    const isSearch = operationAt(operation.method, path, contract.operations)?.operation.safe === true;
    const method = isSearch ? operation.method : 'GET';
    const probe: Probe = {
      operation: operation.id,
      role: 'variant',
      purpose: 'other-spelling',
      request: {
        method,
        url: baseUrl + path + new URL(url).search,
        headers: {
          accept: 'application/json',
          ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
        },
        ...(method === 'POST' ? { body: '{}' } : {}),
      },
      shown: baseUrl + shown,
    };
    const exchange = await shared.ask(probe, 'valid');
    // One that may not be sent says nothing of the others.
    if (!exchange) continue;
    exchanges.push(exchange);
    if (
      exchange.status !== null &&
      exchange.status !== 404 &&
      exchange.fingerprint !== reference.fingerprint
    ) {
      return { nearest: { method, path: shown, exchange }, asked: exchanges };
    }
  }
  return { nearest: undefined, asked: exchanges };
}

function isRouted(other: Asked, nonsense: Exchange | undefined): boolean {
  return (
    nonsense !== undefined &&
    other.exchange.status !== null &&
    other.exchange.fingerprint !== nonsense.fingerprint
  );
}

function isWorking(observation: Asked): boolean {
  return observation.token === 'valid' && isSuccess(observation.exchange.status);
}

function isRefused({ exchange, isToken }: Asked): boolean {
  return !isToken && exchange.status !== null && exchange.status >= 300;
}
