/**
 * The upper bounds of the classes into which latencies are sorted, in milliseconds. Each is about three times as long as the
 * one before: what people notice, and what the load of a night does not change.
 */
const BOUNDS_MS = [100, 300, 1_000, 3_000, 10_000, 30_000] as const;

/** By so much a latency may leave its class before it is another one: at a bound, chance alone would decide. */
const TOLERANCE = 2;

/** Names of the classes, from fast to slow. */
export const LATENCY_CLASSES = [
  'up to 0.1 s',
  'up to 0.3 s',
  'up to 1 s',
  'up to 3 s',
  'up to 10 s',
  'up to 30 s',
  'over 30 s',
] as const;
export type LatencyClass = (typeof LATENCY_CLASSES)[number];

/** @param ms the median of an operation, in milliseconds */
export function latencyClassOf(ms: number): LatencyClass {
  const place = BOUNDS_MS.findIndex((bound) => ms <= bound);
  return LATENCY_CLASSES.at(place) ?? 'over 30 s';
}

/** Whether a latency, in milliseconds, is surely of another class: more than twice beyond a bound of this one. */
export function isBeyond(latencyClass: LatencyClass, ms: number): boolean {
  const place = LATENCY_CLASSES.indexOf(latencyClass);
  const least = BOUNDS_MS[place - 1] ?? 0;
  const most = BOUNDS_MS[place] ?? Infinity;
  return ms < least / TOLERANCE || ms > most * TOLERANCE;
}
