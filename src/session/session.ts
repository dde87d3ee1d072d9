import type { Clock } from '../clock.js';
import { header, type HttpRequest, type Reply } from '../target/reply.js';
import { createPace } from '../target/pace.js';
import { retryAfterMs } from '../target/retry-after.js';
import type { Sender } from '../target/send.js';
import type { Authenticator } from './authenticator.js';
import type { BudgetKind, Counts } from './budget.js';
import type { Effect, Identity } from './effect.js';
import { refusalOf, type GateRules, type Refusal } from './gate.js';
import type { Ledger } from './ledger.js';

/** A request that somebody wants to be sent to a target, without credentials. */
export interface SessionRequest {
  request: HttpRequest;
  /** Operation of the contract that it is for: it says which credentials are placed. */
  operation: string;
  identity: Identity;
  /** An Authorization value of its own, instead of the target's credentials: for the identity `none`. */
  authorization?: string;
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
  /** Whether requests for an operation go with credentials of the target. */
  sendsCredentials: (operation: string) => boolean;
  counts: () => { planned: Readonly<Counts>; sent: Counts };
  close: () => Promise<void>;
}

/** How often one tries again; the run as a whole waits no longer than `inAllMs`. */
const PATIENCE = { throttled: 3, broken: 1, inAllMs: 60_000 };

/** How long what has to be sent after a run was stopped may take. */
const AFTER_STOP_MS = 30_000;

export function openSession(options: {
  rules: Omit<GateRules, 'facts'> & { facts: Omit<GateRules['facts'], 'identity' | 'refusalSeen'> };
  ledger: Ledger;
  authenticator: Authenticator;
  sender: Sender;
  requestsPerSecond: number | undefined;
  signal: AbortSignal;
  clock: Clock;
}): Session {
  const { rules, ledger, authenticator, sender, signal, clock } = options;
  const { budget } = rules;
  const pace = createPace(options.requestsPerSecond, clock);
  const patience = { leftMs: PATIENCE.inAllMs };
  /** Until when the host wants nothing, where that is longer than a run waits. */
  let quietUntil = 0;

  const inTurn = async (request: HttpRequest, until: AbortSignal): Promise<Reply> => {
    try {
      await pace.turn(until);
    } catch {
      return { kind: 'silence', at: clock.now(), durationMs: 0, code: 'ABORTED', phase: 'aborted' };
    }
    return sender.send(request, until);
  };

  const once = async (
    wanted: SessionRequest,
    until: AbortSignal,
  ): Promise<{ refusal: Refusal } | { request: HttpRequest; reply: Reply }> => {
    if (clock.ticks() < quietUntil) return { refusal: { code: 'told-to-wait' } };
    const { identity, operation } = wanted;
    const { request: placed, credentials } = await authenticator.place(
      wanted.request,
      operation,
      identity,
      until,
    );
    const { authorization } = wanted;
    const request =
      authorization === undefined ? placed : { ...placed, headers: { ...placed.headers, authorization } };
    const refusal = refusalOf(
      { ...wanted, request },
      { ...rules, facts: { ...rules.facts, identity, refusalSeen: ledger.refusalSeen(credentials) } },
    );
    if (refusal) return { refusal };
    const reply = await inTurn(request, until);
    if (wanted.atMost === 'none') ledger.note(wanted.request, identity, credentials, reply);
    else if (identity === 'invalid') ledger.noteWrite(credentials, reply);
    return { request, reply };
  };

  /** Who is told to wait, and does not ask again, lets the others wait; where that takes too long, they do not ask. */
  const leaveInPeace = (reply: Reply): void => {
    const wait = wantedWait(reply, clock);
    if (wait === undefined) return;
    if (wait > patience.leftMs) quietUntil = Math.max(quietUntil, clock.ticks() + wait);
    else {
      patience.leftMs -= wait;
      pace.pause(wait);
    }
  };

  return {
    ask: async (wanted) => {
      const until = wanted.evenWhenStopped ? AbortSignal.timeout(AFTER_STOP_MS) : signal;
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
        if (!renewed && wanted.identity === 'valid' && reply.kind === 'answer' && reply.status === 401) {
          // Credentials that ran out while the request waited or travelled are refused before anything is done with
          // the request, and that tells nothing of the operation.
          renewed = await authenticator.hasNewer(came.request, wanted.operation, until);
          if (renewed) continue;
        }
        const wait = wanted.repeatable ? waitBeforeRetry(reply, tries, clock) : undefined;
        if (wait === undefined || signal.aborted || wait > patience.leftMs) {
          leaveInPeace(reply);
          return { sent: true, ...came, before };
        }
        before.push(came);
        patience.leftMs -= wait;
        if (reply.kind === 'answer' && reply.status === 429) pace.pause(wait);
        else await clock.sleep(wait, signal).catch(() => undefined);
      }
    },
    askForToken: async (request, own) => {
      if (budget.take('token')) return inTurn(request, own ?? signal);
      return { kind: 'silence', at: clock.now(), durationMs: 0, code: 'BUDGET', phase: 'aborted' };
    },
    refusalSeen: (operation) => ledger.refusalSeen(authenticator.invalidCredentials(operation)),
    sendsCredentials: (operation) => authenticator.invalidCredentials(operation) !== '',
    counts: () => ({ planned: budget.planned, sent: budget.sent() }),
    close: () => sender.close(),
  };
}

/** How long to wait before a request is repeated, or undefined when its reply stands. */
function waitBeforeRetry(
  reply: Reply,
  tries: { throttled: number; broken: number },
  clock: Pick<Clock, 'now'>,
): number | undefined {
  if (reply.kind === 'answer' && reply.status === 429) {
    tries.throttled += 1;
    if (tries.throttled > PATIENCE.throttled) return undefined;
    return wantedWait(reply, clock) ?? 1000 * tries.throttled;
  }
  const passing =
    reply.kind === 'silence'
      ? ['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE'].includes(reply.code)
      : [502, 503, 504].includes(reply.status) || reply.incomplete === 'cut off';
  if (!passing) return undefined;
  tries.broken += 1;
  return tries.broken > PATIENCE.broken ? undefined : 200;
}

/** How long a host that is asked too much wants nobody to ask; undefined where it does not say. */
function wantedWait(reply: Reply, clock: Pick<Clock, 'now'>): number | undefined {
  if (reply.kind !== 'answer' || reply.status !== 429) return undefined;
  return retryAfterMs(header(reply, 'retry-after'), clock);
}
