import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock, type Clock } from '../clock.js';
import type { Database } from '../store/postgres/connect.js';
import { Secrets } from '../targets/secrets.js';
import { POSTGRES_MISSING, startPostgres, type TestServer } from '../testing/postgres.js';
import { openStoreDatabase } from '../testing/store-database.js';
import type { Fleet } from './file.js';
import { LEASE_MS, UNSURE_MS } from './lease.js';
import { nightsIn, type Outcome } from './nights.js';
import { openQueue } from './queue.js';
import { work, type Pass } from './work.js';

const NIGHT = '2026-02-26';
const DEADLINE_MS = 600_000;
const GREEN: Outcome = { colour: 'GREEN', exitCode: 0, runs: ['one'], why: undefined };
const HOUR_MS = 3_600_000;

/** The clock of the machine, on which what is waited for comes forty times as soon. */
const FASTER = 40;
const quickClock: Clock = {
  now: systemClock.now,
  ticks: () => systemClock.ticks() * FASTER,
  sleep: (milliseconds, signal) => systemClock.sleep(milliseconds / FASTER, signal),
};

describe.skipIf(POSTGRES_MISSING !== undefined)('a worker', () => {
  let server: TestServer;
  let database: Database;
  beforeAll(async () => {
    server = await startPostgres();
    database = await openStoreDatabase(server);
  });
  afterAll(async () => {
    await database.close();
    await server.close();
  });

  const fleetOf = (name: string): Fleet => ({
    ...{ name, file: 'fleet.yaml', folder: '.', deadlineMs: DEADLINE_MS, faults: [] },
    ...{ retries: { limit: 1, delayMs: 1 }, keepDays: undefined },
    agencies: [
      {
        ...{ name: `${name}-agency`, place: { file: 'fleet.yaml' }, schedule: 'daily', credentials: {} },
        ...{
          target: undefined,
          agencyId: undefined,
          spec: undefined,
          consumers: undefined,
          parts: undefined,
        },
      },
    ],
  });

  /** Puts the night of one agency, and has a worker pass it. */
  async function working(
    name: string,
    pass: Pass,
    given: { clock?: Clock; database?: Database; untilEmpty?: boolean } = {},
  ) {
    const fleet = fleetOf(name);
    const queue = await openQueue(database, name, fleet.retries, false);
    const nights = nightsIn(database, queue);
    await nights.begin({ fleet: name, night: NIGHT, deadlineMs: DEADLINE_MS }, [
      { agency: `${name}-agency`, parts: 1 },
    ]);
    const stop = new AbortController();
    const faults: Error[] = [];
    const done = work({
      ...{ fleet, queue, pass, database, clock: quickClock, concurrency: 1, untilEmpty: true, ...given },
      ...{ signal: stop.signal, onPassed: () => undefined, onFault: (_, error) => faults.push(error) },
    });
    return { done, stop, nights, faults, close: queue.close };
  }

  const rowsOf = (fleet: string) =>
    database.read(
      `select state, attempts, lease, leased_until is not null as leased from conform.agency_night where fleet = $1`,
      [fleet],
    );
  const green = () => ({ outcome: GREEN, changes: new Map<string, string>(), secrets: new Secrets() });

  /** A pass that goes on until it is stopped, and says when it has begun. */
  function endless() {
    let say: (signal: AbortSignal) => void = () => undefined;
    const begun = new Promise<AbortSignal>((resolve) => {
      say = resolve;
    });
    const pass: Pass = (_, __, { signal }) =>
      new Promise((_resolve, reject) => {
        say(signal);
        signal.addEventListener('abort', () => {
          reject(new Error('stopped'));
        });
      });
    return { begun, pass };
  }

  test('that is stopped gives its night back at once, without counting a try', async () => {
    const { begun, pass } = endless();
    const { done, stop, nights, faults, close } = await working('stopped', pass);
    await begun;
    stop.abort();
    expect(await done).toEqual({ done: 0, failed: 0 });
    expect(faults).toEqual([]);
    expect(await rowsOf('stopped')).toMatchObject([{ state: 'waiting', attempts: 0, leased: false }]);
    expect(
      await database.read("select 1 from conform.worker where fleet = 'stopped' and stopped_at is null"),
    ).toEqual([]);
    expect(await nights.take(randomUUID(), randomUUID())).toMatchObject({ isLastTry: false });
    await close();
  });

  test('that is stopped records nothing of a night that does not end for it', async () => {
    const { begun, pass } = endless();
    const late: Pass = async (...given) => {
      await pass(...given).catch(() => undefined);
      return green();
    };
    const { done, stop, close } = await working('late', late);
    await begun;
    stop.abort();
    await done;
    expect(await rowsOf('late')).toMatchObject([{ state: 'waiting', attempts: 0, leased: false }]);
    await close();
  });

  test('whose night another has taken over ends it, and leaves it to the other', async () => {
    const { begun, pass } = endless();
    const { done, stop, faults, close } = await working('taken', pass, { untilEmpty: false });
    const signal = await begun;
    const other = randomUUID();
    await database.read(
      `update conform.agency_night set lease = $1, leased_by = $1, leased_until = now() + interval '1 hour'
      where fleet = 'taken' returning 1`,
      [other],
    );
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve);
    });
    stop.abort();
    await done;
    expect(faults.filter(({ message }) => message !== 'stopped')).toEqual([]);
    expect(await rowsOf('taken')).toMatchObject([{ state: 'running', lease: other, leased: true }]);
    await close();
  });

  test.each([
    ['slow', -9 * HOUR_MS],
    ['fast', 9 * HOUR_MS],
  ])('whose clock is hours %s goes by the clock of the database', async (name, wrongMs) => {
    const clock: Clock = {
      now: () => new Date(systemClock.now().getTime() + wrongMs),
      ticks: () => systemClock.ticks() + 9 * HOUR_MS,
      sleep: systemClock.sleep,
    };
    const seen: unknown[] = [];
    const pass: Pass = async (held, _, { paceOf }) => {
      const pace = paceOf(`http://${name}.example`, 1000);
      for (let turn = 0; turn < 3; turn++) await pace.turn();
      seen.push(
        held.leftMs > 0 && held.leftMs <= DEADLINE_MS,
        ...(await database.read(
          `select leased_until between now() and now() + interval '${LEASE_MS} milliseconds' as held
          from conform.agency_night where fleet = $1`,
          [`clock-${name}`],
        )),
        ...(await database.read(
          "select next_at between now() - interval '1 hour' and now() + interval '1 hour' as near from conform.host_rate where host = $1",
          [`${name}.example`],
        )),
      );
      return green();
    };
    const { done, close } = await working(`clock-${name}`, pass, { clock });
    expect(await done).toEqual({ done: 1, failed: 0 });
    expect(seen).toEqual([true, { held: true }, { near: true }]);
    expect(await rowsOf(`clock-${name}`)).toMatchObject([{ state: 'recorded', attempts: 1 }]);
    await close();
  });

  test('sends nothing while the database does not answer, and goes on when it does', async () => {
    let isBack: Promise<void> = Promise.resolve();
    let comeBack: () => void = () => undefined;
    const slow: Database = {
      ...database,
      read: async (text, values) => {
        await isBack;
        return database.read(text, values);
      },
    };
    const seen: string[] = [];
    const pass: Pass = async (_, __, { paceOf }) => {
      const pace = paceOf('http://slow.example', undefined);
      await pace.turn();
      isBack = new Promise((resolve) => {
        comeBack = resolve;
      });
      // A heartbeat that was on its way may still be answered.
      await quickClock.sleep(3 * UNSURE_MS);
      const turn = pace.turn().then(() => seen.push('sent'));
      await quickClock.sleep(UNSURE_MS);
      seen.push('back');
      comeBack();
      await turn;
      return green();
    };
    const { done, close } = await working('away', pass, { database: slow });
    expect(await done).toEqual({ done: 1, failed: 0 });
    expect(seen).toEqual(['back', 'sent']);
    await close();
  });
});
