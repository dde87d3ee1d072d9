import { describe, expect, test } from 'vitest';
import { leapingClock, type TestClock } from '../../testing/clock.js';
import { createOffset } from './offset.js';
import { createSharedPace, LATENESS_MS, turnsAtOnce, type RateLeases } from './shared-pace.js';
import type { TurnUse } from './uses.js';

/** What the table of a database does, on a clock of its own; but it makes up for nothing. It keeps what it is sent about uses. */
function leasesOn(
  clock: TestClock,
  given: { fails?: () => boolean; uses?: TurnUse[]; slowMs?: () => number } = {},
): RateLeases {
  let next = 0;
  const latest = new Map<number, number>();
  const now = () => 5_000_000 + clock.ticks();
  const refuse = (): void => {
    if (given.fails?.() === true) throw new Error('no connection');
  };
  return {
    take: async (_, { turns, distanceMs, mostInARow, leadMs, latenessMs, uses }) => {
      await clock.sleep(given.slowMs?.() ?? 1);
      refuse();
      given.uses?.push(...uses);
      for (const { turn, at } of uses)
        if (at === undefined) latest.delete(turn);
        else latest.set(turn, at);
      const begins: number[] = [];
      const askedAt = now();
      for (;;) {
        const before = [...latest.values()].sort((one, other) => other - one)[mostInARow - 1] ?? 0;
        const turn = Math.max(next, askedAt + leadMs, before + mostInARow * distanceMs);
        if (begins.length === turns || turn > askedAt + leadMs + 500) {
          await clock.sleep(given.slowMs?.() ?? 1);
          return { begins, askAt: (begins[0] ?? turn) - leadMs - 500, now: askedAt };
        }
        begins.push(turn);
        latest.set(turn, turn + latenessMs);
        next = turn + distanceMs;
      }
    },
    rest: (_, milliseconds) => {
      refuse();
      next = Math.max(next, now() + milliseconds);
      return Promise.resolve();
    },
  };
}

/** How long after its begin each turn was used at the latest, in tens of milliseconds. */
function lateness(uses: readonly TurnUse[]): number[] {
  return uses.map(({ turn, at = NaN }) => 10 * Math.round((at - turn) / 10));
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
          const isOver = await pace.turn();
          times.push(clock.ticks());
          isOver();
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
        const isOver = await pace.turn();
        times.push(clock.ticks());
        isOver();
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

  /** A clock on which a process stands still for once, when it has slept. */
  function stalling(clock: TestClock, milliseconds: number) {
    let stalls = false;
    return {
      stall: () => {
        stalls = true;
      },
      ticks: clock.ticks,
      sleep: async (wait: number, signal?: AbortSignal) => {
        await clock.sleep(wait, signal);
        if (stalls) clock.advance(milliseconds);
        stalls = false;
      },
    };
  }

  /** Times and uses of turns, where the process stands still while it waits for the second. Each request is answered at once. */
  async function stalledFor(milliseconds: number): Promise<{ times: number[]; uses: TurnUse[] }> {
    const clock = leapingClock();
    const own = stalling(clock, milliseconds);
    const uses: TurnUse[] = [];
    const pace = createSharedPace('host', 20, { leases: leasesOn(clock, { uses }), clock: own });
    const times: number[] = [];
    for (let turn = 0; turn < 3; turn++) {
      const isOver = await pace.turn();
      isOver();
      times.push(clock.ticks());
      if (turn === 0) own.stall();
    }
    await clock.sleep(500);
    return { times, uses };
  }

  test('a turn is used late, and the database knows when', async () => {
    const { times, uses } = await stalledFor(100);
    const [first = 0, second = 0, third = 0] = times;
    expect(second - first).toBeGreaterThan(100);
    expect(third - second).toBeGreaterThanOrEqual(500 / 20);
    expect(uses.map(({ turn, at = NaN }) => at - turn > 99)).toEqual([false, true, false]);
  });

  test('a turn that is missed is not used, and given back', async () => {
    const { times, uses } = await stalledFor(LATENESS_MS + 60);
    const [first = 0, second = 0] = times;
    expect(second - first).toBeGreaterThan(LATENESS_MS);
    expect(uses.map(({ at }) => at === undefined)).toEqual([false, true, false, false]);
  });

  test('how the last turns were used is known although nobody asks for others', async () => {
    const clock = leapingClock();
    const uses: TurnUse[] = [];
    const pace = createSharedPace('host', 20, { leases: leasesOn(clock, { uses }), clock });
    const [isOver] = await Promise.all([pace.turn(), pace.turn()]);
    await clock.sleep(20);
    isOver();
    await clock.sleep(1_000);
    // The other is not answered: it may arrive as long as something stands still.
    expect(lateness(uses)).toEqual([70, 500]);
  });

  test('what a slow host has not answered has arrived when the way to it takes no longer', async () => {
    const clock = leapingClock();
    const uses: TurnUse[] = [];
    const pace = createSharedPace('host', 20, { leases: leasesOn(clock, { uses }), clock });
    for (let turn = 0; turn < 5; turn++) {
      const isOver = await pace.turn();
      await clock.sleep(300);
      isOver();
    }
    await clock.sleep(1_000);
    expect(lateness(uses)).toEqual([300, 300, 100, 100, 100]);
  });

  test('turns that are late are not used all at once', async () => {
    const clock = leapingClock();
    const own = stalling(clock, 150);
    const pace = createSharedPace('host', 20, { leases: leasesOn(clock), clock: own });
    (await pace.turn())();
    own.stall();
    const times: number[] = [];
    await Promise.all(
      [1, 2, 3].map(async () => {
        await pace.turn();
        times.push(clock.ticks());
      }),
    );
    const [first = 0, second = 0, third = 0] = times;
    expect(second - first).toBeGreaterThanOrEqual(500 / 20);
    expect(third - second).toBeGreaterThanOrEqual(500 / 20);
  });

  test('a turn that nobody waits for any more is given back', async () => {
    const clock = leapingClock();
    const uses: TurnUse[] = [];
    const pace = createSharedPace('host', 20, { leases: leasesOn(clock, { uses }), clock });
    await pace.turn();
    const stop = new AbortController();
    const stopped = pace.turn(stop.signal);
    await clock.sleep(5);
    stop.abort();
    await expect(stopped).rejects.toThrow('stopped');
    await clock.sleep(200);
    await pace.turn();
    expect(uses.filter(({ at }) => at === undefined)).toHaveLength(1);
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
  expect(offset.latestOfDatabase(120)).toBeCloseTo(1_000_200);
  offset.note(200, 202, 1_000_231);
  expect(offset.latest(1_000_300)).toBeCloseTo(271);
  // A slow question takes nothing of that away.
  offset.note(300, 900, 1_000_900);
  expect(offset.latest(1_001_000)).toBeLessThan(972);
  // A clock that was set is believed.
  offset.note(1000, 1002, 2_000_000);
  expect(offset.latest(2_000_010)).toBeCloseTo(1012);
});
