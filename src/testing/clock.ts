import { systemClock, type Clock } from '../clock.js';

/** A clock that only a test turns. */
export interface TestClock extends Clock {
  /** Turns it forward; whoever slept until then wakes. */
  advance: (milliseconds: number) => void;
  /** Sets the time of day to that of the machine; what is measured by ticks goes on. */
  setToMachine: () => void;
}

/** A clock that stands still until it is advanced. */
export function standingClock(start = systemClock.now()): TestClock {
  return createClock(start, () => undefined);
}

/**
 * A clock on which nobody waits: as soon as there is nothing else to do, it leaps to the moment at which the next
 * sleeper wakes. So what is paced takes the time that it should by this clock, and next to none by that of the machine.
 */
export function leapingClock(start = systemClock.now()): TestClock {
  return createClock(start, (leap) => {
    setImmediate(leap);
  });
}

/** @param onSleep given a function that wakes the next sleeper */
function createClock(given: Date, onSleep: (leap: () => void) => void): TestClock {
  let start = given.getTime();
  let elapsed = 0;
  const sleepers = new Set<{ until: number; wake: () => void }>();
  /** Sums of fractions are not exact, so a moment is set and not reached by adding: a sleeper would never wake. */
  const turnTo = (moment: number): void => {
    elapsed = Math.max(elapsed, moment);
    for (const sleeper of [...sleepers].sort((one, other) => one.until - other.until)) {
      if (sleeper.until > elapsed) continue;
      sleepers.delete(sleeper);
      sleeper.wake();
    }
  };
  const leap = (): void => {
    const next = Math.min(...[...sleepers].map(({ until }) => until));
    if (Number.isFinite(next)) turnTo(next);
  };
  return {
    now: () => new Date(start + elapsed),
    ticks: () => elapsed,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const stop = (): void => {
          sleepers.delete(sleeper);
          reject(new Error('stopped', { cause: signal?.reason }));
        };
        const wake = (): void => {
          signal?.removeEventListener('abort', stop);
          resolve();
        };
        const sleeper = { until: elapsed + milliseconds, wake };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', stop, { once: true });
        onSleep(leap);
      }),
    advance: (milliseconds) => {
      turnTo(elapsed + milliseconds);
    },
    setToMachine: () => {
      start = systemClock.now().getTime() - elapsed;
    },
  };
}
