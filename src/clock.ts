import { setTimeout as wait } from 'node:timers/promises';

/** Time, as the program reads it and waits for it. Tests give it a clock that they turn themselves. */
export interface Clock {
  /** The time of day. */
  now: () => Date;
  /** Milliseconds since some moment, on a clock that is never set: for distances in time. */
  ticks: () => number;
  /**
   * Resolves after so many milliseconds.
   * @throws the reason of the signal when that is aborted before
   */
  sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => new Date(),
  ticks: () => performance.now(),
  sleep: async (milliseconds, signal) => {
    await wait(milliseconds, undefined, signal ? { signal } : undefined);
  },
};

/** `2026-02-26T17:40:00.123Z` as `2026-02-26 17:40 UTC`. */
export function readableTime(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
