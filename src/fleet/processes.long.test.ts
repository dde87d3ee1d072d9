import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../clock.js';
import { temporaryFolder } from '../testing/folder.js';
import { setUpFleet, type SetUp } from '../testing/fleet/set-up.js';
import { POSTGRES_MISSING, startPostgres, type TestServer } from '../testing/postgres.js';
import { relayTo } from '../testing/relay.js';
import { UNSURE_MS } from './lease.js';

const NIGHT = '2026-02-26';
/** After its lease a night is taken over within this, however busy the machine is. */
const TAKEN_OVER_MS = 90_000;

/** Waits until something is so. */
async function until(
  what: string,
  isSo: () => Promise<boolean> | boolean,
  longestMs = 60_000,
): Promise<void> {
  const end = systemClock.ticks() + longestMs;
  while (!(await isSo())) {
    if (systemClock.ticks() > end) throw new Error(`it never came to it that ${what}`);
    await wait(50);
  }
}

describe.skipIf(POSTGRES_MISSING !== undefined)('workers that are processes', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.close());

  interface Stage {
    setUp: SetUp;
    url: string;
    database: pg.Client;
    nights: () => Promise<Row[]>;
  }
  interface Row {
    state: string;
    attempts: number;
    leased: boolean;
    runs: number;
  }

  /** A night that was put, and whoever works on it is started by the test. */
  async function staged(
    shape: { agencies: number; onLimited: number },
    play: (stage: Stage) => Promise<void>,
  ): Promise<void> {
    await using folder = await temporaryFolder();
    const url = await server.newDatabase();
    const setUp = await setUpFleet(folder.path, { ...shape, seed: 20 }, { store: url });
    const database = await server.connect(url);
    const nights: Stage['nights'] = async () =>
      (
        await database.query<Row>(
          `select state, attempts, leased_until is not null as leased, cardinality(runs) as runs
          from conform.agency_night order by agency`,
        )
      ).rows;
    try {
      const put = await setUp.fleet(['run', '--night', NIGHT]);
      expect(put, put.err).toMatchObject({ code: 0 });
      await play({ setUp, url, database, nights });
    } finally {
      await setUp.close();
      await database.end();
    }
  }

  const recordedAtOnce = { state: 'recorded', attempts: 1, leased: false, runs: 1 };

  const WAITING = /cannot be reached\. Waiting for it, for up to 10 minutes\./g;

  test('one that is started before its database waits for it, says so once, and then begins', async () => {
    await staged({ agencies: 2, onLimited: 0 }, async ({ setUp, url, nights }) => {
      await using between = await relayTo(url);
      await between.cut();
      const worker = setUp.startWorker(['--until-empty'], between.url);
      await worker.notes(WAITING);
      // It has asked a second time by now.
      await wait(2_500);
      expect(worker.child.exitCode).toBeNull();
      await between.listen();
      const { code, err } = await worker.done;
      expect([code, err.match(WAITING)?.length]).toEqual([0, 1]);
      expect(await nights()).toEqual(Array.from({ length: 2 }, () => recordedAtOnce));
    });
  });

  test('one that waits for its database is stopped at once, as when it is drained', async () => {
    await staged({ agencies: 1, onLimited: 0 }, async ({ setUp, url, nights }) => {
      await using refusing = await relayTo(url);
      await refusing.cut();
      const waiting = setUp.startWorker([], refusing.url);
      await waiting.notes(WAITING);
      waiting.child.kill('SIGTERM');
      expect(await waiting.done).toMatchObject({ code: 143, out: '0 done; failed tries: 0.\n' });

      const silent = createServer().listen(0, '127.0.0.1');
      await once(silent, 'listening');
      const address = silent.address();
      if (address === null || typeof address === 'string') throw new Error('no port');
      const there = new URL(url);
      there.hostname = address.address;
      there.port = String(address.port);
      const connecting = setUp.startWorker([], there.href);
      await once(silent, 'connection');
      connecting.child.kill('SIGTERM');
      expect(await connecting.done).toEqual({ code: 143, out: '0 done; failed tries: 0.\n', err: '' });
      silent.close();
      expect(await nights()).toMatchObject([{ state: 'waiting', attempts: 0 }]);
    });
  });

  test('one that is stopped gives its nights back, and that counts as no try', async () => {
    await staged({ agencies: 4, onLimited: 0 }, async ({ setUp, database, nights }) => {
      const release = setUp.open.hold();
      const worker = setUp.startWorker(['--concurrency', '2']);
      await until('it asks for two agencies', () => setUp.open.seen.arrivals.length === 2);
      worker.child.kill('SIGTERM');
      const { code, err } = await worker.done;
      expect([code, err]).toEqual([143, expect.not.stringContaining('conform: stopped before')]);
      expect(await nights()).toEqual(
        Array.from({ length: 4 }, () => ({ state: 'waiting', attempts: 0, leased: false, runs: 0 })),
      );
      const { rows } = await database.query('select 1 from conform.worker where stopped_at is null');
      expect(rows).toEqual([]);
      release();
      // It takes nothing but what it finds: a lease that was left would keep it for 15 seconds.
      expect((await setUp.startWorker(['--until-empty', '--concurrency', '4']).done).code).toBe(0);
      expect(await nights()).toEqual(Array.from({ length: 4 }, () => recordedAtOnce));
    });
  });

  test('a second signal ends it at once, and what it held is taken over', async () => {
    await staged({ agencies: 1, onLimited: 0 }, async ({ setUp, database, nights }) => {
      const release = setUp.open.hold();
      const worker = setUp.startWorker(['--concurrency', '1']);
      await until('it asks', () => setUp.open.seen.arrivals.length === 1);
      // It cannot give its night back, and would wait for that.
      await database.query('begin; lock table conform.agency_night in access exclusive mode');
      worker.child.kill('SIGINT');
      await wait(300);
      worker.child.kill('SIGINT');
      const { code, err } = await worker.done;
      expect([code, err]).toEqual([130, expect.not.stringContaining('conform: stopped before')]);
      await database.query('rollback');
      expect(await nights()).toMatchObject([{ state: 'running', leased: true }]);
      release();
      expect((await setUp.startWorker(['--until-empty']).done).code).toBe(0);
      expect(await nights()).toEqual([{ ...recordedAtOnce, attempts: 2 }]);
    });
  });

  test('one that was paused for longer than its lease records nothing and sends nothing more', async () => {
    await staged({ agencies: 1, onLimited: 0 }, async ({ setUp, nights, database }) => {
      const { seen } = setUp.open;
      const release = setUp.open.hold();
      const paused = setUp.startWorker(['--until-empty']);
      await until('it asks', () => seen.arrivals.length === 1);
      paused.child.kill('SIGSTOP');
      const other = setUp.startWorker(['--until-empty']);
      await until('the other asks', () => seen.arrivals.length === 2, TAKEN_OVER_MS);
      release();
      expect((await other.done).code).toBe(0);
      expect(await nights()).toEqual([{ ...recordedAtOnce, attempts: 2 }]);
      const asked = seen.arrivals.length;
      const { rows: kept } = await database.query('select * from conform.record order by agency, name');
      paused.child.kill('SIGCONT');
      expect((await paused.done).code).toBe(0);
      expect(seen.arrivals.length).toBe(asked);
      expect(await nights()).toEqual([{ ...recordedAtOnce, attempts: 2 }]);
      expect((await database.query('select * from conform.record order by agency, name')).rows).toEqual(kept);
      // Each of the two has asked for a token, and only one has used its own.
      expect(new Set(seen.arrivals.map(({ session }) => session)).size).toBe(2);
    });
  });

  test('what a host asks one of them to wait for holds all of them', async () => {
    await staged({ agencies: 8, onLimited: 8 }, async ({ setUp, database, nights }) => {
      const workers = [1, 2].map(() => setUp.startWorker(['--until-empty', '--concurrency', '2']));
      const asking = async () =>
        (
          await database.query(
            "select distinct leased_by from conform.agency_night where state = 'running' and leased_by is not null",
          )
        ).rows.length;
      await until('both are asking', async () => (await asking()) === 2 && setUp.limited.seen.tokens > 3);
      const seconds = 10;
      const at = await setUp.limited.throttleNext(seconds);
      for (const { done } of workers) expect((await done).code).toBe(0);
      // What had its turn before the database knew of it may still come, however slowly a busy machine says so.
      const during = setUp.limited.seen.arrivals.filter(
        (one) => one.at > at + 5_000 && one.at < at + seconds * 1000,
      );
      expect(during).toEqual([]);
      expect(setUp.limited.seen.arrivals.some((one) => one.at > at + seconds * 1000)).toBe(true);
      expect(await nights()).toEqual(Array.from({ length: 8 }, () => recordedAtOnce));
    });
  });

  test('a database that answers slowly, and one that is gone for longer than a heartbeat, lose nothing', async () => {
    await staged({ agencies: 12, onLimited: 12 }, async ({ setUp, url, nights }) => {
      await using between = await relayTo(url);
      const { seen } = setUp.limited;
      const worker = setUp.startWorker(['--until-empty', '--concurrency', '4'], between.url);
      await until('it asks', () => seen.tokens === 4);
      between.delay(300);
      await until('it goes on', () => seen.tokens > 5);
      between.delay(0);
      const cutAt = systemClock.ticks();
      await between.cut();
      await wait(UNSURE_MS + 6_000);
      const backAt = systemClock.ticks();
      await between.listen();
      expect((await worker.done).code).toBe(0);
      expect(seen.arrivals.filter((one) => one.at > cutAt + UNSURE_MS + 2_000 && one.at < backAt)).toEqual(
        [],
      );
      expect(seen.arrivals.some((one) => one.at > backAt)).toBe(true);
      expect(await nights()).toEqual(Array.from({ length: 12 }, () => recordedAtOnce));
    });
  });
});
