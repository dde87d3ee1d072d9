import { NotApplicable } from '../../drive/drive.js';
import { onceFor } from '../../once.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { count } from '../fact.js';
import type { Reads } from '../reads.js';

/** What takes longer is slow for whoever waits for it. */
const SLOW_MS = 1_000;
/** So many times slower than others it has to be: where everything is slow, it is the way to the host. */
const TIMES = 5;
/** So many other reads have to be known. */
const LEAST_OTHERS = 5;
/** A larger body takes its time. */
const LARGEST_BODY = 1_000_000;

export const latency = check({
  id: 'http/latency',
  promise: 'A read is not slow every time, by checks.yaml or by the others of the host.',
  source: { kind: 'practice', ref: 'who asks for one thing waits about as long as for another' },
  since: '0.2.0',
  severity: 'warning',
  asks: { atMost: 2 },
  messages: {
    slow: ({ least, others }) =>
      `each of three answers took at least ${least} ms, while half of the other reads took at most ${others} ms`,
    'over-limit': ({ least, most }) =>
      `each of three answers took at least ${least} ms; checks.yaml allows ${most} ms`,
  },
  *run({ operation, own, host, request }) {
    const limit = host.latencyLimitOf?.(operation.id);
    const median = host.reads && medianBeside(operation.id, host.reads);
    if (limit === undefined && median === undefined)
      return new NotApplicable('there are too few other reads to compare with');
    // What somebody has stated says better than other reads how long this one may take.
    const isSlow = (duration: number) => duration > (limit ?? Math.max(SLOW_MS, (median ?? 0) * TIMES));
    let least = own.reply.durationMs;
    if (!isSlow(least)) return passed;
    if (limit === undefined && own.reply.body.length > LARGEST_BODY)
      return inconclusive('its answer is a large one');
    for (const purpose of ['how long it takes', 'how long it takes once more']) {
      const { reply } = yield request.same(purpose, { fresh: true });
      if (reply.kind !== 'answer' || reply.status !== own.reply.status)
        return inconclusive('it answered otherwise when it was asked again');
      if (!isSlow(reply.durationMs)) return passed;
      least = Math.min(least, reply.durationMs);
    }
    const took = count(Math.round(least));
    return limit === undefined
      ? failed('slow', { least: took, others: count(Math.round(median ?? 0)) })
      : failed('over-limit', { least: took, most: count(limit) });
  },
});

/** The durations of all reads, and where in them each is: sorted once, since each read is compared with all others. */
const durationsOf = onceFor((reads: Reads) => {
  const sorted = [...reads.values()]
    .map(({ operation, own }) => ({ id: operation.id, took: own.reply.durationMs }))
    .toSorted((one, other) => one.took - other.took);
  return { took: sorted.map((one) => one.took), placeOf: new Map(sorted.map(({ id }, at) => [id, at])) };
});

/** How long half of the other reads took at most, in milliseconds; undefined where there are too few. */
function medianBeside(id: string, reads: Reads): number | undefined {
  const { took, placeOf } = durationsOf(reads);
  const own = placeOf.get(id);
  const others = own === undefined ? took.length : took.length - 1;
  const middle = Math.floor((others - 1) / 2);
  if (others < LEAST_OTHERS) return undefined;
  return took[own === undefined || middle < own ? middle : middle + 1];
}
