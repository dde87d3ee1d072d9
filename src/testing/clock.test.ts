import { expect, test } from 'vitest';
import { leapingClock } from './clock.js';

test('a clock that leaps wakes every sleeper, also where the sum of two waits is not exact', async () => {
  const clock = leapingClock();
  // 1.1 + (5.3 - 1.1) is less than 5.3.
  await Promise.all([clock.sleep(1.1), clock.sleep(5.3)]);
  expect(clock.ticks()).toBe(5.3);
});
