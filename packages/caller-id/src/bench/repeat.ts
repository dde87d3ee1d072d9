import type { Loop } from 'wellsky-conform/kit';

/** How often a loop is measured that misses its target. */
const MOST = 3;
/** By so much larger a share of lookups than of `SELECT 1` is above the target, and nothing else can be to blame. */
const CLEAR = 0.25;

/** Whether the lookup misses the target whatever else the machine did: every single one did, or far more than the floor. */
export function isClear({
  overTarget,
  overTargetInterval,
  floorOver,
}: Pick<Loop, 'overTarget' | 'overTargetInterval' | 'floorOver'>): boolean {
  return overTarget === 1 || overTargetInterval.low - floorOver > CLEAR;
}

/**
 * Measures a loop, and once more while it misses the target: something else may have stopped the machine for a moment. It breaks the target
 * only when it did so every time. What then holds, holds when the floor before or after each miss says that something
 * else kept the machine busy; otherwise it is uncertain.
 * @param percentile as the target has it, for example 99
 */
export async function repeated<T extends Omit<Loop, 'attempts'>>(
  measure: () => Promise<T>,
  percentile: number,
  signal: AbortSignal,
): Promise<T & { attempts: number }> {
  const loops: T[] = [];
  for (;;) {
    const loop = await measure();
    loops.push(loop);
    const isMiss = loop.judged && loop.judgement === 'breaks';
    if (isMiss && loops.length < MOST && !signal.aborted) continue;
    const isBusy = ({ floorOver }: T) => floorOver > 1 - percentile / 100;
    const misses = loops.slice(0, -1);
    const isExplained = misses.every((miss, index) => [miss, loops[index + 1] ?? miss].some(isBusy));
    return {
      ...loop,
      judgement: isMiss || isExplained ? loop.judgement : 'uncertain',
      attempts: loops.length,
    };
  }
}
