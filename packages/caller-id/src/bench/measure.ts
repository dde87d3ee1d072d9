import type { Client } from 'pg';
import {
  systemClock,
  type Answers,
  type Cell,
  type ColdRow,
  type ConnectionUse,
  type Floor,
  type Loop,
  type OpenRow,
  type Row,
  type Variant,
} from 'wellsky-conform/kit';
import { askNothing, askOn, askPerCall, type Ask } from './ask.js';
import { closedLoop } from './closed-loop.js';
import { Latencies, round } from './latencies.js';
import { openLoop } from './open-loop.js';
import type { Sessions } from './sessions.js';
import { judge, wilson } from './wilson.js';
import type { Call } from './workload.js';

/** What all measurements of one bench have in common. */
export interface Conditions {
  sessions: Sessions;
  targetMs: number;
  percentile: number;
  samples: number;
  signal: AbortSignal;
}

/** What the verdict rests on has to be certain; what is beside it for comparison need not. */
const PATIENCE_MS = { judged: 4_000, beside: 600, floor: 300 };

/** Opens connections, to be kept while something is measured. */
export async function openConnections(sessions: Sessions, count: number) {
  const clients: Client[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
  };
  try {
    for (let index = 0; index < count; index++) clients.push(await sessions.open());
  } catch (error) {
    await close();
    throw error;
  }
  return { clients, close };
}

/** Measures the floor of a closed loop: `SELECT 1` in the same way as lookups are asked. */
export async function measureFloor(
  conditions: Conditions,
  clients: readonly Client[],
  cell: Pick<Floor, 'rows' | 'concurrency' | 'connection'>,
): Promise<Floor> {
  const { sessions } = conditions;
  const askers = Array.from({ length: cell.concurrency }, (_, index): Ask => {
    const client = clients[index];
    if (cell.connection === 'kept' && client) return () => askNothing(client, sessions, 'floor');
    return () => sessions.use((one) => askNothing(one, sessions));
  });
  const { latencies } = await closedLoop({
    ...conditions,
    clock: systemClock,
    askers,
    next: nobody,
    patienceMs: PATIENCE_MS.floor,
    hopeless: false,
  });
  return { ...cell, ...figuresOf(latencies, conditions) };
}

/** Measures the floor of an open loop: `SELECT 1` at the same rate, on the same connections. */
export async function measureOpenFloor(
  conditions: Conditions,
  clients: readonly Client[],
  rows: number,
  rate: { ratePerSecond: number; durationMs: number },
): Promise<Floor> {
  const askers = clients.map(
    (client): Ask =>
      () =>
        askNothing(client, conditions.sessions, 'floor'),
  );
  const { latencies } = await openLoop({
    ...conditions,
    ...rate,
    clock: systemClock,
    askers,
    next: nobody,
  });
  return {
    ...{ rows, concurrency: clients.length, connection: 'kept', ratePerSecond: rate.ratePerSecond },
    ...figuresOf(latencies, conditions),
  };
}

/** @throws the reason of the signal when that came before the first sample */
function figuresOf(latencies: Latencies, { signal }: Conditions) {
  if (latencies.count === 0) signal.throwIfAborted();
  return { ...latencies.percentiles(), over: latencies.over / latencies.count };
}

const nobody = (): Call => ({ input: '', expected: undefined });

/** Measures one cell in a closed loop. */
export async function measureCell(
  conditions: Conditions,
  clients: readonly Client[],
  variant: Variant,
  cell: Cell,
  next: () => Call,
  options: { floor: Floor; hopeless: boolean; judged: boolean },
): Promise<{
  row: Omit<Row, 'attempts'>;
  answers: Answers;
  curve: { percentile: number; ms: number }[];
}> {
  const askers = askersOf(conditions.sessions, clients, variant, cell);
  const { latencies, answers } = await closedLoop({
    ...conditions,
    clock: systemClock,
    askers,
    next,
    patienceMs: options.judged ? PATIENCE_MS.judged : PATIENCE_MS.beside,
    hopeless: options.hopeless,
  });
  const loop = loopOf(conditions, latencies, answers, options, next().expected !== undefined);
  const ratioToFloor = Math.round((loop.p50 / options.floor.p50) * 100) / 100;
  return { row: { ...cell, ...loop, ratioToFloor }, answers, curve: latencies.curve() };
}

/** Measures a variant with calls that come in at a fixed rate. */
export async function measureOpen(
  conditions: Conditions,
  clients: readonly Client[],
  variant: Variant,
  rows: number,
  next: () => Call,
  options: { floor: Floor; ratePerSecond: number; durationMs: number; judged: boolean },
): Promise<Omit<OpenRow, 'attempts'>> {
  const { ratePerSecond, durationMs } = options;
  const { latencies, answers, unanswered } = await openLoop({
    ...conditions,
    clock: systemClock,
    askers: clients.map((client) => askOn(client, variant, conditions.sessions)),
    next,
    ratePerSecond,
    durationMs,
  });
  const loop = loopOf(conditions, latencies, answers, options, next().expected !== undefined);
  return { variant: variant.name, rows, ratePerSecond, ...loop, unanswered };
}

function loopOf(
  conditions: Conditions,
  latencies: Latencies,
  answers: Answers,
  { floor, judged }: { floor: Floor; judged: boolean },
  isChecked: boolean,
): Omit<Loop, 'attempts'> {
  const { over: overTarget, ...percentiles } = figuresOf(latencies, conditions);
  return {
    ...percentiles,
    floorP50: floor.p50,
    floorOver: floor.over,
    samples: latencies.count,
    wrong: isChecked ? answers.wrong + answers.missing : null,
    timedOut: answers.timedOut,
    failed: answers.failed,
    overTarget,
    overTargetInterval: wilson(latencies.over, latencies.count),
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
    await conditions.sessions.use(async (client) => {
      const ask = askOn(client, variant, conditions.sessions);
      const started = systemClock.ticks();
      await ask(next().input);
      latencies.add(systemClock.ticks() - started);
    });
  }
  const { p50, max } = latencies.percentiles();
  return { variant: variant.name, rows, samples: latencies.count, p50, max };
}

/** The median time that opening a connection takes, in milliseconds. */
export async function measureConnect(sessions: Sessions): Promise<number> {
  const times: number[] = [];
  for (let sample = 0; sample < 11; sample++) {
    const started = systemClock.ticks();
    await sessions.use(() => {
      times.push(systemClock.ticks() - started);
      return Promise.resolve();
    });
  }
  return round(times.sort((a, b) => a - b)[5] ?? 0);
}

function askersOf(
  sessions: Sessions,
  clients: readonly Client[],
  variant: Variant,
  cell: { concurrency: number; connection: ConnectionUse },
): Ask[] {
  if (cell.connection === 'per-call') {
    return Array.from({ length: cell.concurrency }, () => askPerCall(sessions, variant));
  }
  return clients.slice(0, cell.concurrency).map((client) => askOn(client, variant, sessions));
}
