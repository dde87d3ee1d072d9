import { systemClock } from '../clock.js';
import { leapingClock, type TestClock } from './clock.js';

/**
 * The clock of all commands of a test file, so that one that runs after another also starts later. A worker runs many files,
 * and the clock leaps: each file begins with the time of the machine (`set-clock.ts`).
 */
export const testClock: TestClock = leapingClock();

/** Lets a command start later than what was before it, and no earlier than it is: hosts of tests say the time of the machine. */
export function passTime(): void {
  testClock.advance(Math.max(1000, systemClock.now().getTime() - testClock.now().getTime()));
}
