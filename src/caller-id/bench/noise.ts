import type { Floor } from './result.js';

/** The most by which the floor may differ over a run on a machine that is left alone. */
const STEADY = 2;

/**
 * Why the machine is too restless for a verdict, from the floor alone: `SELECT 1` does the same work every time,
 * so whatever moves it would move every other figure too.
 */
export function noiseOf(floors: readonly Floor[], targetMs: number, percentile: number): string[] {
  const why: string[] = [];
  const single = floors.filter(({ concurrency, connection }) => concurrency === 1 && connection === 'kept');
  const medians = single.map(({ p50 }) => p50);
  const [lowest, highest] = [Math.min(...medians), Math.max(...medians)];
  if (medians.length > 1 && highest > STEADY * lowest) {
    why.push(
      `the median of SELECT 1 lay between ${lowest} and ${highest} ms in one run; on a quiet machine it is steady`,
    );
  }
  const slow = floors.find(({ connection, over }) => connection === 'kept' && over > 1 - percentile / 100);
  if (slow) {
    why.push(
      `SELECT 1 itself took longer than ${targetMs} ms in ${(slow.over * 100).toFixed(1)} % of cases (${slow.concurrency} at a time)`,
    );
  }
  return why;
}
