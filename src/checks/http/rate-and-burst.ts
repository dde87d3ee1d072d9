import { NotApplicable } from '../../drive/drive.js';
import { isSuccess } from '../../targets/reply.js';
import { passed, type Broken, type Result } from '../check.js';
import { count } from '../fact.js';
import { hostCheck } from '../host-check.js';
import { withoutAsking } from '../without-asking.js';
import type { RateSighting } from './rate-sightings.js';

type Code = 'no-time' | 'still-throttled' | 'not-counted' | 'counted-up' | 'reset-past';

/** What is seen less often may have come about by chance. */
const LEAST_THROTTLED = 2;
const LEAST_COUNTED = 8;
/** Where there is more again sooner than this, a host may well let as much come in as is taken out. */
const LONG_MS = 5_000;
/** A host may round the time of its reset. */
const SAME_RESET_MS = 1500;
/** Clocks of the machines of one host are this far apart; ours may be further. */
const HOST_SKEW_MS = 5_000;
const OWN_SKEW_MS = 120_000;

export const rateAndBurst = hostCheck<readonly RateSighting[], Code>({
  id: 'http/rate-and-burst',
  promise:
    'A host that limits how much is asked says for how long, keeps to that, and counts what it says it counts.',
  source: {
    kind: 'practice',
    ref: 'RFC 6585, section 4; RFC 9110, section 10.2.3',
    url: 'https://www.rfc-editor.org/rfc/rfc6585#section-4',
  },
  since: '0.2.0',
  severity: 'warning',
  asks: { atMost: 0 },
  messages: {
    'no-time': ({ answers }) =>
      `none of ${answers} answers with 429 says how long to wait in a Retry-After that can be read`,
    'still-throttled': ({ times, waits }) =>
      `the host was left alone for as long as its Retry-After said, and answered 429 again ${times} of ${waits} times`,
    'not-counted': ({ answers }) =>
      `the number of requests that remain is the same in ${answers} answers before one reset`,
    'counted-up': ({ times }) =>
      `the number of requests that remain has grown ${times} times before the reset that the host names`,
    'reset-past': ({ answers }) =>
      `${answers} answers name a time of reset that was over when they were sent`,
  },
  // Nothing is asked for it: what the run has heard anyway shows it often enough, or does not.
  run: withoutAsking((heard: readonly RateSighting[]): Result<Code> | NotApplicable => {
    const inOrder = heard.toSorted((one, other) => one.sentMs - other.sentMs);
    const throttled = inOrder.filter(({ status }) => status === 429);
    const counting = inOrder.filter(({ remaining, resetMs }) => (remaining ?? resetMs) !== undefined);
    if (throttled.length + counting.length === 0)
      return new NotApplicable('the host has refused nothing for its number, and says nothing of a limit');
    const broken = [
      ...withoutTime(throttled),
      ...stillThrottled(throttled, inOrder),
      ...badlyCounted(counting),
      ...resetPast(counting),
    ];
    return broken.length > 0 ? { kind: 'failed', broken } : passed;
  }),
});

function brokenBy(code: Code, facts: Broken<Code>['facts'], shown: readonly RateSighting[]): Broken<Code>[] {
  const [first] = shown;
  if (!first) return [];
  return [{ code, facts, at: { operation: first.operation, seen: shown.map(({ seen }) => seen) } }];
}

function withoutTime(throttled: readonly RateSighting[]): Broken<Code>[] {
  const says = ({ restMs, resetMs }: RateSighting) => (restMs ?? resetMs) !== undefined;
  if (throttled.length < LEAST_THROTTLED || throttled.some(says)) return [];
  return brokenBy('no-time', { answers: count(throttled.length) }, throttled.slice(0, 2));
}

/** Whether the first request to an operation after the time that the host asked for is too much again. */
function stillThrottled(
  throttled: readonly RateSighting[],
  inOrder: readonly RateSighting[],
): Broken<Code>[] {
  const next = throttled.flatMap((one) => {
    const { restMs = 0, heardMs, operation, token } = one;
    if (restMs <= 0) return [];
    const after = inOrder.filter((other) => other.sentMs > heardMs);
    const first = after.find((other) => other.operation === operation && other.token === token);
    // Where anybody asked before the time was over, the host may well have begun to count from zero again.
    const isLeftAlone = after.every(({ sentMs }) => sentMs >= heardMs + restMs);
    return first && isLeftAlone && first.status !== null ? [{ one, first }] : [];
  });
  const again = next.filter(({ first }) => first.status === 429);
  if (again.length < LEAST_THROTTLED || again.length * 2 <= next.length) return [];
  const shown = again.slice(0, 1).flatMap(({ one, first }) => [one, first]);
  return brokenBy('still-throttled', { times: count(again.length), waits: count(next.length) }, shown);
}

/** Looks at the answers of each operation before each reset: what others ask only lets the number go down. */
function badlyCounted(counting: readonly RateSighting[]): Broken<Code>[] {
  const windows = windowsOf(counting);
  const [still] = windows.filter(isStill);
  const [grown] = windows.map(growthIn).filter(({ length }) => length >= LEAST_THROTTLED);
  return [
    ...(still ? brokenBy('not-counted', { answers: count(still.length) }, still.slice(0, 2)) : []),
    ...(grown ? brokenBy('counted-up', { times: count(grown.length) }, grown[0] ?? []) : []),
  ];
}

function isStill(window: readonly RateSighting[]): boolean {
  const [first] = window;
  return (
    window.length >= LEAST_COUNTED &&
    (first?.remaining ?? 0) > 0 &&
    window.every(({ remaining }) => remaining === first?.remaining)
  );
}

/** Each answer with a larger number than one that had come before it was asked for, and that one. */
function growthIn(window: readonly RateSighting[]): (readonly RateSighting[])[] {
  return window.slice(1).flatMap((one, place) => {
    const before = window[place];
    const isAfter = before !== undefined && before.heardMs < one.sentMs;
    return isAfter && (one.remaining ?? 0) > (before.remaining ?? 0) ? [[before, one]] : [];
  });
}

/** Successes of one operation, with the same credentials and before the same reset. */
function windowsOf(counting: readonly RateSighting[]): RateSighting[][] {
  const windows: RateSighting[][] = [];
  for (const one of counting) {
    if (!isSuccess(one.status) || one.remaining === undefined || one.resetMs === undefined) continue;
    const { resetMs, operation, token } = one;
    if (resetMs - one.heardMs < LONG_MS) continue;
    const same = windows.find(
      ([first]) =>
        first?.operation === operation &&
        first.token === token &&
        Math.abs((first.resetMs ?? 0) - resetMs) <= SAME_RESET_MS,
    );
    if (same) same.push(one);
    else windows.push([one]);
  }
  return windows;
}

function resetPast(counting: readonly RateSighting[]): Broken<Code>[] {
  const past = counting.filter(({ resetMs, hostMs, heardMs }) => {
    if (resetMs === undefined) return false;
    return hostMs === undefined ? resetMs < heardMs - OWN_SKEW_MS : resetMs < hostMs - HOST_SKEW_MS;
  });
  const named = counting.filter(({ resetMs }) => resetMs !== undefined);
  if (past.length < LEAST_THROTTLED || past.length < named.length) return [];
  return brokenBy('reset-past', { answers: count(past.length) }, past.slice(0, 2));
}
