/**
 * When latency has moved beyond its noise.
 *
 * A single measurement has no noise of its own. Between two runs the noise is therefore taken from the other
 * operations: how much the logarithms of their ratios scatter, as the median absolute deviation, which a few
 * outliers do not move. An operation has moved when it stands more than six such deviations from the middle, is
 * at least three times as slow or as fast, and a quarter of a second apart: less nobody notices, and a first call
 * that warms something up costs as much.
 *
 * In a series of runs each operation has its own noise, and never less than that of the operations in common: a
 * few nights may scatter less by chance than they do in truth. A sighting is slow or fast when it is more than four
 * deviations from the median of the earlier ones, by a quarter of it and by 20 ms at least.
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

/**
 * @param series the median latencies of each operation, in the order of the runs
 * @param steadiness how many of how many newest sightings have to be slow, or fast
 * @returns those that moved, by operation
 */
export function movedInSeries(
  series: ReadonlyMap<string, readonly number[]>,
  { seen, of }: { seen: number; of: number },
): Map<string, Moved> {
  const split = [...series]
    .map(([operation, values]) => ({ operation, earlier: values.slice(0, -of), newest: values.slice(-of) }))
    .filter(({ earlier }) => earlier.length >= SERIES.earlier);
  const noiseOf = (values: readonly number[]) => deviation(values.map(log)) * TO_SIGMA;
  const common = median(split.map(({ earlier }) => noiseOf(earlier)));
  const moved = new Map<string, Moved>();
  for (const { operation, earlier, newest } of split) {
    const before = median(earlier);
    const sigma = Math.max(common, noiseOf(earlier));
    const isFar = (now: number) =>
      Math.abs(log(now) - log(before)) > SERIES.deviations * sigma &&
      Math.abs(now - before) >= Math.max(SERIES.share * before, SERIES.atLeastMs);
    const slow = newest.filter((now) => now > before && isFar(now));
    const fast = newest.filter((now) => now < before && isFar(now));
    const far = slow.length > fast.length ? slow : fast;
    if (far.length >= seen) moved.set(operation, movement(before, median(far)));
  }
  return moved;
}

function movement(fromMs: number, toMs: number): Moved {
  return { kind: toMs > fromMs ? 'slower' : 'faster', fromMs, toMs };
}

function logRatio({ before, now }: { before: number; now: number }): number {
  return log(now) - log(before);
}

/** Below a millisecond nothing is measured well enough for a ratio to mean anything. */
function log(ms: number): number {
  return Math.log(Math.max(ms, 1));
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
