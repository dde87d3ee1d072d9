import { setMaxListeners } from 'node:events';
import type { Clock } from '../clock.js';
import type { HttpRequest, Reply } from '../targets/reply.js';
import type { Pace } from './pace.js';
import type { Sender } from './send.js';
import type { Authenticator } from './authenticator.js';
import type { Budget, BudgetKind, Counts } from './budget.js';
import type { Effect, Identity } from './effect.js';
import { isUnder, refusalOf, type GateRules, type Refusal } from './gate.js';
import type { Ledger } from './ledger.js';
import { failedForNow, waitBeforeRetry, wantedRest, type Patience } from './patience.js';

/** A request that somebody wants to be sent to a target, without credentials. */
export interface SessionRequest {
  request: HttpRequest;
  /** Operation of the contract that it is for: it says which credentials are placed. */
  operation: string;
  identity: Identity;
  /** An Authorization value of its own, instead of the target's credentials: for the identity `none`. */
  authorization?: string;
  /** Set where the scheme of the target's credentials is written in small letters: `bearer`. */
  smallScheme?: true;
  kind: BudgetKind;
  /** The most that it is meant to do; what it could do is computed by the gate. */
  atMost: Effect;
  /** Whether it may be repeated when it failed on the way or was throttled: only what is idempotent. */
  repeatable: boolean;
  /** Sent also when the run has been stopped: to remove what it created. */
  evenWhenStopped?: boolean;
}

/** What came of it. */
export type SessionAnswer =
  | {
      sent: true;
      /** As it left. */
      request: HttpRequest;
      reply: Reply;
      /** What the first tries gave, when it took more than one. */
      before: { request: HttpRequest; reply: Reply }[];
    }
  | { sent: false; refusal: Refusal };

/** The only way to a target: every request passes the gate, has its place in the pace, and is counted. */
export interface Session {
  ask: (wanted: SessionRequest) => Promise<SessionAnswer>;
  /** For the token endpoint: without credentials of the target, and counted as `token`. */
  askForToken: (request: HttpRequest, signal?: AbortSignal) => Promise<Reply>;
  /** Whether an operation's requests with invalid credentials have been seen refused. */
  refusalSeen: (operation: string) => boolean;
  /** The invalid credentials of an operation as one text; empty where it is asked without any. */
  invalidCredentials: (operation: string) => string;
  counts: () => { planned: Readonly<Counts>; sent: Counts };
  close: () => Promise<void>;
}

/** How long what is sent after a run was stopped may take in all, in milliseconds. */
const AFTER_STOP_MS = 1_500;

/** One address of a target: what the gate goes by there, and what was seen of the host. */
export interface SessionSite {
  rules: Omit<GateRules, 'facts' | 'budget'> & {
    facts: Omit<GateRules['facts'], 'identity' | 'refusalSeen' | 'refusedWrites'>;
  };
  ledger: Ledger;
}

export function openSession(options: {
  /** Every address that may be asked; the target's own is the first. */
  sites: readonly [SessionSite, ...SessionSite[]];
  budget: Budget;
  authenticator: Authenticator;
  sender: Sender;
  pace: Pace;
  patience: Patience;
  signal: AbortSignal;
  clock: Clock;
}): Session {
  const { sites, budget, authenticator, sender, pace, patience, signal, clock } = options;
  let leftMs = patience.inAllMs;
  /** Ends what may still be sent when the run has been stopped. */
  const afterStop = new AbortController();
  const endSoon = (): void => {
    setTimeout(() => {
      afterStop.abort(new Error('stopped'));
    }, AFTER_STOP_MS).unref();
  };
  // Every request that waits or is on its way listens to them; that is no leak.
  setMaxListeners(0, signal, afterStop.signal);
  if (signal.aborted) endSoon();
  else signal.addEventListener('abort', endSoon, { once: true });
  /** The nearest address above a URL. For what is below none, the first says that it may not be sent. */
  const siteOf = ({ url }: HttpRequest): SessionSite => {
    const above = sites.filter(({ rules }) => isUnder(url, rules.facts.baseUrl));
    const [nearest = sites[0]] = above.sort((one, other) => lengthOf(other) - lengthOf(one));
    return nearest;
  };
  const operationsAt = new Map(
    sites.map((site) => [
      site,
      new Map(site.rules.facts.contract.operations.map((operation) => [operation.id, operation])),
    ]),
  );
  const siteAbout = (operation: string): SessionSite =>
    sites.find((site) => operationsAt.get(site)?.has(operation)) ?? sites[0];
  /** Until when the host wants nothing, where that is longer than a run waits. */
  let quietUntil = 0;

  const inTurn = async (request: HttpRequest, until: AbortSignal): Promise<Reply> => {
    let isOver: () => void;
    try {
      isOver = await pace.turn(until);
    } catch {
      return { kind: 'no-answer', at: clock.now(), durationMs: 0, code: 'ABORTED', phase: 'aborted' };
    }
    return sender.send(request, until).finally(isOver);
  };

  const once = async (
    wanted: SessionRequest,
    until: AbortSignal,
  ): Promise<{ refusal: Refusal } | { request: HttpRequest; reply: Reply }> => {
    const leftQuiet = quietUntil - clock.ticks();
    if (leftQuiet > 0)
      return { refusal: { code: 'asked-to-wait', until: new Date(clock.now().getTime() + leftQuiet) } };
    const { identity, operation } = wanted;
    const own = await authenticator.place(wanted.request, operation, identity, until);
    if (!own) return { refusal: { code: 'no-credentials', caller: identity } };
    const { request: placed, credentials } = own;
    const request = withAuthorization(placed, wanted);
    const site = siteOf(request);
    const { rules, ledger } = site;
    const facts = {
      ...{ ...rules.facts, identity },
      refusalSeen: ledger.refusalSeen(credentials),
      refusedWrites: ledger.refusedWrites(credentials),
    };
    const refusal = refusalOf({ ...wanted, request }, { ...rules, budget, facts });
    if (refusal) return { refusal };
    const reply = await inTurn(request, until);
    const asked = operationsAt.get(site)?.get(operation);
    const isGuarded = asked !== undefined && rules.facts.isGuarded(asked);
    if (wanted.atMost === 'none') ledger.note(wanted.request, { identity, credentials, isGuarded }, reply);
    else ledger.noteWrite(wanted.request, { identity, credentials }, reply);
    return { request, reply };
  };

  /** Who is asked to wait, and does not ask again, lets the others wait; where that takes too long, they do not ask. */
  const leaveInPeace = (reply: Reply): void => {
    const wait = wantedRest(reply, clock);
    if (wait === undefined) return;
    if (wait > leftMs) quietUntil = Math.max(quietUntil, clock.ticks() + wait);
    else {
      leftMs -= wait;
      pace.pause(wait);
    }
  };

  return {
    ask: async (wanted) => {
      const until = wanted.evenWhenStopped ? afterStop.signal : signal;
      const before: { request: HttpRequest; reply: Reply }[] = [];
      const tries = { throttled: 0, broken: 0 };
      let renewed = false;
      let kind = wanted.kind;
      for (;;) {
        const came = await once({ ...wanted, kind }, until);
        if ('refusal' in came) {
          const last = before.pop();
          return last ? { sent: true, ...last, before } : { sent: false, refusal: came.refusal };
        }
        const { reply } = came;
        kind = 'retries';
        // Written otherwise, credentials are not those that could be had, and are no newer for that.
        const isOwnForm = wanted.identity === 'valid' && !wanted.smallScheme;
        if (!renewed && isOwnForm && reply.kind === 'answer' && reply.status === 401) {
          // Credentials that ran out while the request waited or travelled are refused before anything is done with
          // the request, and that shows nothing about the operation.
          renewed = await authenticator.hasNewer(came.request, wanted.operation, until);
          if (renewed) continue;
        }
        const wait = wanted.repeatable
          ? waitBeforeRetry(reply, tries, patience, { clock, kind: wanted.kind })
          : undefined;
        if (wait === undefined || signal.aborted || wait > leftMs) {
          leaveInPeace(reply);
          return { sent: true, ...came, before };
        }
        before.push(came);
        leftMs -= wait;
        if (reply.kind === 'answer' && reply.status === 429) pace.pause(wait);
        else await clock.sleep(wait, signal).catch(() => undefined);
      }
    },
    askForToken: async (request, own) => {
      const until = own ?? signal;
      const tries = { throttled: 0, broken: 0 };
      let last: Reply | undefined;
      for (let kind: BudgetKind = 'token'; budget.take(kind); kind = 'retries') {
        const reply = await inTurn(request, until);
        last = reply;
        // Without a token nothing can be asked: an endpoint that failed for a moment must not end a run.
        const again = { ...patience, hasFailed: () => true };
        const wait = failedForNow(reply) ? waitBeforeRetry(reply, tries, again, { clock, kind }) : undefined;
        if (wait === undefined || until.aborted || wait > leftMs) return reply;
        leftMs -= wait;
        await clock.sleep(wait, until).catch(() => undefined);
      }
      return last ?? { kind: 'no-answer', at: clock.now(), durationMs: 0, code: 'BUDGET', phase: 'aborted' };
    },
    refusalSeen: (operation) =>
      siteAbout(operation).ledger.refusalSeen(authenticator.invalidCredentials(operation)),
    invalidCredentials: (operation) => authenticator.invalidCredentials(operation),
    counts: () => ({ planned: budget.planned, sent: budget.sent() }),
    close: () => sender.close(),
  };
}

/** The request with the Authorization value that is wanted; its own where none is, or where it has none. */
function withAuthorization(request: HttpRequest, wanted: SessionRequest): HttpRequest {
  const own = request.headers['authorization'];
  const small = wanted.smallScheme ? own?.replace(/^[A-Za-z]+(?= )/, (scheme) => scheme.toLowerCase()) : own;
  const authorization = wanted.authorization ?? small;
  if (authorization === undefined) return request;
  return { ...request, headers: { ...request.headers, authorization } };
}

function lengthOf({ rules }: SessionSite): number {
  return rules.facts.baseUrl.length;
}
