import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { Clock } from '../clock.js';
import { asError, Problem } from '../problem.js';
import type { PaceOf } from '../session/pace.js';
import type { Database } from '../store/postgres/connect.js';
import { isOutage } from '../store/postgres/problem.js';
import type { Secrets } from '../targets/secrets.js';
import { agencyUnknown } from './faults.js';
import type { Agency, Fleet } from './file.js';
import { HEARTBEAT_MS, heardAt, mayAsk, maySweep, type Heard } from './lease.js';
import { nightsIn, type Held, type Nights, type Outcome } from './nights.js';
import { patient } from './patient.js';
import type { Queue } from './queue.js';
import { rateLeasesIn } from './rate/leases.js';
import { pacesOf } from './rate/paces.js';
import type { Changes } from './staged.js';
import { workersIn, type Tally } from './workers.js';

/** What came of a night that was passed, and what it wants to have written. */
export interface Passed {
  outcome: Outcome;
  changes: Changes;
  /** Those of the agency: nothing that holds one is recorded. */
  secrets: Secrets;
}

/** Passes the night of an agency, or a part of it, and writes nothing into the database. */
export type Pass = (
  held: Held,
  agency: Agency,
  given: { database: Database; signal: AbortSignal; paceOf: PaceOf },
) => Promise<Passed>;

/** What a worker works with. */
export interface Shift {
  fleet: Fleet;
  database: Database;
  queue: Queue;
  clock: Clock;
  pass: Pass;
  /** How many nights it passes at once. */
  concurrency: number;
  /** Whether it ends when nothing is left to do. */
  untilEmpty: boolean;
  /** Has it give back what it holds, and end. */
  signal: AbortSignal;
  onPassed: (held: Held, outcome: Outcome) => void;
  /** Called with what made a night fail. */
  onFault: (held: Held, error: Error) => void;
}

const LOOKS_AGAIN_MS = 500;
/** What a run has created on a host is removed within this when it is stopped. */
const DRAINS_MS = 1_500;

/** A night in work, and what ends it when another worker has it. */
interface Running {
  held: Held;
  lost: AbortController;
}

/**
 * Works until it is stopped, or until nothing is left: takes nights, passes and records them, is heard of meanwhile, and
 * gives the nights of workers that died to others.
 */
export async function work(shift: Shift): Promise<Tally> {
  const { clock, signal, fleet } = shift;
  const id = randomUUID();
  const tally: Tally = { done: 0, failed: 0 };
  const running = new Map<string, Running>();
  const ended = new AbortController();
  setMaxListeners(0, signal, ended.signal);
  const database = patient(shift.database, clock, AbortSignal.any([signal, ended.signal]));
  const nights = nightsIn(database, shift.queue);
  const workers = workersIn(database);
  let heard: Heard = { at: undefined, since: 0 };
  const paceOf = pacesOf({
    leases: rateLeasesIn(shift.database),
    clock,
    mayAsk: () => mayAsk(heard, clock.ticks()),
  });
  await workers.enter(id, fleet.name);

  const beat = async (): Promise<void> => {
    const sent = clock.ticks();
    const leases = [...running.keys()];
    const kept = await workers.beat(id, leases, tally);
    heard = heardAt(heard, sent);
    for (const lease of leases) if (!kept.includes(lease)) running.get(lease)?.lost.abort(new Error('lost'));
    if (maySweep(heard, clock.ticks())) await nights.sweep(fleet.name);
  };
  const beating = untilAborted(ended.signal, async () => {
    await beat().catch(() => undefined);
    await clock.sleep(HEARTBEAT_MS, ended.signal);
  });

  const passOne = async (held: Held): Promise<void> => {
    const lost = new AbortController();
    running.set(held.lease, { held, lost });
    try {
      const until = AbortSignal.any([signal, lost.signal]);
      setMaxListeners(0, until);
      const outcome = await passHeld(held, { ...shift, nights, database, paceOf, until });
      if (outcome === undefined) return;
      tally.done += 1;
      shift.onPassed(held, outcome);
    } catch (error) {
      if (signal.aborted) return;
      tally.failed += 1;
      shift.onFault(held, asError(error));
      await nights.fail(held, errorCode(error)).catch(() => undefined);
    } finally {
      if (!signal.aborted) running.delete(held.lease);
    }
  };
  const slot = () =>
    untilAborted(signal, async () => {
      const held = await nights.take(id, randomUUID()).catch(unlessAway);
      if (held === 'again') return true;
      if (held) {
        await passOne(held);
        return true;
      }
      if (shift.untilEmpty && (await nights.open(fleet.name)) === 0) return false;
      await clock.sleep(LOOKS_AGAIN_MS, signal);
      return true;
    });
  const slots = Promise.all(Array.from({ length: shift.concurrency }, slot));
  try {
    await Promise.race([slots, drained(signal, slots, clock)]);
  } finally {
    ended.abort();
    await beating;
    const own = nightsIn(shift.database, shift.queue);
    const left = [...running.values()].map(({ held }) => held);
    if (left.length > 0) await own.giveBack(left).catch(() => undefined);
    await workersIn(shift.database)
      .leave(id, tally)
      .catch(() => undefined);
  }
  return tally;
}

/** Where the database is away, there is nothing to be taken for now. */
function unlessAway(error: unknown): undefined {
  if (!isOutage(error)) throw error;
}

/** Repeats some work until the signal is aborted, or it says that it was the last time. */
async function untilAborted(signal: AbortSignal, once: () => Promise<unknown>): Promise<void> {
  const isStopped = () => signal.aborted;
  while (!isStopped()) {
    try {
      if ((await once()) === false) return;
    } catch (error) {
      if (!isStopped()) throw error;
    }
  }
}

/** Resolves when whoever was stopped has had the time to bring its work to an end. */
async function drained(signal: AbortSignal, work: Promise<unknown>, clock: Clock): Promise<void> {
  if (!signal.aborted)
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => {
        resolve();
      });
    });
  await Promise.race([work.catch(() => undefined), clock.sleep(DRAINS_MS)]);
}

/** @returns undefined where it was stopped, or another worker has it */
async function passHeld(
  held: Held,
  given: Pick<Shift, 'fleet' | 'pass'> & {
    nights: Nights;
    database: Database;
    paceOf: PaceOf;
    until: AbortSignal;
  },
): Promise<Outcome | undefined> {
  const { fleet, nights, database, paceOf, until } = given;
  const agency = fleet.agencies.find(({ name }) => name === held.job.agency);
  if (!agency) throw agencyUnknown(held.job.agency);
  const { outcome, ...written } = await given.pass(held, agency, { database, signal: until, paceOf });
  if (until.aborted) return undefined;
  // What could not be judged tonight may be judged a little later; the last try is recorded as it is.
  if (outcome.exitCode === 3 && !held.isLastTry) await nights.fail(held, outcome.why ?? NO_VERDICT);
  else await nights.record(held, outcome, written);
  return outcome;
}

const NO_VERDICT: Problem['code'] = 'CONFORM_E_RUN_PROVES_NOTHING';

/** The code of what was thrown: its message could hold anything. */
function errorCode(error: unknown): string {
  return error instanceof Problem ? error.code : 'CONFORM_E_INTERNAL';
}
