import { describe, expect, test } from 'vitest';
import { leapingClock, type TestClock } from '../../testing/clock.js';
import { createOffset } from './offset.js';
import { createSharedPace, LATEST_MS, turnsAtOnce, type RateLeases } from './shared-pace.js';

/** What the table of a database does, on a clock of its own. It keeps what it is given back. */
function leasesOn(
  clock: TestClock,
  given: { fails?: () => boolean; returned?: number[]; slowMs?: () => number } = {},
): RateLeases {
  let next = 0;
  const now = () => 5_000_000 + clock.ticks();
  const refuse = (): void => {
    if (given.fails?.() === true) throw new Error('no connection');
  };
  return {
    take: async (_, { turns, distanceMs, leadMs, missed }) => {
      await clock.sleep(given.slowMs?.() ?? 1);
      refuse();
      given.returned?.push(...missed);
      const first = Math.max(next, now() + leadMs);
      const isNear = first <= now() + leadMs + 500;
      const begins = isNear ? Array.from({ length: turns }, (_, index) => first + index * distanceMs) : [];
      if (isNear) next = first + turns * distanceMs;
      const answer = { begins, askAt: first - leadMs - 500, now: now() };
      await clock.sleep(given.slowMs?.() ?? 1);
      return answer;
    },
    rest: (_, milliseconds) => {
      refuse();
      next = Math.max(next, now() + milliseconds);
      return Promise.resolve();
    },
  };
}

function mostInASecond(times: readonly number[]): number {
  return Math.max(...times.map((begin) => times.filter((at) => at >= begin && at < begin + 1000).length));
}

describe('a rate that several processes share', () => {
  test.each([
    [20, 3],
    [100, 4],
    [2, 2],
  ])('of %i a second is kept by %i of them, and used', async (rate, processes) => {
    const clock = leapingClock();
    const leases = leasesOn(clock);
    const times: number[] = [];
    const paces = Array.from({ length: processes }, () => createSharedPace('host', rate, { leases, clock }));
    const begin = clock.ticks();
    await Promise.all(
      paces.flatMap((pace) =>
        Array.from({ length: 60 }, async () => {
          await pace.turn();
          times.push(clock.ticks());
        }),
      ),
    );
    expect(mostInASecond(times)).toBeLessThanOrEqual(rate);
    const seconds = (clock.ticks() - begin) / 1000;
    expect(times.length / seconds / rate).toBeGreaterThan(0.9);
  });

  test('lets nobody through while the database is lost, and goes on afterwards', async () => {
    const clock = leapingClock();
    const lost = { until: 3000 };
    const pace = createSharedPace('host', 20, {
      leases: leasesOn(clock, { fails: () => clock.ticks() < lost.until }),
      clock,
    });
    await pace.turn();
    expect(clock.ticks()).toBeGreaterThan(lost.until);
    expect(clock.ticks()).toBeLessThan(lost.until + 2_500);
  });

  test.each([20, 100])('of %i a second is used when the database becomes slow', async (rate) => {
    const clock = leapingClock();
    const pace = createSharedPace('host', rate, {
      leases: leasesOn(clock, { slowMs: () => (clock.ticks() < 1_000 ? 1 : 200) }),
      clock,
    });
    const times: number[] = [];
    await Promise.all(
      Array.from({ length: 10 * rate }, async () => {
        await pace.turn();
        times.push(clock.ticks());
      }),
    );
    expect(mostInASecond(times)).toBeLessThanOrEqual(rate);
    expect(clock.ticks()).toBeLessThan(14_000);
  });

  test('pauses for all', async () => {
    const clock = leapingClock();
    const leases = leasesOn(clock);
    const [one, other] = [0, 1].map(() => createSharedPace('host', 20, { leases, clock }));
    one?.pause(2_000);
    await other?.turn();
    expect(clock.ticks()).toBeGreaterThanOrEqual(2_000);
  });

  test('a turn that is missed is not used, and given back', async () => {
    const clock = leapingClock();
    let stalls = true;
    const returned: number[] = [];
    const leases = leasesOn(clock, { returned });
    const pace = createSharedPace('host', 20, {
      leases,
      clock: {
        ticks: clock.ticks,
        // The process stands still while it waits for its second turn.
        sleep: async (milliseconds) => {
          await clock.sleep(milliseconds);
          if (stalls) clock.advance(LATEST_MS + 10);
          stalls = false;
        },
      },
    });
    await pace.turn();
    const times: number[] = [clock.ticks()];
    await pace.turn();
    times.push(clock.ticks());
    await pace.turn();
    times.push(clock.ticks());
    const [first = 0, second = 0, third = 0] = times;
    expect(second - first).toBeGreaterThanOrEqual(1000 / 20);
    expect(second - first).toBeLessThan(200);
    // What is sent late comes closer to the next.
    expect(third - second).toBeGreaterThanOrEqual(1000 / 20);
    expect(returned).toHaveLength(1);
  });

  test('a turn that nobody waits for any more is given back', async () => {
    const clock = leapingClock();
    const returned: number[] = [];
    const pace = createSharedPace('host', 20, { leases: leasesOn(clock, { returned }), clock });
    await pace.turn();
    const stop = new AbortController();
    const stopped = pace.turn(stop.signal);
    await clock.sleep(5);
    stop.abort();
    await expect(stopped).rejects.toThrow('stopped');
    await clock.sleep(200);
    await pace.turn();
    expect(returned).toHaveLength(1);
  });

  test('whoever is stopped gives up waiting, and the next gets the turn', async () => {
    const clock = leapingClock();
    const pace = createSharedPace('host', 1, { leases: leasesOn(clock), clock });
    await pace.turn();
    const stop = new AbortController();
    const stopped = pace.turn(stop.signal);
    const next = pace.turn();
    stop.abort();
    await expect(stopped).rejects.toThrow('stopped');
    await next;
    expect(clock.ticks()).toBeLessThan(2_500);
  });
});

test('as many turns are taken at once as are needed for a quarter of a second and the time of an answer', () => {
  const taken = [
    turnsAtOnce(50, 50, 0),
    turnsAtOnce(50, 10, 0),
    turnsAtOnce(3, 10, 0),
    turnsAtOnce(9, 500, 0),
  ];
  expect(taken).toEqual([5, 25, 3, 1]);
  expect(turnsAtOnce(50, 50, 400)).toBe(13);
});

test('the clocks of database and process are compared more exactly the more often it is asked', () => {
  const offset = createOffset();
  offset.note(0, 100, 1_000_080);
  expect(offset.latest(1_000_100)).toBeCloseTo(120);
  offset.note(200, 202, 1_000_231);
  expect(offset.latest(1_000_300)).toBeCloseTo(271);
  // A slow question takes nothing of that away.
  offset.note(300, 900, 1_000_900);
  expect(offset.latest(1_001_000)).toBeLessThan(972);
  // A clock that was set is believed.
  offset.note(1000, 1002, 2_000_000);
  expect(offset.latest(2_000_010)).toBeCloseTo(1012);
});
