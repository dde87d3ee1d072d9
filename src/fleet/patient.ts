import { orAborted } from '../abort.js';
import type { Clock } from '../clock.js';
import type { Problem } from '../problem.js';
import type { Database } from '../store/postgres/connect.js';
import { isOutage } from '../store/postgres/problem.js';

/** How whoever asks a database waits while it is away. */
interface Patience {
  clock: Pick<Clock, 'sleep' | 'ticks'>;
  /** Ends the waiting. */
  signal: AbortSignal;
  /** How long it waits after so many tries in a row, in milliseconds. */
  pauseMs: (tries: number) => number;
  /** After this time it gives up, in milliseconds. */
  longestMs: number;
  /** Called once, when the waiting begins, with the problem that the database is away by. */
  onAway?: (problem: Problem) => void;
}

/** Does some work again until the database answers it. */
async function patiently<T>(work: () => Promise<T>, patience: Patience): Promise<T> {
  const { clock, signal, pauseMs, longestMs, onAway } = patience;
  const begin = clock.ticks();
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!isOutage(error) || signal.aborted) throw error;
      const pause = pauseMs(tries);
      if (clock.ticks() + pause - begin > longestMs) throw error;
      if (tries === 1) onAway?.(error);
      await clock.sleep(pause, signal);
    }
  }
}

const WAIT_MS = 1_000;

/**
 * A database that nobody gives up: while it is away, whoever asks it waits. What must not be done twice is not tried again.
 * @param signal ends the waiting
 */
export function patient(
  database: Database,
  clock: Pick<Clock, 'sleep' | 'ticks'>,
  signal: AbortSignal,
): Database {
  const always = { clock, signal, pauseMs: () => WAIT_MS, longestMs: Infinity };
  return {
    shown: database.shown,
    read: (text, values) => patiently(() => database.read(text, values), always),
    transaction: (work, again) =>
      again === 'again'
        ? patiently(() => database.transaction(work, again), always)
        : database.transaction(work, again),
    close: database.close,
  };
}

/** Whoever starts waits so long for a database, in minutes: a machine with its database can take that long to start. */
export const LONGEST_START_MINUTES = 10;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Asks a database that may still be starting for the first time: again after a second, and then after pauses that are
 * twice as long each, up to half a minute.
 * @param ask what is asked of it
 * @param signal ends the waiting at once
 * @param onAway called once, when the waiting begins
 * @returns whether it has answered; false where the signal was aborted before
 * @throws Problem when the database is wrong and not away, or is still away after `LONGEST_START_MINUTES`
 */
export async function answers(
  ask: () => Promise<void>,
  given: Pick<Patience, 'clock' | 'signal' | 'onAway'>,
): Promise<boolean> {
  const { signal } = given;
  const pauseMs = (tries: number) => Math.min(LONGEST_PAUSE_MS, WAIT_MS * 2 ** (tries - 1));
  const asking = patiently(ask, { ...given, pauseMs, longestMs: LONGEST_START_MINUTES * 60_000 });
  try {
    // A server that takes a connection and says nothing is waited for only until the signal.
    await orAborted(asking, signal);
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}
