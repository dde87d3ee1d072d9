import type { Interval, Judgement } from 'wellsky-conform/kit';
/** 95 %, two-sided. */
const Z = 1.959963984540054;

/**
 * The score interval for a share (E. B. Wilson, 1927): right also for few samples and for shares near 0 and 1,
 * where the textbook interval is not.
 */
export function wilson(hits: number, of: number): Interval {
  if (of === 0) return { low: 0, high: 1 };
  const share = hits / of;
  const spread = 1 + (Z * Z) / of;
  const middle = (share + (Z * Z) / (2 * of)) / spread;
  const half = (Z / spread) * Math.sqrt((share * (1 - share)) / of + (Z * Z) / (4 * of * of));
  return {
    low: hits === 0 ? 0 : Math.max(0, middle - half),
    high: hits === of ? 1 : Math.min(1, middle + half),
  };
}

/** @param percentile for example 99: at most one lookup of a hundred may take longer than the target */
export function judge(over: number, of: number, percentile: number): Judgement {
  const allowed = 1 - percentile / 100;
  const { low, high } = wilson(over, of);
  if (high <= allowed) return 'holds';
  return low > allowed ? 'breaks' : 'uncertain';
}
