import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../clock.js';
import { openDatabase, type Database } from '../store/postgres/connect.js';
import { Secrets } from '../targets/secrets.js';
import { POSTGRES_MISSING, startPostgres, type TestServer } from '../testing/postgres.js';
import { newStoreDatabase, openStoreDatabase } from '../testing/store-database.js';
import { nightsIn, type Held, type Nights, type Outcome } from './nights.js';
import { partName } from './part-records.js';
import { openQueue, type Queue } from './queue.js';
import { rateLeasesIn } from './rate/leases.js';
import type { TurnUse } from './rate/uses.js';

const NIGHT = '2026-02-26';
const GREEN: Outcome = { colour: 'GREEN', exitCode: 0, runs: ['one'], why: undefined };

describe.skipIf(POSTGRES_MISSING !== undefined)('a fleet in PostgreSQL keeps', () => {
  describe('the nights', () => {
    let server: TestServer;
    let database: Database;
    let queue: Queue;
    let nights: Nights;
    beforeAll(async () => {
      server = await startPostgres();
      database = await openStoreDatabase(server);
    });
    afterAll(async () => {
      await database.close();
      await server.close();
    });

    async function begun(fleet: string, agencies: readonly string[], parts = 1, deadlineMs = 600_000) {
      queue = await openQueue(database, fleet, { limit: 1, delayMs: 1 }, false);
      nights = nightsIn(database, queue);
      const put = () =>
        nights.begin(
          { fleet, night: NIGHT, deadlineMs },
          agencies.map((agency) => ({ agency, parts })),
        );
      return { put, close: queue.close };
    }

    const taken = async (): Promise<Held> => {
      const held = await nights.take(randomUUID(), randomUUID());
      if (held === undefined || held === 'again') throw new Error(`nothing to take: ${String(held)}`);
      return held;
    };
    /** Takes a night as soon as its wait is over. */
    const takenLater = async (): Promise<Held> => {
      for (;;) {
        const held = await nights.take(randomUUID(), randomUUID());
        if (held !== undefined && held !== 'again') return held;
        await systemClock.sleep(100);
      }
    };
    const nothing = { changes: new Map<string, string>(), secrets: new Secrets() };
    const rowsOf = (fleet: string) =>
      database.read(
        'select agency, part, state, why from conform.agency_night where fleet = $1 order by 1, 2',
        [fleet],
      );
    const lapse = (fleet: string) =>
      database.read(
        "update conform.agency_night set leased_until = now() - interval '1 second' where fleet = $1 and state = 'running' returning 1",
        [fleet],
      );

    test('are put by any number that open the queue at the same time in a database without one', async () => {
      const { address } = await newStoreDatabase(server);
      const databases = await Promise.all([1, 2, 3, 4].map(() => openDatabase(address, systemClock)));
      try {
        await Promise.all(databases.map((one) => one.read('select 1')));
        const queues = await Promise.all(
          databases.map((one) => openQueue(one, 'new', { limit: 1, delayMs: 1 }, false)),
        );
        await Promise.all(queues.map((one) => one.close()));
      } finally {
        await Promise.all(databases.map((one) => one.close()));
      }
    });

    test('have one job each, whoever puts them, and however often', async () => {
      const { put, close } = await begun('once', ['one', 'two']);
      const counts = await Promise.all([put(), put(), put()]);
      expect(counts.reduce((sum, count) => sum + count)).toBe(2);
      const held = [await taken(), await taken()];
      expect(await nights.take(randomUUID(), randomUUID())).toBeUndefined();
      expect(held.map(({ job }) => job.agency).sort()).toEqual(['one', 'two']);
      for (const one of held) await nights.record(one, GREEN, nothing);
      expect(await put()).toBe(0);
      expect(await nights.take(randomUUID(), randomUUID())).toBeUndefined();
      expect(await nights.open('once')).toBe(0);
      await close();
    });

    test('a worker whose night was taken over records nothing', async () => {
      const { put, close } = await begun('fenced', ['fenced-agency']);
      await put();
      const paused = await taken();
      await lapse('fenced');
      expect(await nights.sweep('fenced')).toBe(1);
      const next = await taken();
      const write = (text: string) => ({
        changes: new Map([['notes/a.json', text]]),
        secrets: new Secrets(),
      });
      await expect(nights.record(paused, GREEN, write('of the paused one'))).rejects.toMatchObject({
        code: 'CONFORM_E_FLEET_LEASE_LOST',
      });
      await nights.fail(paused, 'CONFORM_E_INTERNAL');
      await nights.giveBack([paused]);
      await nights.record(next, GREEN, write('of the next'));
      // Whoever has recorded it may ask again: its answer may have been lost.
      await nights.record(next, GREEN, write('of the next'));
      await expect(nights.record(paused, GREEN, write('late'))).rejects.toThrow('another worker');
      expect(await database.read("select text from conform.record where agency = 'fenced-agency'")).toEqual([
        { text: 'of the next' },
      ]);
      await close();
    });

    test('what fails is tried again, and then among the dead letters', async () => {
      const { put, close } = await begun('failing', ['failing-agency']);
      await put();
      await nights.fail(await taken(), 'CONFORM_E_FLEET_VALUE_MISSING');
      expect(await rowsOf('failing')).toMatchObject([
        { state: 'waiting', why: 'CONFORM_E_FLEET_VALUE_MISSING' },
      ]);
      const held = await takenLater();
      expect(held.isLastTry).toBe(true);
      await nights.fail(held, 'CONFORM_E_FLEET_VALUE_MISSING');
      expect(await rowsOf('failing')).toMatchObject([{ state: 'dead' }]);
      expect(
        await database.read("select data from conform_jobs.job where name = 'fleet-failing-dead'"),
      ).toEqual([{ data: { fleet: 'failing', agency: 'failing-agency', night: NIGHT, part: 0 } }]);
      await close();
    });

    test.each<[who: string, fleet: string, leave: (held: Held) => Promise<unknown>]>([
      ['a worker that is stopped gives back', 'stopped', (held) => nights.giveBack([held])],
      ['a worker that died leaves', 'died', () => lapse('died').then(() => nights.sweep('died'))],
    ])('what %s after a try that failed has as many tries left', async (_, fleet, leave) => {
      const { put, close } = await begun(fleet, [`${fleet}-agency`]);
      await put();
      await leave(await taken());
      const first = await taken();
      expect(first.isLastTry).toBe(false);
      await nights.fail(first, 'CONFORM_E_FLEET_VALUE_MISSING');
      const second = await takenLater();
      expect(second.isLastTry).toBe(true);
      await leave(second);
      const third = await taken();
      expect(third.isLastTry).toBe(true);
      const waits = await database.read('select retry_delay as wait from conform_jobs.job where name = $1', [
        `fleet-${fleet}`,
      ]);
      // The first wait was one second, and each wait is twice as long as the one before.
      expect(waits).toEqual([{ wait: 2 }]);
      await nights.fail(third, 'CONFORM_E_FLEET_VALUE_MISSING');
      expect(await rowsOf(fleet)).toMatchObject([{ state: 'dead' }]);
      await close();
    });

    test('parts are joined when the last of them is recorded, and given up with one of them', async () => {
      const { put, close } = await begun('parted', ['parted-agency'], 3);
      await put();
      const parts = [await taken(), await taken(), await taken()];
      expect(parts.map(({ job }) => job.part).sort()).toEqual([1, 2, 3]);
      expect(await nights.take(randomUUID(), randomUUID())).toBeUndefined();
      const asked = { ...GREEN, colour: undefined, exitCode: undefined };
      await Promise.all(parts.map((part) => nights.record(part, asked, nothing)));
      const whole = await taken();
      expect([whole.job.part, whole.parts]).toEqual([0, 3]);
      await nights.record(whole, GREEN, nothing);
      await close();
    });

    test('of a night that is given up no part is kept, whenever it was recorded', async () => {
      const { put, close } = await begun('broken', ['broken-agency'], 3);
      await put();
      const parts = [await taken(), await taken(), await taken()];
      const [first, second, third] = parts;
      if (!first || !second || !third) throw new Error('three parts');
      const write = { changes: new Map([[partName(NIGHT, 1), 'a run']]), secrets: new Secrets() };
      const kept = () => database.read("select name from conform.record where agency = 'broken-agency'");
      await nights.record(first, GREEN, write);
      expect(await kept()).toHaveLength(1);
      await nights.fail({ ...second, isLastTry: true }, 'CONFORM_E_INTERNAL');
      expect(await kept()).toEqual([]);
      await nights.record(third, GREEN, write);
      expect(await kept()).toEqual([]);
      expect(await rowsOf('broken')).toMatchObject([{ part: 0, state: 'dead' }, {}, {}, {}]);
      await close();
    });

    test('a deadline that has passed ends what waits', async () => {
      const { put, close } = await begun('late', ['late-agency'], 1, 1);
      await put();
      await systemClock.sleep(50);
      await nights.sweep('late');
      expect(await rowsOf('late')).toMatchObject([
        { state: 'failed', why: 'CONFORM_E_FLEET_DEADLINE_PASSED' },
      ]);
      await close();
    });

    describe('turns of a host', () => {
      // Distances so long that no machine is too slow for them.
      const distanceMs = 600_000;
      const leases = () => rateLeasesIn(database, 1e12);
      const wanted = { turns: 1, distanceMs, mostInARow: 3, leadMs: 0, latenessMs: 0 };
      const takeOne = async (host: string, uses: readonly TurnUse[] = [], latenessMs = 0) => {
        const { begins } = await leases().take(host, { ...wanted, latenessMs, uses });
        const [at = NaN] = begins;
        return at;
      };
      const missed = (turn: number): TurnUse => ({ turn, at: undefined });
      const distances = (turns: readonly number[], from = turns[0] ?? NaN) =>
        turns.map((turn) => Math.round((100 * (turn - from)) / distanceMs) / 100);

      test('are apart, however many ask at once', async () => {
        const two = { ...wanted, turns: 2, uses: [] };
        const taken = await Promise.all(Array.from({ length: 20 }, () => leases().take('a-host', two)));
        const begins = taken.flatMap((one) => one.begins).sort((one, other) => one - other);
        expect(begins).toHaveLength(40);
        for (const [index, at] of begins.entries())
          if (index > 0) expect((at - (begins[index - 1] ?? 0)) / distanceMs).toBeCloseTo(1, 3);
      });

      test('that were missed are made up for, each once, and never more in a row than without', async () => {
        const first = await takeOne('missing');
        const [second, third] = [await takeOne('missing'), await takeOne('missing')];
        const fourth = await takeOne('missing', [missed(second)]);
        // It is said once more, as an answer may be lost.
        const fifth = await takeOne('missing', [missed(second)]);
        const sixth = await takeOne('missing');
        expect(distances([first, second, third, fourth, fifth, sixth])).toEqual([0, 1, 2, 2.5, 3, 5]);
        // Of those in use, any three and one more are three distances apart, though all of these were missed.
        const used = [first, third, fourth, fifth, sixth];
        for (let round = 0; round < 3; round++) {
          const lost = [await takeOne('missing'), await takeOne('missing'), await takeOne('missing')];
          for (let number = 0; number < 5; number++)
            used.push(await takeOne('missing', number === 0 ? lost.map(missed) : []));
        }
        for (let index = 3; index < used.length; index++)
          expect(((used[index] ?? 0) - (used[index - 3] ?? 0)) / distanceMs).toBeGreaterThan(2.999);
      });

      test('count as used as late as they may be, until it is known when that was', async () => {
        const late = 0.8 * distanceMs;
        const first = await takeOne('late', [], late);
        const others = [await takeOne('late', [], late), await takeOne('late', [], late)];
        const fourth = await takeOne('late', [], late);
        const uses = [...others, fourth].map((turn) => ({ turn, at: turn + 0.1 * distanceMs }));
        const fifth = await takeOne('late', uses, late);
        expect(distances([fourth, fifth], first)).toEqual([3.8, 4.3]);
      });

      test('begin after the time that a host has asked for, also those that are made up for', async () => {
        const first = await takeOne('resting');
        await leases().rest('resting', 3_600_000_000);
        const next = await takeOne('resting', [missed(first)]);
        expect(next - first).toBeGreaterThanOrEqual(3_600_000_000);
      });

      test('that are far away are given to nobody', async () => {
        const near = rateLeasesIn(database);
        const one = { ...wanted, uses: [] };
        const taken = await near.take('far', one);
        expect(taken.begins).toHaveLength(1);
        const [then, later] = [await near.take('far', one), await near.take('far', one)];
        expect([then.begins, later.begins]).toEqual([[], []]);
        expect(later.askAt).toBeCloseTo(then.askAt, 0);
        expect(later.askAt - later.now).toBeLessThan(distanceMs);
      });
    });
  });
});
