/**
 * When latency has moved beyond its noise.
 *
 * A single measurement has no noise of its own. Between two runs the noise is therefore taken from the other
 * operations: how much the logarithms of their ratios scatter, as the median absolute deviation, which a few
 * outliers do not move. An operation has moved when it stands more than six such deviations from the middle, is
 * at least three times as slow or as fast, and a quarter of a second apart: less nobody notices, and a first call
 * that warms something up costs as much.
 *
 * In a series of runs each operation has its own noise: the newest sightings count as moved when their median is
 * more than four deviations from that of the earlier ones, by a quarter of it and by 20 ms at least.
 *
 * All times are in milliseconds.
 */
export const PAIR = { deviations: 6, ratio: 3, atLeastMs: 250 };
export const SERIES = { deviations: 4, share: 0.25, atLeastMs: 20, earlier: 5 };

/** Turns a median absolute deviation into a standard deviation, for values that scatter normally. */
const TO_SIGMA = 1.4826;

export interface Moved {
  kind: 'slower' | 'faster';
  fromMs: number;
  toMs: number;
}

/**
 * @param pairs the median latency of each operation before and now
 * @returns those that moved, by operation
 */
export function movedBetween(
  pairs: ReadonlyMap<string, { before: number; now: number }>,
): Map<string, Moved> {
  const ratios = [...pairs.values()].map(logRatio);
  const middle = median(ratios);
  const sigma = deviation(ratios) * TO_SIGMA;
  const moved = new Map<string, Moved>();
  for (const [operation, pair] of pairs) {
    const ratio = logRatio(pair);
    // With few operations the others say little about noise; then only the plain limits hold.
    const beyond = pairs.size < 5 || Math.abs(ratio - middle) > PAIR.deviations * sigma;
    const far = Math.abs(pair.now - pair.before) >= PAIR.atLeastMs && Math.abs(ratio) >= Math.log(PAIR.ratio);
    if (beyond && far) moved.set(operation, movement(pair.before, pair.now));
  }
  return moved;
}

/** @param earlier and newest median latencies of one operation, in the order of the runs */
export function movedInSeries(earlier: readonly number[], newest: readonly number[]): Moved | undefined {
  if (earlier.length < SERIES.earlier || newest.length === 0) return undefined;
  const before = median(earlier);
  const now = median(newest);
  const least = Math.max(
    SERIES.deviations * deviation(earlier) * TO_SIGMA,
    SERIES.share * before,
    SERIES.atLeastMs,
  );
  return Math.abs(now - before) > least ? movement(before, now) : undefined;
}

function movement(fromMs: number, toMs: number): Moved {
  return { kind: toMs > fromMs ? 'slower' : 'faster', fromMs, toMs };
}

/** Below a millisecond nothing is measured well enough for a ratio to mean anything. */
function logRatio({ before, now }: { before: number; now: number }): number {
  return Math.log(Math.max(now, 1) / Math.max(before, 1));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const half = sorted.length / 2;
  const upper = sorted[Math.floor(half)] ?? 0;
  const lower = sorted[Math.ceil(half) - 1] ?? upper;
  return (lower + upper) / 2;
}

function deviation(values: readonly number[]): number {
  const middle = median(values);
  return median(values.map((value) => Math.abs(value - middle)));
}
