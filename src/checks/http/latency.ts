import { NotApplicable } from '../../drive/drive.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { count } from '../fact.js';

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
    const others = [...(host.reads?.values() ?? [])]
      .filter((one) => one.operation.id !== operation.id)
      .map((one) => one.own.reply.durationMs)
      .toSorted((a, b) => a - b);
    const median = others[Math.floor((others.length - 1) / 2)];
    if (limit === undefined && (median === undefined || others.length < LEAST_OTHERS))
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
