import type { Floor, OpenRow, Row } from 'wellsky-conform/kit';
import { describeCell } from './cell.js';

/** The most by which the floor may differ over a run on a machine that is left alone. */
const STEADY = 2;

/**
 * Why the machine is too restless for a verdict: from the floor, because `SELECT 1` does the same work every time, so
 * that whatever moves it would move every other figure too; and from loops that came out differently when repeated.
 */
export function noiseOf(
  floors: readonly Floor[],
  rows: readonly Row[],
  openLoop: readonly OpenRow[],
  target: { ms: number; percentile: number },
): string[] {
  const why: string[] = [];
  const kept = floors.filter(({ connection }) => connection === 'kept');
  const medians = kept
    .filter(({ concurrency, ratePerSecond }) => concurrency === 1 && ratePerSecond === undefined)
    .map(({ p50 }) => p50);
  const [lowest, highest] = [Math.min(...medians), Math.max(...medians)];
  if (medians.length > 1 && highest > STEADY * lowest) {
    why.push(
      `the median of SELECT 1 lay between ${lowest} and ${highest} ms in one run; on a quiet machine it is steady`,
    );
  }
  const worst = kept
    .filter(({ over }) => over > 1 - target.percentile / 100)
    .sort((a, b) => b.over - a.over)[0];
  if (worst) {
    const how =
      worst.ratePerSecond === undefined
        ? `${worst.concurrency} at a time`
        : `${worst.ratePerSecond} a second`;
    why.push(
      `SELECT 1 itself took longer than ${target.ms} ms in ${(worst.over * 100).toFixed(1)} % of cases (${how})`,
    );
  }
  for (const loop of [...rows, ...openLoop]) {
    if (loop.attempts === 1 || loop.judgement === 'breaks') continue;
    why.push(`${describeLoop(loop)}: the target was missed, and not when it was measured again`);
  }
  return why;
}

/** One loop in words. */
export function describeLoop(loop: Row | OpenRow): string {
  return 'mix' in loop
    ? describeCell(loop)
    : `${loop.variant}, ${loop.rows.toLocaleString('en')} rows, ${loop.ratePerSecond} calls a second`;
}
