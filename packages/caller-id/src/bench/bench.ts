import { cpus, release, type as osType } from 'node:os';
import {
  PERCENTILES,
  systemChance,
  systemClock,
  VERSION,
  type BenchResult,
  type ConnectionUse,
  type PercentileName,
  type Variant,
} from 'wellsky-conform/kit';
import { databaseProblem } from '../engine/database-problem.js';
import type { Engine } from '../engine/engine.js';
import { noAnswers } from './answers.js';
import { askOn } from './ask.js';
import { MIXES } from './cell.js';
import { empty, fillAsFound, fillProposed, settle } from './dataset.js';
import { addEdgePeopleAsFound, addEdgePeopleProposed, EDGE_CASES, type EdgeCase } from './edge-cases.js';
import { measureSize, type Measured, type SizePlan } from './measure-size.js';
import type { Conditions } from './measure.js';
import { noiseOf } from './noise.js';
import { checkTimeout, createSessions, type Sessions } from './sessions.js';
import { sizeOf, UNKNOWN_SIZE } from './size.js';
import { survey } from './survey.js';
import { breakingPoints, sumUp } from './verdict.js';
import { callsOf, givenCalls, type Call } from './workload.js';

/** What both kinds of bench are asked. */
export interface BenchOptions {
  engine: Engine;
  variants: readonly Variant[];
  /** Names of those that the verdict is about. */
  judged: readonly string[];
  /** How the connection is used in the cells that the verdict is about. */
  judgedConnection: ConnectionUse;
  targetMs: number;
  percentile: PercentileName;
  /** After how long a lookup is ended, in milliseconds; above the target. */
  timeoutMs: number;
  samples: number;
  ratePerSecond: number;
  /** How long calls come in at that rate, at each size; 0: not at all. */
  openLoopMs: number;
  signal: AbortSignal;
  onProgress: (text: string) => void;
}

const CONCURRENCIES = [1, 16];
const CONNECTIONS: readonly ConnectionUse[] = ['kept', 'per-call'];

/**
 * Measures lookup paths on caches of several sizes that are made for it.
 * @param options.sizes phone numbers in the cache, each divisible by ten
 * @throws Problem when the database cannot be used
 */
export async function bench(
  options: BenchOptions & { sizes: readonly number[]; specDir: string },
): Promise<BenchResult> {
  const { variants, specDir, signal, onProgress } = options;
  const measured = nothing();
  const sizes = [...options.sizes].sort((a, b) => a - b);
  const needs = (cache: 'as-found' | 'proposed'): boolean =>
    variants.some(({ setup }) => setup.includes(cache));
  return measure(options, measured, async (lookups, maker) => {
    for (const rows of sizes) {
      if (signal.aborted) break;
      onProgress(`filling ${rows.toLocaleString('en')} rows`);
      await maker.use(async (client) => {
        await empty(client);
        if (needs('as-found')) {
          await fillAsFound(client, specDir, rows);
          await addEdgePeopleAsFound(client);
        }
        if (needs('proposed')) {
          await fillProposed(client, specDir, rows);
          await addEdgePeopleProposed(client);
        }
        await settle(client);
      });
      measured.size = { rows, exact: true, tables: [] };
      const plan: SizePlan = {
        ...commonPlan(options),
        rows,
        mixes: MIXES,
        calls: (mix) => callsOf(mix === 'given' ? 'mixed' : mix, rows),
        edgeCases: EDGE_CASES,
        countsAnswers: true,
        discreet: false,
      };
      await measureSize(conditionsOf(options, lookups), plan, measured, onProgress);
    }
  });
}

/**
 * Measures one statement on the user's own data: what it answers to each number, and then how long that takes. Nothing
 * is created; every transaction may only read.
 * @param options.calls the numbers that are asked, as they are; neither they nor what they are answered is kept
 */
export async function benchOwn(
  given: Omit<BenchOptions, 'variants' | 'judged'> & {
    variant: Variant;
    calls: readonly [Call, ...Call[]];
  },
): Promise<BenchResult> {
  const { variant, calls, signal, onProgress } = given;
  const options = { ...given, variants: [variant], judged: [variant.name] };
  const measured = nothing();
  measured.truth = calls.some(({ expected }) => expected !== undefined) ? 'file' : null;
  return measure(options, measured, async (lookups) => {
    onProgress(`asking ${calls.length.toLocaleString('en')} numbers`);
    const answered = await lookups.use(async (client) => {
      const found = await survey(askOn(client, variant, lookups), calls, signal, systemClock);
      measured.answers = found.answers;
      measured.unasked = found.unasked;
      if (found.answered.length > 0) measured.size = await sizeOf(client, variant, found.answered);
      return found.answered;
    });
    const plan: SizePlan = {
      ...commonPlan(options),
      rows: measured.size.rows ?? 0,
      mixes: ['given'],
      calls: () => givenCalls(calls),
      example: answered[0],
      // Only those that are nobody: who has which number is not known here. They prove nothing of a lookup that names
      // nobody in any case.
      edgeCases: measured.answers.named === 0 ? [] : EDGE_CASES.filter(isNoNumber),
      countsAnswers: false,
      discreet: true,
    };
    if (answered.length > 0) await measureSize(conditionsOf(options, lookups), plan, measured, onProgress);
    measured.edgeCases = measured.edgeCases.map((row) => ({ ...row, named: row.named && WITHHELD }));
  });
}

function isNoNumber({ input, expected }: EdgeCase): boolean {
  return expected === null && !/\d{7}/.test(input);
}

/** What is found while it is measured. */
type Found = Measured & Pick<BenchResult, 'truth' | 'unasked' | 'size'>;

/**
 * @param work gets connections on which lookups are ended when the time-out is over, and others for what takes longer
 */
async function measure(
  options: BenchOptions,
  measured: Found,
  work: (lookups: Sessions, maker: Sessions) => Promise<void>,
): Promise<BenchResult> {
  const { engine, timeoutMs, signal } = options;
  const startedAt = systemClock.now();
  const lookups = createSessions(engine.connection, timeoutMs);
  const maker = createSessions(engine.connection);
  const cancel = (): void => void Promise.all([lookups.cancel(), maker.cancel()]);
  signal.addEventListener('abort', cancel);
  try {
    await lookups.use((client) => checkTimeout(client, timeoutMs));
    await work(lookups, maker);
  } catch (error) {
    // After Ctrl-C the server may be gone before we are: what was measured until then is kept.
    if (!signal.aborted) throw databaseProblem(error);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
  return resultOf(options, measured, startedAt);
}

function commonPlan(options: BenchOptions) {
  return {
    variants: options.variants,
    concurrencies: CONCURRENCIES,
    connections: CONNECTIONS,
    judges: judgesOf(options),
    ratePerSecond: options.ratePerSecond,
    durationMs: options.openLoopMs,
  };
}

const WITHHELD = { kind: 'somebody', id: 'withheld' };

function judgesOf({ judged, judgedConnection }: BenchOptions) {
  return (variant: string, connection: ConnectionUse): boolean =>
    judged.includes(variant) && connection === judgedConnection;
}

function conditionsOf(
  { targetMs, percentile, samples, signal }: BenchOptions,
  sessions: Sessions,
): Conditions {
  return { sessions, targetMs, percentile: PERCENTILES[percentile], samples, signal };
}

function nothing(): Found {
  return {
    truth: 'made',
    answers: noAnswers(),
    unasked: 0,
    size: UNKNOWN_SIZE,
    rows: [],
    openLoop: [],
    cold: [],
    floors: [],
    edgeCases: [],
    timeParts: [],
    plans: [],
    curves: [],
    notMeasured: [],
  };
}

function resultOf(options: BenchOptions, measured: Found, startedAt: Date): BenchResult {
  const { targetMs, timeoutMs, percentile, judged, judgedConnection, engine, signal } = options;
  const target = { percentile, ms: targetMs };
  const { floors, rows, openLoop } = measured;
  const noise = noiseOf(floors, rows, openLoop, { ms: targetMs, percentile: PERCENTILES[percentile] });
  const complete = !signal.aborted;
  const { verdict, cause, because } = sumUp({ ...measured, noise, target, complete, timeoutMs }, judged);
  const processors = cpus();
  return {
    format: 'conform-bench/1',
    id: `${startedAt.toISOString().replace(/[-:]|\.\d+/g, '')}-${systemChance(2)}`,
    startedAt: startedAt.toISOString(),
    finishedAt: systemClock.now().toISOString(),
    tool: { name: 'conform', version: VERSION },
    machine: {
      cpus: processors.length,
      model: processors[0]?.model ?? 'unknown',
      node: process.version,
      os: `${osType()} ${release()}`,
    },
    engine: engine.about,
    target,
    holds: verdict === 'holds',
    verdict,
    cause,
    because,
    judged: { variants: [...judged], connection: judgedConnection },
    timeoutMs,
    noise,
    complete,
    ...measured,
    breakingPoints: breakingPoints(measured.rows),
  };
}
