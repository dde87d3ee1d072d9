import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../clock.js';

/** A clock that only a test turns. */
export interface TestClock extends Clock {
  /** Turns it forward; whoever slept until then wakes. */
  advance: (milliseconds: number) => void;
}

/** A clock that stands still until it is advanced. */
export function standingClock(start = new Date()): TestClock {
  let elapsed = 0;
  const sleepers = new Set<{ until: number; wake: () => void }>();
  return {
    now: () => new Date(start.getTime() + elapsed),
    ticks: () => elapsed,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const sleeper = { until: elapsed + milliseconds, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          reject(new Error('stopped', { cause: signal.reason }));
        });
      }),
    advance: (milliseconds) => {
      elapsed += milliseconds;
      for (const sleeper of sleepers) {
        if (sleeper.until > elapsed) continue;
        sleepers.delete(sleeper);
        sleeper.wake();
      }
    },
  };
}

/**
 * A clock on which nobody waits: whoever sleeps turns it to the end of the sleep, and goes on at once. So what is
 * paced takes the time that it should by this clock, and next to none by that of the machine.
 */
export function leapingClock(start = new Date()): TestClock {
  const clock = standingClock(start);
  return {
    ...clock,
    sleep: async (milliseconds, signal) => {
      const until = clock.ticks() + milliseconds;
      await turn();
      signal?.throwIfAborted();
      if (until > clock.ticks()) clock.advance(until - clock.ticks());
    },
  };
}
