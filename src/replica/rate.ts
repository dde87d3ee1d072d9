import type { Clock } from '../clock.js';

/** Counts requests as they arrive. */
export interface Rate {
  /** Whether one more request keeps the limit in the second that ends now; it is counted in any case. */
  admits: () => boolean;
  /** The most requests that were counted in any window of one second. */
  peak: () => number;
}

/** @param limit requests in any window of one second */
export function createRate(limit: number, { ticks }: Pick<Clock, 'ticks'>): Rate {
  const arrivals: number[] = [];
  let peak = 0;
  return {
    admits: () => {
      const time = ticks();
      arrivals.push(time);
      while ((arrivals[0] ?? time) <= time - 1000) arrivals.shift();
      peak = Math.max(peak, arrivals.length);
      return arrivals.length <= limit;
    },
    peak: () => peak,
  };
}
