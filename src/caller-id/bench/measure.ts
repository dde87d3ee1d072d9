import { systemClock } from '../../clock.js';
import pg from 'pg';
import { askNothing, askOn, askPerCall, connected, type Ask } from './ask.js';
import type { Cell, ConnectionUse, Row } from './cell.js';
import { closedLoop } from './closed-loop.js';
import { Latencies, round } from './latencies.js';
import { openLoop } from './open-loop.js';
import type { ColdRow, Floor, OpenRow } from './result.js';
import type { Variant } from './variants.js';
import { judge, wilson } from './wilson.js';
import type { Call } from './workload.js';

/** What all measurements of one bench have in common. */
export interface Conditions {
  connection: pg.ClientConfig;
  targetMs: number;
  percentile: number;
  samples: number;
  signal: AbortSignal;
}

/** What the verdict rests on has to be certain; what stands beside it for comparison need not. */
const PATIENCE_MS = { judged: 4_000, beside: 600 };

/** Opens connections, to be kept while something is measured. */
export async function openConnections(connection: pg.ClientConfig, count: number) {
  const clients: pg.Client[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
  };
  try {
    for (let index = 0; index < count; index++) {
      const client = new pg.Client(connection);
      client.on('error', () => undefined);
      clients.push(client);
      await client.connect();
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { clients, close };
}

/** Measures the floor: `SELECT 1` in the same way as lookups are asked. */
export async function measureFloor(
  conditions: Conditions,
  clients: readonly pg.Client[],
  cell: Pick<Floor, 'rows' | 'concurrency' | 'connection'>,
): Promise<Floor> {
  const askers = Array.from({ length: cell.concurrency }, (_, index): Ask => {
    const client = clients[index];
    if (cell.connection === 'kept' && client) return async () => (await askNothing(client, 'floor'), null);
    return async () => (await connected(conditions.connection, (one) => askNothing(one)), null);
  });
  const next = (): Call => ({ input: '', expected: undefined });
  const { latencies } = await closedLoop({
    ...conditions,
    clock: systemClock,
    askers,
    next,
    patienceMs: PATIENCE_MS.beside,
    hopeless: false,
  });
  return { ...cell, ...latencies.percentiles(), over: latencies.over / latencies.count };
}

/** Measures one cell in a closed loop. */
export async function measureCell(
  conditions: Conditions,
  clients: readonly pg.Client[],
  variant: Variant,
  cell: Cell,
  next: () => Call,
  options: { floorP50: number; hopeless: boolean; judged: boolean },
): Promise<{ row: Row; curve: { percentile: number; ms: number }[] }> {
  const askers = askersOf(conditions.connection, clients, variant, cell);
  const { latencies, wrong } = await closedLoop({
    ...conditions,
    clock: systemClock,
    askers,
    next,
    patienceMs: options.judged ? PATIENCE_MS.judged : PATIENCE_MS.beside,
    hopeless: options.hopeless,
  });
  const percentiles = latencies.percentiles();
  const row: Row = {
    ...cell,
    ...percentiles,
    floorP50: options.floorP50,
    ratioToFloor: Math.round((percentiles.p50 / options.floorP50) * 100) / 100,
    samples: latencies.count,
    wrong,
    overTarget: latencies.over / latencies.count,
    overTargetInterval: wilson(latencies.over, latencies.count),
    judgement: judge(latencies.over, latencies.count, conditions.percentile),
    judged: options.judged,
  };
  return { row, curve: latencies.curve() };
}

/** Measures a variant with calls that come in at a fixed rate. */
export async function measureOpen(
  conditions: Conditions,
  clients: readonly pg.Client[],
  variant: Variant,
  rows: number,
  next: () => Call,
  options: { ratePerSecond: number; durationMs: number; judged: boolean },
): Promise<OpenRow> {
  const { ratePerSecond, durationMs, judged } = options;
  const askers = clients.map((client) => askOn(client, variant));
  const { latencies, wrong, unanswered } = await openLoop({
    ...conditions,
    clock: systemClock,
    askers,
    next,
    ratePerSecond,
    durationMs,
  });
  return {
    variant: variant.name,
    rows,
    ratePerSecond,
    ...latencies.percentiles(),
    samples: latencies.count,
    unanswered,
    wrong,
    overTarget: latencies.over / latencies.count,
    judgement: judge(latencies.over, latencies.count, conditions.percentile),
    judged,
  };
}

/** Measures the first lookup on connections that have just been opened. */
export async function measureCold(
  conditions: Conditions,
  variant: Variant,
  rows: number,
  next: () => Call,
  samples: number,
): Promise<ColdRow> {
  const latencies = new Latencies(conditions.targetMs);
  for (let sample = 0; sample < samples && !conditions.signal.aborted; sample++) {
    await connected(conditions.connection, async (client) => {
      const ask = askOn(client, variant);
      const started = systemClock.ticks();
      await ask(next().input);
      latencies.add(systemClock.ticks() - started);
    });
  }
  const { p50, max } = latencies.percentiles();
  return { variant: variant.name, rows, samples: latencies.count, p50, max };
}

/** The median time that opening a connection takes, in milliseconds. */
export async function measureConnect(connection: pg.ClientConfig): Promise<number> {
  const times: number[] = [];
  for (let sample = 0; sample < 11; sample++) {
    const started = systemClock.ticks();
    await connected(connection, () => {
      times.push(systemClock.ticks() - started);
      return Promise.resolve();
    });
  }
  return round(times.sort((a, b) => a - b)[5] ?? 0);
}

function askersOf(
  connection: pg.ClientConfig,
  clients: readonly pg.Client[],
  variant: Variant,
  cell: { concurrency: number; connection: ConnectionUse },
): Ask[] {
  if (cell.connection === 'per-call') {
    return Array.from({ length: cell.concurrency }, () => askPerCall(connection, variant));
  }
  return clients.slice(0, cell.concurrency).map((client) => askOn(client, variant));
}
