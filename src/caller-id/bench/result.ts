import type { EngineAbout } from '../engine/engine.js';
import type { Answers } from './answers.js';
import type { Named } from './ask.js';
import type { Cell, ConnectionUse, Loop, Row } from './cell.js';
import type { Size } from './size.js';
import type { Cause } from './verdict.js';
import type { PercentileName, Percentiles } from './latencies.js';
import type { PlanRecord } from './plan.js';
import type { Judgement } from './wilson.js';

/** `SELECT 1`, asked in the same way just before a loop. */
export interface Floor extends Percentiles {
  rows: number;
  concurrency: number;
  connection: ConnectionUse;
  /** Of an open loop: how many came in each second. */
  ratePerSecond?: number;
  /** The share above the target. */
  over: number;
}

/** An open loop: calls come in at a fixed rate. */
export interface OpenRow extends Loop {
  variant: string;
  rows: number;
  ratePerSecond: number;
  unanswered: number;
}

/** The first lookup on a connection that has just been opened: nothing is prepared, nothing is planned. */
export interface ColdRow {
  variant: string;
  rows: number;
  samples: number;
  p50: number;
  max: number;
}

/** An edge case and what a variant said. */
export interface EdgeRow {
  variant: string;
  name: string;
  expected: Named;
  named: Named;
  right: boolean;
  /** Why nobody was named, where the lookup gave no answer. */
  failed?: 'timed out' | 'error';
}

/** Where the time of one lookup goes, as medians in milliseconds. */
export interface TimeParts {
  variant: string;
  rows: number;
  /** Opening a connection; paid by each call where it is not kept. */
  connect: number;
  plan: number;
  execute: number;
  /** What remains: the way there and back, and the work of the client. */
  transfer: number;
}

/** From which size on a variant misses the target. */
export interface BreakingPoint {
  variant: string;
  concurrency: number;
  connection: ConnectionUse;
  /** The smallest size that was asked at which it breaks; null when it never does. */
  breaksAt: number | null;
  /** The largest size below that at which it holds; null when it never does. */
  holdsTo: number | null;
}

/** What `conform bench` found. Times in milliseconds. Published as `reports/latest/bench.json`. */
export interface BenchResult {
  format: 'conform-bench/1';
  id: string;
  startedAt: string;
  finishedAt: string;
  tool: { name: string; version: string };
  machine: { cpus: number; model: string; node: string; os: string };
  engine: EngineAbout;
  target: { percentile: PercentileName; ms: number };
  /** Whether the target holds for what was asked. */
  holds: boolean;
  verdict: Judgement;
  /** Why the target is missed, or why there is no verdict; null when it holds. */
  cause: Cause | null;
  /** One sentence each, for people. */
  because: string[];
  /** What the verdict is about. */
  judged: { variants: string[]; connection: ConnectionUse };
  /** Where it is known from who is right: the user's file, or the numbers that were made; null when nobody has said. */
  truth: 'file' | 'made' | null;
  /**
   * What lookups answered that the verdict is about: of numbers of the user's own each once, else all that were measured.
   */
  answers: Answers;
  /** Numbers of the user's own that were not asked for their answer, because that would have taken too long. */
  unasked: number;
  /** What the lookup searches. */
  size: Size;
  /** After how long a lookup was ended, in milliseconds. */
  timeoutMs: number;
  /** Why the machine is too restless to say; empty when it is not. */
  noise: string[];
  /** False when it was stopped before everything was measured. */
  complete: boolean;
  rows: Row[];
  openLoop: OpenRow[];
  cold: ColdRow[];
  floors: Floor[];
  edgeCases: EdgeRow[];
  timeParts: TimeParts[];
  breakingPoints: BreakingPoint[];
  plans: PlanRecord[];
  curves: { variant: string; rows: number; points: { percentile: number; ms: number }[] }[];
  notMeasured: (Cell & { why: string })[];
}
