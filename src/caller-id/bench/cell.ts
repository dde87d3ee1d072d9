import type { Percentiles } from './latencies.js';
import type { Interval, Judgement } from './wilson.js';

export const MIXES = ['hit', 'miss', 'mixed'] as const;
export type Mix = (typeof MIXES)[number];

export type ConnectionUse = 'kept' | 'per-call';

/** One combination that is measured. */
export interface Cell {
  variant: string;
  /** Phone numbers in the cache; with a statement of the user's own, rows of the tables that it reads, 0 where unknown. */
  rows: number;
  mix: Mix | 'given';
  concurrency: number;
  connection: ConnectionUse;
}

/** What was measured in one loop, closed or open, and beside it. All times in milliseconds. */
export interface Loop extends Percentiles {
  /** The median of `SELECT 1`, asked in the same way just before. */
  floorP50: number;
  /** The share of these that was above the target. */
  floorOver: number;
  samples: number;
  /** Answers that were not the right one; null where the right one is not known. */
  wrong: number | null;
  /** Lookups that had no answer when the time-out was over; each is among the samples, and above the target. */
  timedOut: number;
  /** Lookups that ended with an error of the database. */
  failed: number;
  /** The share of samples above the target. */
  overTarget: number;
  overTargetInterval: Interval;
  judgement: Judgement;
  /** How often it was measured: what misses the target is measured again. The figures are those of the last time. */
  attempts: number;
  /** Whether the verdict rests on it. */
  judged: boolean;
}

/** What was measured in a cell. */
export interface Row extends Cell, Loop {
  /** p50 over floorP50. */
  ratioToFloor: number;
}

export function describeCell({ variant, rows, mix, concurrency, connection }: Cell): string {
  return `${variant}, ${rows.toLocaleString('en')} rows, ${mix}, ${concurrency} at a time, connection ${connection}`;
}
