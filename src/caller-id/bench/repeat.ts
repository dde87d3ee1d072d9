import type { Loop } from './cell.js';
import type { Judgement } from './wilson.js';

/** How often a loop is measured that misses its target by less than is clear. */
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
 * Measures a loop, and once more while it misses the target and that may have been an accident. It breaks the target
 * only when it did so every time; what comes out one way and then the other is uncertain.
 */
export async function repeated<T extends Omit<Loop, 'attempts'>>(
  measure: () => Promise<T>,
  signal: AbortSignal,
): Promise<T & { attempts: number }> {
  for (let attempts = 1; ; attempts++) {
    const loop = await measure();
    const isOver = !loop.judged || loop.judgement !== 'breaks' || isClear(loop);
    if (!isOver && attempts < MOST && !signal.aborted) continue;
    const judgement: Judgement = isOver && attempts > 1 && !isClear(loop) ? 'uncertain' : loop.judgement;
    return { ...loop, judgement, attempts };
  }
}
