import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type pg from 'pg';
import { systemClock } from '../../clock.js';
import { openDatabase, type Database } from '../../store/postgres/connect.js';
import { POSTGRES_MISSING, startPostgres, type TestServer } from '../../testing/postgres.js';
import { newStoreDatabase } from '../../testing/store-database.js';
import type { Fault } from '../../tickets/faults.js';
import { seedNights, type SeededNight } from '../../testing/fleet-nights.js';
import { daysBefore } from './days.js';
import type { FleetFacts } from './facts.js';
import { fleetsIn, readFacts } from './read.js';
import { exitCodeOf, newTonight, summaryOf } from './summary.js';

const NIGHT = '2026-03-10';
const DAYS = Array.from({ length: 10 }, (_, index) => daysBefore(NIGHT, 9 - index));
const AGENCIES = Array.from({ length: 40 }, (_, index) => `agency-${String(index).padStart(2, '0')}`);

const MISSING: Fault = {
  key: 'route-missing 00000000000000aa',
  cause: 'route-missing',
  side: 'vendor',
  operations: ['GET /a/', 'GET /b/'],
};
const CRASH: Fault = {
  key: 'crashed 00000000000000bb',
  cause: 'crashed',
  side: 'vendor',
  operations: ['GET /c/'],
};
const TOKEN: Fault = {
  key: 'us token-expired 00000000000000cc',
  cause: 'token-expired',
  side: 'us',
  operations: ['GET /a/'],
};

let server: TestServer;
let database: pg.Client;
let reading: Database;
beforeAll(async () => {
  if (POSTGRES_MISSING !== undefined) return;
  server = await startPostgres();
  const { url, address } = await newStoreDatabase(server);
  reading = await openDatabase(address, systemClock);
  database = await server.connect(url);
});
afterAll(async () => {
  if (POSTGRES_MISSING !== undefined) return;
  await database.end();
  await reading.close();
  await server.close();
});
beforeEach(async ({ skip }) => {
  if (POSTGRES_MISSING !== undefined) skip(POSTGRES_MISSING);
  await database.query('truncate conform.agency, conform.agency_night, conform.worker cascade');
});

type Plan = (agency: number, day: number) => SeededNight | undefined;

async function factsOf(plan: Plan, scope: { night?: string; days?: number } = {}): Promise<FleetFacts> {
  await seedNights(database, 'home', AGENCIES, DAYS, (agency, _, day) => plan(AGENCIES.indexOf(agency), day));
  const facts = await readFacts(reading, { fleet: 'home', days: 10, ...scope });
  if (!facts) throw new Error('there is a night');
  return facts;
}

const shown = ({ faults }: FleetFacts) =>
  faults.map(({ key, agencies, earliest, median, newAt, newSince, overAt, overSince }) => ({
    key: key.split(' ')[0],
    at: agencies.length,
    since: [earliest, median],
    new: [newAt.length, newSince],
    over: [overAt.length, overSince],
  }));

test('seeded causes are counted exactly: how many agencies, since when, what is new, what is over', async () => {
  const facts = await factsOf((agency, day) => ({
    colour: agency < 30 ? 'RED' : 'GREEN',
    faults: [
      // At 30 agencies since before the window; at 5 of them it is over since the eighth night.
      ...(agency < 30 && (agency >= 5 || day < 7) ? [MISSING] : []),
      // New at three agencies, since the last night but one, and at one since the last.
      ...((agency >= 35 && agency < 38 && day >= 8) || (agency === 38 && day === 9) ? [CRASH] : []),
      // At one agency, seen before, over, and seen again.
      ...(agency === 39 && day !== 5 ? [TOKEN] : []),
    ],
  }));
  expect(shown(facts)).toEqual([
    { key: 'route-missing', at: 25, since: [DAYS[0], DAYS[0]], new: [0, null], over: [5, DAYS[7]] },
    { key: 'crashed', at: 4, since: [DAYS[8], DAYS[8]], new: [4, DAYS[8]], over: [0, null] },
    { key: 'us', at: 1, since: [DAYS[6], DAYS[6]], new: [1, DAYS[6]], over: [0, null] },
  ]);
  const [missing] = facts.faults;
  expect(missing).toMatchObject({
    cause: 'route-missing',
    side: 'vendor',
    operations: MISSING.operations,
    agencies: AGENCIES.slice(5, 30),
    sinceFirst: 25,
    overAt: AGENCIES.slice(0, 5),
    sample: { agency: 'agency-05', run: '20260310T030000Z-live', before: null },
  });
  expect(facts.faults[1]?.sample).toEqual({
    agency: 'agency-35',
    run: '20260310T030000Z-live',
    before: '20260308T030000Z-live',
  });
  const summary = summaryOf(facts);
  expect(summary).toMatchObject({
    asked: 40,
    recorded: 40,
    colours: { RED: 30, GREEN: 10 },
    emptyNights: [],
  });
  expect(summary.changes.map(({ kind, agencies, since }) => [kind, agencies.length, since])).toEqual([
    ['new', 4, DAYS[8]],
    ['new', 1, DAYS[6]],
    ['over', 5, DAYS[7]],
  ]);
  expect(newTonight(summary, facts)).toEqual([]);
  expect(exitCodeOf(summary, facts)).toBe(1);
});

test('a night that was not recorded neither ends a series nor begins one, and is said', async () => {
  const facts = await factsOf((agency, day) => {
    if (agency < 3 && (day === 4 || day === 5)) return { state: 'dead', why: 'CONFORM_E_TOKEN_UNAVAILABLE' };
    return { faults: agency < 3 && day >= 2 ? [CRASH] : [] };
  });
  expect(shown(facts)).toEqual([
    { key: 'crashed', at: 3, since: [DAYS[2], DAYS[2]], new: [0, null], over: [0, null] },
  ]);
  const began = await factsOfAgain((agency, day) => {
    if (agency < 3 && day === 7) return { state: 'failed' };
    return { faults: agency < 3 && day >= 6 ? [CRASH] : [] };
  });
  const [change] = summaryOf(began).changes;
  expect(change).toMatchObject({ kind: 'new', since: DAYS[6], notRecorded: [DAYS[7]] });
});

test('what was not tested is not over', async () => {
  const untested = (day: number): readonly string[] => (day >= 8 ? ['GET /c/'] : []);
  const facts = await factsOf((agency, day) => ({
    faults: agency === 0 && day < 8 ? [CRASH] : [],
    untested: untested(day),
  }));
  expect(shown(facts)).toMatchObject([{ key: 'crashed', at: 1, over: [0, null] }]);
  const promise: Fault = {
    key: 'contract list/page-size x',
    cause: 'contract-list/page-size',
    side: 'vendor',
    operations: ['GET /a/'],
  };
  const rotated = await factsOfAgain((agency, day) => ({
    faults: agency === 0 && day < 8 ? [promise] : [],
    untested: day === 8 ? ['list/page-size'] : [],
  }));
  expect(shown(rotated)).toMatchObject([{ key: 'contract', at: 0, over: [1, DAYS[9]] }]);
});

test('a report of an earlier night knows nothing of later ones; a fleet sees only its own nights', async () => {
  const facts = await factsOf((agency, day) => ({ faults: agency === 0 && day >= 8 ? [CRASH] : [] }), {
    night: DAYS[7] ?? '',
  });
  expect(facts.night).toBe(DAYS[7]);
  expect(facts.faults).toEqual([]);
  await seedNights(database, 'other', ['agency-00'], [NIGHT], () => undefined);
  expect(await fleetsIn(reading)).toEqual(['home']);
  expect(await readFacts(reading, { fleet: 'other', days: 10 })).toBeUndefined();
  expect(await readFacts(reading, { fleet: 'home', night: '2026-04-01', days: 10 })).toBeUndefined();
});

test('what was not recorded is named with its reason; the exit code says that the night is not whole', async () => {
  const facts = await factsOf((agency, day) => {
    if (day < 9) return {};
    if (agency === 7) return { state: 'dead', why: 'CONFORM_E_CREDENTIALS_MISSING' };
    return agency === 8 ? undefined : {};
  });
  expect(facts.agencies).toHaveLength(39);
  expect(facts.agencies.find(({ state }) => state !== 'recorded')).toEqual({
    agency: 'agency-07',
    state: 'dead',
    colour: null,
    why: 'CONFORM_E_CREDENTIALS_MISSING',
    attempts: 1,
    recordedBefore: DAYS[8],
  });
  expect(facts.jobs).toEqual({ waiting: 0, running: 0, recorded: 38, failed: 0, dead: 1 });
  expect(exitCodeOf(summaryOf(facts), facts)).toBe(3);
});

test('more faults than are listed are counted', async () => {
  await seedNights(database, 'home', AGENCIES, DAYS, (agency) => ({
    faults: [{ ...CRASH, key: `crashed ${agency}` }, MISSING],
  }));
  const facts = await readFacts(reading, { fleet: 'home', days: 10 }, 5);
  expect(facts?.faults.map(({ agencies }) => agencies.length)).toEqual([40, 1, 1, 1, 1]);
  expect(facts?.faultsLeftOut).toBe(36);
});

test('workers: alive, lost and stopped, with what they have done', async () => {
  await database.query(`insert into conform.worker (id, fleet, started_at, seen_at, stopped_at, machine, pid, done, failed) values
    (gen_random_uuid(), 'home', now(), now(), null, 'aa', 1, 10, 1),
    (gen_random_uuid(), 'home', now(), now() - interval '10 minutes', null, 'aa', 2, 5, 0),
    (gen_random_uuid(), 'home', '${NIGHT}', now(), now(), 'bb', 3, 7, 2)`);
  const { workers } = await factsOf(() => ({}));
  expect(workers.map(({ state, done, failed }) => [state, done, failed]).sort()).toEqual([
    ['alive', 10, 1],
    ['lost', 5, 0],
    ['stopped', 7, 2],
  ]);
});

/** As `factsOf`, in a store without the rows of before. */
async function factsOfAgain(plan: Plan): Promise<FleetFacts> {
  await database.query('truncate conform.agency, conform.agency_night cascade');
  return factsOf(plan);
}
