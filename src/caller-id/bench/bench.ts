import { systemChance } from '../../chance.js';
import { systemClock } from '../../clock.js';
import { cpus, release, type as osType } from 'node:os';
import { VERSION } from '../../package.js';
import { databaseProblem } from '../engine/database-problem.js';
import type { Engine } from '../engine/engine.js';
import { connected } from './ask.js';
import { MIXES, type ConnectionUse } from './cell.js';
import { empty, fillAsFound, fillProposed, settle } from './dataset.js';
import { addEdgePeopleAsFound, addEdgePeopleProposed, EDGE_CASES } from './edge-cases.js';
import { measureSize, type Measured, type SizePlan } from './measure-size.js';
import type { Conditions } from './measure.js';
import { PERCENTILES, type PercentileName } from './latencies.js';
import { noiseOf } from './noise.js';
import type { BenchResult } from './result.js';
import type { Variant } from './variants.js';
import { breakingPoints, sumUp } from './verdict.js';
import { callsOf, givenCalls } from './workload.js';

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
  const { engine, variants, sizes, specDir, signal, onProgress } = options;
  const startedAt = systemClock.now();
  const measured = nothing();
  const needs = (cache: 'as-found' | 'proposed'): boolean =>
    variants.some(({ setup }) => setup.includes(cache));
  try {
    for (const rows of [...sizes].sort((a, b) => a - b)) {
      if (signal.aborted) break;
      onProgress(`filling ${rows.toLocaleString('en')} rows`);
      await connected(engine.connection, async (client) => {
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
      const plan: SizePlan = {
        rows,
        variants,
        mixes: MIXES,
        concurrencies: CONCURRENCIES,
        connections: CONNECTIONS,
        calls: (mix) => callsOf(mix === 'given' ? 'mixed' : mix, rows),
        edgeCases: EDGE_CASES,
        judges: judgesOf(options),
        ratePerSecond: options.ratePerSecond,
        durationMs: options.openLoopMs,
        discreet: false,
      };
      await measureSize(conditionsOf(options), plan, measured, onProgress);
    }
  } catch (error) {
    // After Ctrl-C the server may be gone before we are: what was measured until then is kept.
    if (!signal.aborted) throw databaseProblem(error);
  }
  return resultOf(options, measured, startedAt);
}

/**
 * Measures one statement on the user's own data. Nothing is created; every transaction may only read.
 * @param options.phones the numbers that are asked, as they are; none of them is kept
 */
export async function benchOwn(options: BenchOptions & { phones: readonly string[] }): Promise<BenchResult> {
  const startedAt = systemClock.now();
  const measured = nothing();
  const plan: SizePlan = {
    rows: options.phones.length,
    variants: options.variants,
    mixes: ['given'],
    concurrencies: CONCURRENCIES,
    connections: CONNECTIONS,
    calls: () => givenCalls(options.phones),
    // Only those that are nobody: who has which number is not known here.
    edgeCases: EDGE_CASES.filter(({ input, expected }) => expected === null && !/\d{7}/.test(input)),
    judges: judgesOf(options),
    ratePerSecond: options.ratePerSecond,
    durationMs: options.openLoopMs,
    discreet: true,
  };
  try {
    await measureSize(conditionsOf(options), plan, measured, options.onProgress);
  } catch (error) {
    if (!options.signal.aborted) throw databaseProblem(error);
  }
  const edgeCases = measured.edgeCases.map((row) => ({ ...row, named: row.named && WITHHELD }));
  return resultOf(options, { ...measured, edgeCases }, startedAt);
}

const WITHHELD = { kind: 'somebody', id: 'withheld' };

function judgesOf({ judged, judgedConnection }: BenchOptions) {
  return (variant: string, connection: ConnectionUse): boolean =>
    judged.includes(variant) && connection === judgedConnection;
}

function conditionsOf({ engine, targetMs, percentile, samples, signal }: BenchOptions): Conditions {
  return { connection: engine.connection, targetMs, percentile: PERCENTILES[percentile], samples, signal };
}

function nothing(): Measured {
  return {
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

function resultOf(options: BenchOptions, measured: Measured, startedAt: Date): BenchResult {
  const { targetMs, percentile, judged, judgedConnection, engine, signal } = options;
  const target = { percentile, ms: targetMs };
  const noise = noiseOf(measured.floors, targetMs, PERCENTILES[percentile]);
  const complete = !signal.aborted;
  const { verdict, because } = sumUp({ ...measured, noise, target, complete }, judged);
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
    because,
    judged: { variants: [...judged], connection: judgedConnection },
    noise,
    complete,
    ...measured,
    breakingPoints: breakingPoints(measured.rows),
  };
}
