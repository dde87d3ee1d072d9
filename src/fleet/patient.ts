import type { Clock } from '../clock.js';
import { Problem } from '../problem.js';
import type { Database } from '../store/postgres/connect.js';

/** What is said of a database that is away for a while: restarted, moved, or out of connections. */
const AWAY: readonly string[] = [
  'CONFORM_E_DATABASE_UNREACHABLE',
  'CONFORM_E_DATABASE_REFUSED',
  'CONFORM_E_STORE_SLOW',
];
const WAIT_MS = 1_000;

/** Whether the database is away for a while, and not wrong. */
export function isAway(error: unknown): boolean {
  return error instanceof Problem && AWAY.includes(error.code);
}

/**
 * A database that nobody gives up: while it is away, whoever asks it waits. What must not be done twice is not tried again.
 * @param signal ends the waiting
 */
export function patient(database: Database, clock: Pick<Clock, 'sleep'>, signal: AbortSignal): Database {
  const patiently = async <T>(work: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isAway(error) || signal.aborted) throw error;
        await clock.sleep(WAIT_MS, signal);
      }
    }
  };
  return {
    shown: database.shown,
    read: (text, values) => patiently(() => database.read(text, values)),
    transaction: (work, again) =>
      again === 'again'
        ? patiently(() => database.transaction(work, again))
        : database.transaction(work, again),
    close: database.close,
  };
}
