/** What a target can be set for, by the names that the figures of a loop have. */
export const PERCENTILES = { p50: 50, p90: 90, p95: 95, p99: 99, p999: 99.9 } as const;
export type PercentileName = keyof typeof PERCENTILES;

/** Latencies, in milliseconds. */
export interface Percentiles {
  p50: number;
  p90: number;
  p95: number;
  p99: number;
  p999: number;
  max: number;
}

/** Whether a percentile lies below the target, from how many of the samples lay above it. */
export type Judgement = 'holds' | 'breaks' | 'uncertain';

/** An interval that holds the true share with 95 % confidence. */
export interface Interval {
  low: number;
  high: number;
}

/** Whether the numbers that are asked belong to somebody. */
export type Mix = 'hit' | 'miss' | 'mixed';

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

/** Who a lookup named first: kind and id as text; null when it named nobody. */
export type Named = { kind: string; id: string } | null;

/** What lookups answered, counted. Where it is not known who is right, only what can be seen without. */
export interface Answers {
  asked: number;
  /** Lookups that named somebody, whoever that was. */
  named: number;
  /** Lookups of numbers that are known to belong to somebody. */
  somebody: number;
  /** Those of them that named who has the number. */
  found: number;
  /** Those of them that named nobody. */
  missing: number;
  /** Lookups that named a person who does not have the number, also where nobody has it. */
  wrong: number;
  /** Lookups that had no answer when the time-out was over. */
  timedOut: number;
  /** Lookups that ended with an error of the database. */
  failed: number;
  /** The SQLSTATE of each kind of error. */
  errors: string[];
}

/** How much a lookup has to search. */
export interface Size {
  /** Rows of all tables together; null when that cannot be known. */
  rows: number | null;
  /** Whether they were counted, and not taken from the statistics of the server. */
  exact: boolean;
  /** The tables of the user's own; none where the tables were made for the bench. */
  tables: { name: string; rows: number | null; exact: boolean }[];
}

/** What PostgreSQL says about one statement of a variant. */
export interface PlanRecord {
  variant: string;
  rows: number;
  /** Whether it is what is asked, or what the function that is asked runs inside. */
  of: 'statement' | 'inside';
  /** EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF). */
  text: string;
  planMs: number;
  executeMs: number;
}

/** The server that was measured, for people and reports. */
export interface EngineAbout {
  kind: 'embedded' | 'own-server';
  /** As the server says it, for example `15.18`. */
  version: string;
  authentication: string;
}

/**
 * Why a target is missed, or why there is no verdict:
 *
 * - `failed`: lookups end with an error of the database
 * - `timed out`: numbers have no answer when the time-out is over
 * - `wrong`: somebody is named who does not have the number
 * - `missing`: nobody is named who has the number
 * - `edge cases`: calls that are easy to get wrong are, such as a withheld number
 * - `slow`: too large a share is above the target
 * - `restless`: the machine was too busy with something else to say
 * - `few samples`: too few lookups were measured to be certain
 * - `names nobody`: nobody was named for any number, and it is not known whether that is right
 * - `stopped`: before the end
 * - `not measured`: nothing was
 */
export type Cause =
  | 'failed'
  | 'timed out'
  | 'wrong'
  | 'missing'
  | 'edge cases'
  | 'slow'
  | 'restless'
  | 'few samples'
  | 'names nobody'
  | 'stopped'
  | 'not measured';

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

/** A share of a loop, for people: two digits where it is small. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(share > 0 && share < 0.1 ? 2 : 1)} %`;
}
