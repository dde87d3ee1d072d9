import { describe, expect, test } from 'vitest';
import { leapingClock } from '../testing/clock.js';
import { createPace } from './pace.js';

/** When so many turns came, on a clock on which nobody waits. */
async function turns(requestsPerSecond: number | undefined, count: number): Promise<number[]> {
  const clock = leapingClock();
  const pace = createPace(requestsPerSecond, clock);
  const came: number[] = [];
  await Promise.all(
    Array.from({ length: count }, async () => {
      await pace.turn();
      came.push(clock.ticks());
    }),
  );
  return came;
}

/** The most that fall into one second. */
function most(came: readonly number[]): number {
  return Math.max(...came.map((from) => came.filter((at) => at >= from && at < from + 1000).length));
}

describe('turns', () => {
  test.each([1, 5, 100])('are never more than %d in a second', async (rate) => {
    expect(most(await turns(rate, 3 * rate + 2))).toBeLessThanOrEqual(rate);
  });

  test('come at even distances, which leave room for what is bunched on its way', async () => {
    const came = await turns(100, 20);
    const distances = came.slice(1).map((at, index) => at - (came[index] ?? 0));
    expect(Math.min(...distances)).toBeGreaterThanOrEqual(10.8);
    expect(Math.max(...distances)).toBeLessThanOrEqual(11);
  });

  test('come at once where there is no limit', async () => {
    expect(await turns(undefined, 50)).toEqual(Array.from({ length: 50 }, () => 0));
  });

  test('do not come while everybody has to wait', async () => {
    const clock = leapingClock();
    const pace = createPace(undefined, clock);
    pace.pause(5000);
    pace.pause(1000);
    await pace.turn();
    expect(clock.ticks()).toBe(5000);
  });

  test('do not come for whoever is stopped', async () => {
    const pace = createPace(100, leapingClock());
    await expect(pace.turn(AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
  });
});
