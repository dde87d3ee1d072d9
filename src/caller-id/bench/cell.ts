import type { Percentiles } from './latencies.js';
import type { Interval, Judgement } from './wilson.js';

export const MIXES = ['hit', 'miss', 'mixed'] as const;
export type Mix = (typeof MIXES)[number];

export type ConnectionUse = 'kept' | 'per-call';

/** One combination that is measured. */
export interface Cell {
  variant: string;
  /** Phone numbers in the cache; with a statement of the user's own, numbers in their file. */
  rows: number;
  mix: Mix | 'given';
  concurrency: number;
  connection: ConnectionUse;
}

/** What was measured in a cell. All times in milliseconds. */
export interface Row extends Cell, Percentiles {
  /** The median of `SELECT 1`, asked in the same way at the same time. */
  floorP50: number;
  /** p50 over floorP50. */
  ratioToFloor: number;
  samples: number;
  /** Answers that were not the right one; null where the right one is not known. */
  wrong: number | null;
  /** The share of samples above the target. */
  overTarget: number;
  overTargetInterval: Interval;
  judgement: Judgement;
  /** Whether the verdict rests on it. */
  judged: boolean;
}

export function describeCell({ variant, rows, mix, concurrency, connection }: Cell): string {
  return `${variant}, ${rows.toLocaleString('en')} rows, ${mix}, ${concurrency} at a time, connection ${connection}`;
}
