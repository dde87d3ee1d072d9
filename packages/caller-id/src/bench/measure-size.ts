import type { Client } from 'pg';
import type { BenchResult, Cell, ConnectionUse, Mix, PlanRecord, Row, Variant } from 'wellsky-conform/kit';
import { addAnswers, isRight } from './answers.js';
import { askOn, failureOf } from './ask.js';
import { describeCell } from './cell.js';
import type { EdgeCase } from './edge-cases.js';
import { round } from './latencies.js';
import {
  measureCell,
  measureCold,
  measureConnect,
  measureFloor,
  measureOpen,
  measureOpenFloor,
  openConnections,
  type Conditions,
} from './measure.js';
import { explain } from './plan.js';
import { repeated } from './repeat.js';
import type { Call } from './workload.js';

/** What grows while sizes are measured. */
export type Measured = Pick<
  BenchResult,
  | 'rows'
  | 'openLoop'
  | 'cold'
  | 'floors'
  | 'edgeCases'
  | 'timeParts'
  | 'plans'
  | 'curves'
  | 'notMeasured'
  | 'answers'
>;

/** What is asked at one size. */
export interface SizePlan {
  rows: number;
  variants: readonly Variant[];
  mixes: readonly (Mix | 'given')[];
  concurrencies: readonly number[];
  connections: readonly ConnectionUse[];
  calls: (mix: Mix | 'given') => () => Call;
  edgeCases: readonly EdgeCase[];
  /** A number that has had an answer, for the plan; without it, one of the calls. */
  example?: string | undefined;
  /** Whether what the loops are answered is counted as the answers of the bench. */
  countsAnswers: boolean;
  /** Whether the verdict rests on a cell. */
  judges: (variant: string, connection: ConnectionUse) => boolean;
  ratePerSecond: number;
  durationMs: number;
  /** Removes constants from plans. */
  discreet: boolean;
}

/**
 * A median so many times above the target leaves nothing to be found out: larger sizes are asked a few times
 * only, and more callers at a time, or a new connection for each, are not asked at all.
 */
const HOPELESS = 20;
const COLD_SAMPLES = 10;

/** Measures all variants at one size of the cache, which has been filled. */
export async function measureSize(
  conditions: Conditions,
  plan: SizePlan,
  measured: Measured,
  onProgress: (text: string) => void,
): Promise<void> {
  const { signal } = conditions;
  const { clients, close } = await openConnections(conditions.sessions, Math.max(1, ...plan.concurrencies));
  const [client] = clients;
  if (!client) return;
  try {
    const connect = await measureConnect(conditions.sessions);
    for (const variant of plan.variants) {
      if (signal.aborted) return;
      await measureEdgeCases(conditions, client, variant, plan.edgeCases, measured);
      await measureCells(conditions, clients, variant, plan, measured, onProgress);
      if (conditions.signal.aborted) return;
      onProgress(`${variant.name}, ${plan.rows.toLocaleString('en')} rows: plans`);
      await measureRest(conditions, client, clients, variant, plan, connect, measured);
    }
  } finally {
    await close();
  }
}

async function measureCells(
  conditions: Conditions,
  clients: readonly Client[],
  variant: Variant,
  plan: SizePlan,
  measured: Measured,
  onProgress: (text: string) => void,
): Promise<void> {
  const connections = plan.connections.filter(
    (connection) => variant.connection === 'either' || connection === variant.connection,
  );
  for (const connection of connections) {
    for (const mix of plan.mixes) {
      for (const concurrency of plan.concurrencies) {
        if (conditions.signal.aborted) return;
        const cell: Cell = { variant: variant.name, rows: plan.rows, mix, concurrency, connection };
        const easier = easierOf(cell, measured.rows, conditions.targetMs);
        if (easier?.rows === cell.rows) {
          measured.notMeasured.push({
            ...cell,
            why: `${describeCell(easier)}: the median is ${easier.p50} ms already`,
          });
          continue;
        }
        onProgress(describeCell(cell));
        const judged = plan.judges(variant.name, connection);
        let curve: { percentile: number; ms: number }[] = [];
        const row = await repeated(
          async () => {
            const floor = await measureFloor(conditions, clients, cellOfFloor(cell));
            measured.floors.push(floor);
            const options = { floor, hopeless: easier !== undefined, judged };
            const one = await measureCell(conditions, clients, variant, cell, plan.calls(mix), options);
            if (judged && plan.countsAnswers) addAnswers(measured.answers, one.answers);
            ({ curve } = one);
            return one.row;
          },
          conditions.percentile,
          conditions.signal,
        );
        measured.rows.push(row);
        if (concurrency === 1 && (mix === 'mixed' || mix === 'given')) {
          measured.curves.push({ variant: variant.name, rows: plan.rows, points: curve });
        }
      }
    }
  }
}

function cellOfFloor({ rows, concurrency, connection }: Cell) {
  return { rows, concurrency, connection };
}

/** A cell that asks for no more and is far above the target nevertheless: of the same size or a smaller one. */
function easierOf(cell: Cell, rows: readonly Row[], targetMs: number): Row | undefined {
  const hopeless = rows.filter(
    (row) =>
      row.variant === cell.variant &&
      row.mix === cell.mix &&
      row.p50 > HOPELESS * targetMs &&
      row.concurrency <= cell.concurrency &&
      (row.connection === 'kept' || cell.connection === 'per-call'),
  );
  return hopeless.find((row) => row.rows === cell.rows) ?? hopeless.find((row) => row.rows < cell.rows);
}

async function measureRest(
  conditions: Conditions,
  client: Client,
  clients: readonly Client[],
  variant: Variant,
  plan: SizePlan,
  connect: number,
  measured: Measured,
): Promise<void> {
  const mix = plan.mixes.includes('mixed') ? 'mixed' : (plan.mixes[0] ?? 'mixed');
  const next = plan.calls(mix);
  const usual = measured.rows.findLast(
    (row) =>
      row.variant === variant.name && row.rows === plan.rows && row.mix === mix && row.concurrency === 1,
  );
  const hopeless = usual !== undefined && usual.p50 > HOPELESS * conditions.targetMs;

  const value = argumentOf(variant, plan.example ?? next().input);
  const plans = await plansOf(() => explain(client, variant, plan.rows, value, plan.discreet, hopeless));
  measured.plans.push(...plans);
  const asked = plans.filter((one) => one.of === 'statement');
  const planMs = round(asked.reduce((sum, one) => sum + one.planMs, 0));
  const executeMs = round(asked.reduce((sum, one) => sum + one.executeMs, 0));
  const whole = (usual?.p50 ?? 0) - (usual?.connection === 'per-call' ? connect : 0);
  if (asked.length > 0) {
    measured.timeParts.push({
      variant: variant.name,
      rows: plan.rows,
      connect,
      plan: planMs,
      execute: executeMs,
      transfer: round(Math.max(0, whole - planMs - executeMs)),
    });
  }
  measured.cold.push(await measureCold(conditions, variant, plan.rows, next, hopeless ? 1 : COLD_SAMPLES));
  if (hopeless || variant.connection === 'per-call' || plan.durationMs === 0) return;
  const { ratePerSecond, durationMs } = plan;
  const judged = plan.judges(variant.name, 'kept');
  const row = await repeated(
    async () => {
      const rate = { ratePerSecond, durationMs };
      const floor = await measureOpenFloor(conditions, clients, plan.rows, rate);
      measured.floors.push(floor);
      return measureOpen(conditions, clients, variant, plan.rows, next, { ...rate, floor, judged });
    },
    conditions.percentile,
    conditions.signal,
  );
  measured.openLoop.push(row);
}

/** The plans, or none where the lookup gave no answer this time. */
async function plansOf(explained: () => Promise<PlanRecord[]>): Promise<PlanRecord[]> {
  try {
    return await explained();
  } catch (error) {
    if (failureOf(error)) return [];
    throw error;
  }
}

function argumentOf(variant: Variant, input: string): string {
  const digits = input.replace(/\D/g, '');
  if (variant.argument === 'text') return input;
  return variant.argument === 'e164' ? digits : digits.slice(-10);
}

/** Asks the edge cases once a variant: they do not depend on the size. */
async function measureEdgeCases(
  { sessions }: Conditions,
  client: Client,
  variant: Variant,
  cases: readonly EdgeCase[],
  measured: Measured,
): Promise<void> {
  if (measured.edgeCases.some((row) => row.variant === variant.name)) return;
  const ask = askOn(client, variant, sessions);
  for (const { name, input, expected } of cases) {
    const answer = await ask(input);
    const named = answer.kind === 'named' ? answer.named : null;
    measured.edgeCases.push({
      variant: variant.name,
      name,
      expected,
      named,
      right: answer.kind === 'named' && isRight(expected, named),
      ...(answer.kind === 'named' ? {} : { failed: answer.kind === 'failed' ? 'error' : 'timed out' }),
    });
  }
}
