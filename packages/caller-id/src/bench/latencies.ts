import { build, type Histogram } from 'hdr-histogram-js';
import type { Percentiles } from 'wellsky-conform/kit';

/**
 * Latencies in a High Dynamic Range histogram: three significant digits, from 100 nanoseconds to two minutes.
 */
export class Latencies {
  readonly #histogram: Histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: MOST / UNIT_MS,
    numberOfSignificantValueDigits: 3,
    bitBucketSize: 32,
    useWebAssembly: false,
  });
  readonly #targetMs: number;
  #over = 0;
  #max = 0;

  constructor(targetMs: number) {
    this.#targetMs = targetMs;
  }

  add(ms: number): void {
    this.#histogram.recordValue(Math.max(1, Math.round(Math.min(ms, MOST) / UNIT_MS)));
    if (ms > this.#targetMs) this.#over++;
    this.#max = Math.max(this.#max, ms);
  }

  get count(): number {
    return this.#histogram.totalCount;
  }

  /** How many were above the target. Counted as they came, not from the histogram. */
  get over(): number {
    return this.#over;
  }

  at(percentile: number): number {
    return round(Math.min(this.#histogram.getValueAtPercentile(percentile) * UNIT_MS, this.#max));
  }

  percentiles(): Percentiles {
    return {
      p50: this.at(50),
      p90: this.at(90),
      p95: this.at(95),
      p99: this.at(99),
      p999: this.at(99.9),
      max: round(this.#max),
    };
  }

  /** Points of the percentile curve: how far into the tail, and the latency there. */
  curve(): { percentile: number; ms: number }[] {
    return CURVE.filter((percentile) => (1 - percentile / 100) * this.count >= 1).map((percentile) => ({
      percentile,
      ms: this.at(percentile),
    }));
  }
}

const UNIT_MS = 0.0001;
const MOST = 120_000;
const CURVE = [0, 10, 25, 50, 60, 70, 80, 90, 95, 97.5, 99, 99.5, 99.9, 99.95, 99.99];

/** To a tenth of a microsecond. */
export function round(ms: number): number {
  return Math.round(ms * 10_000) / 10_000;
}
