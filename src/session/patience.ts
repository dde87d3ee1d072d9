import type { Clock } from '../clock.js';
import { isJsonType } from '../json.js';
import { header, type Answer, type Reply } from '../targets/reply.js';
import type { BudgetKind } from './budget.js';
import { jsonOf } from './token.js';

/** How often a request is repeated, and how long a session waits for that in all. */
export interface Patience {
  /** Repetitions of what was answered with 429. */
  throttled: number;
  /** Repetitions of what failed on the way. */
  broken: number;
  /** Before the first repetition of what failed, in milliseconds; each further one waits twice as long. */
  firstWaitMs: number;
  /** All waits of the session together, in milliseconds. */
  inAllMs: number;
  /**
   * Whether an answer says nothing of the host but that it failed for the moment.
   * @param kind what the request was sent for
   */
  hasFailed: (answer: Answer, kind: BudgetKind) => boolean;
}

/** For a run, whose answers are what is wanted, good or bad: only what failed on the way is asked again. */
export const BRIEF: Patience = {
  throttled: 3,
  broken: 1,
  firstWaitMs: 200,
  inAllMs: 60_000,
  hasFailed: ({ status, incomplete }) => [502, 503, 504].includes(status) || incomplete === 'cut off',
};

/**
 * For a run on a host of others. One answer to an operation, or to what it is compared with, decides what is said of it, so
 * an error of the server is asked again there: what a host says when it does not fail counts. What a check finds it looks
 * for twice by itself.
 */
export const BRIEF_WITH_OTHERS: Patience = {
  ...BRIEF,
  hasFailed: (answer, kind) => BRIEF.hasFailed(answer, kind) || (isServerFault(answer) && DECIDES.has(kind)),
};

const DECIDES: ReadonlySet<BudgetKind> = new Set<BudgetKind>(['operations', 'controls', 'spellings']);

/** For who needs the data: whatever may go better the next time is asked again. */
export const STUBBORN: Patience = {
  throttled: 5,
  broken: 5,
  firstWaitMs: 50,
  inAllMs: 600_000,
  hasFailed: (answer) =>
    answer.status >= 500 || answer.status === 408 || answer.incomplete !== undefined || isUnreadable(answer),
};

/** How often one request was repeated already. */
export interface Tries {
  throttled: number;
  broken: number;
}

/**
 * How long to wait before a request is repeated, in milliseconds, or undefined when its reply is. What the host asks
 * for by `Retry-After` is obeyed or not repeated at all: that is for who knows how much time is left.
 * @param tries is counted up
 */
export function waitBeforeRetry(
  reply: Reply,
  tries: Tries,
  { throttled, broken, firstWaitMs, hasFailed }: Patience,
  { clock, kind }: { clock: Pick<Clock, 'now'>; kind: BudgetKind },
): number | undefined {
  if (reply.kind === 'answer' && reply.status === 429) {
    tries.throttled += 1;
    if (tries.throttled > throttled) return undefined;
    return wantedRest(reply, clock) ?? 1000 * tries.throttled;
  }
  if (!isPassing(reply, (answer) => hasFailed(answer, kind))) return undefined;
  tries.broken += 1;
  if (tries.broken > broken) return undefined;
  const asked = reply.kind === 'answer' ? retryAfterMs(header(reply, 'retry-after'), clock) : undefined;
  return asked ?? firstWaitMs * 2 ** (tries.broken - 1);
}

/**
 * Whether a reply may be another one a moment later: it says nothing yet of what was asked. Beside what fails on the way
 * that is an error of the server, by which many hosts answer while they are overloaded or start.
 */
export function failedForNow(reply: Reply): boolean {
  return isPassing(reply, (answer) => isServerFault(answer) || answer.incomplete === 'cut off');
}

/** A method that is not implemented stays so (RFC 9110, section 15.6.2). */
function isServerFault({ status }: Answer): boolean {
  return status >= 500 && status !== 501;
}

function isPassing(reply: Reply, hasFailed: (answer: Answer) => boolean): boolean {
  if (reply.kind === 'answer') return hasFailed(reply);
  return ['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE'].includes(reply.code);
}

/** How long a host that is asked too much wants nobody to ask; undefined where it does not say. */
export function wantedRest(reply: Reply, clock: Pick<Clock, 'now'>): number | undefined {
  if (reply.kind !== 'answer' || reply.status !== 429) return undefined;
  return retryAfterMs(header(reply, 'retry-after'), clock);
}

/** `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3); undefined where there is none that can be read. */
export function retryAfterMs(value: string | undefined, clock: Pick<Clock, 'now'>): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - clock.now().getTime());
}

function isUnreadable(answer: Answer): boolean {
  return isJsonType(header(answer, 'content-type') ?? '') && jsonOf(answer) === undefined;
}
