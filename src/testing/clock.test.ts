import { expect, test } from 'vitest';
import { systemClock } from '../clock.js';
import { leapingClock } from './clock.js';

test('a clock that leaps wakes every sleeper, also where the sum of two waits is not exact', async () => {
  const clock = leapingClock();
  // 1.1 + (5.3 - 1.1) is less than 5.3.
  await Promise.all([clock.sleep(1.1), clock.sleep(5.3)]);
  expect(clock.ticks()).toBe(5.3);
});

test('a clock that was ahead of the machine has its time of day again, and its ticks go on', async () => {
  const [clock, hour] = [leapingClock(), 3_600_000];
  await clock.sleep(hour);
  expect(clock.now().getTime() - systemClock.now().getTime()).toBeGreaterThan(hour / 2);
  clock.setToMachine();
  expect(Math.abs(clock.now().getTime() - systemClock.now().getTime())).toBeLessThan(hour / 2);
  expect(clock.ticks()).toBe(hour);
});
