import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isObject } from '../../../../src/json.js';
import { PACKAGE_ROOT } from '../../../../src/package.js';
import { conform, copyOfSpec, temporaryFolder } from '../../../../src/testing/conform.js';
import { THOROUGH } from '../../../../src/testing/thorough.js';
import { manyPeople, startApi, type ApiHabits } from '../testing/api.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';

let database: TestDatabase;
let client: Client;
let folder: string;
let spec: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conform-sync-'));
  spec = await copyOfSpec(folder);
  // The stand-in for the API has no rate to keep to.
  const targets = join(spec, 'targets.yaml');
  await writeFile(
    targets,
    (await readFile(targets, 'utf8')).replaceAll('requestsPerSecond: 100', 'requestsPerSecond: 9999'),
  );
  database = await openTestDatabase();
  client = await database.connect();
});

afterAll(async () => {
  await client.end();
  await database.close();
  await rm(folder, { recursive: true });
});

beforeEach(async () => {
  await client.query('DROP TABLE IF EXISTS caller_numbers, caller_staging, caller_syncs');
});

/** At how many moments a sync is killed. */
const MOMENTS = THOROUGH ? 20 : 4;
/** From this one on, the sync has asked all that it asks. */
const TO_THE_END = Math.ceil(MOMENTS * 0.75);

const ENVIRONMENT = {
  WELLSKY_CLIENT_ID: 'client-id-for-tests',
  WELLSKY_CLIENT_SECRET: 'client-secret-for-tests',
};

function agency(size: number): Partial<ApiHabits> {
  return {
    practitioners: manyPeople(Math.round(size * 0.5), 1_000_000),
    patients: manyPeople(Math.round(size * 0.3), 2_000_000),
    contacts: manyPeople(Math.round(size * 0.2), 3_000_000, { of: (index) => String(2_000_000 + index) }),
  };
}

function syncWith(url: string, ...more: string[]) {
  const args = [
    'cache',
    'sync',
    '--spec-dir',
    spec,
    '--base-url',
    url,
    '--database-url',
    database.url,
    '--json',
    ...more,
  ];
  return conform(args, { env: ENVIRONMENT });
}

async function held(): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(
    `SELECT concat_ws(' ', number, kind, person_id, name, active) AS line FROM caller_numbers ORDER BY number, kind, person_id`,
  );
  return rows.map(({ line }) => line);
}

function expectedOf({ practitioners = [], patients = [], contacts = [] }: Partial<ApiHabits>): string[] {
  const line = (kind: string, { id, given, family, phones }: (typeof patients)[number], active: boolean) =>
    phones.map(({ value }) => `1${value} ${kind} ${id} ${given} ${family} ${active ? 't' : 'f'}`);
  return [
    ...practitioners.flatMap((one) => line('practitioner', one, one.active)),
    ...patients.flatMap((one) => line('patient', one, one.active)),
    ...contacts.flatMap((one) =>
      line('family', one, patients.find(({ id }) => id === one.of)?.active ?? false),
    ),
  ].sort();
}

describe('conform cache sync', () => {
  for (const [firstPage, wrapped, total] of [
    [0, true, 'totalRecords'],
    [0, false, 'none'],
    [1, false, 'total'],
    [1, true, 'none'],
  ] as const) {
    test(`reads lists to their end: first page ${firstPage}, ${wrapped ? 'wrapped' : 'bare'}, count ${total}`, async () => {
      const people = { ...agency(60), practitioners: manyPeople(250, 1_000_000) };
      const api = await startApi({ ...people, firstPage, wrapped, total });
      const { code, out, err } = await syncWith(api.url);
      await api.close();
      expect(err).toBe('');
      expect(code).toBe(0);
      expect(await held()).toEqual(expectedOf(people));
      expect(JSON.parse(out)).toMatchObject({
        state: 'done',
        people: { practitioner: 250, patient: 18, family: 12 },
      });
    });
  }

  test('ends right although every 20th answer is broken, and again without a change', async () => {
    const people = agency(1000);
    const api = await startApi({ ...people, breakEvery: 20 });
    const first = await syncWith(api.url);
    const second = await syncWith(api.url);
    await api.close();
    expect(first.code).toBe(0);
    expect(await held()).toEqual(expectedOf(people));
    const result: unknown = JSON.parse(second.out);
    expect(result).toMatchObject({ state: 'done', changes: { added: 0, changed: 0, removed: 0 } });
    const { rows } = await client.query(
      'SELECT state, people, finished_at > started_at AS ended FROM caller_syncs',
    );
    expect(rows).toEqual([
      { state: 'done', people: { staff: 0, practitioner: 500, patient: 300, family: 200 }, ended: true },
      { state: 'done', people: { staff: 0, practitioner: 500, patient: 300, family: 200 }, ended: true },
    ]);
    expect((await client.query('SELECT FROM caller_staging')).rowCount).toBe(0);
  });

  test('keeps the old data when the API goes away in the middle, and goes on from there the next time', async () => {
    const people = agency(200);
    const before = await startApi({ practitioners: manyPeople(3, 5_000_000) });
    await syncWith(before.url);
    await before.close();
    const old = await held();
    expect(old).toHaveLength(3);

    const dying = await startApi({ ...people, dieAfter: 400 });
    const cut = await syncWith(dying.url);
    await dying.close();
    expect(cut.code).toBe(3);
    expect(cut.err).toContain('Nothing was changed');
    expect(await held()).toEqual(old);

    const back = await startApi(people);
    const { code, out } = await syncWith(back.url);
    await back.close();
    expect(code).toBe(0);
    expect(await held()).toEqual(expectedOf(people));
    const result: unknown = JSON.parse(out);
    expect(result).toHaveProperty('resumed');
    expect(Number(isObject(result) ? result['resumed'] : 0)).toBeGreaterThan(100);
  });

  test('refuses when suspiciously few came, and says so', async () => {
    const people = agency(100);
    const api = await startApi(people);
    await syncWith(api.url);
    const old = await held();
    api.habits.patients = api.habits.patients.slice(0, 5);
    const refused = await syncWith(api.url);
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.out)).toMatchObject({ state: 'refused', changes: null });
    expect(refused.out).toContain('5 patient where 30 were known');
    expect(await held()).toEqual(old);
    const wanted = await syncWith(api.url, '--min-share', '0.1');
    await api.close();
    expect(wanted.code).toBe(0);
    expect(await held()).not.toEqual(old);
  });

  test('takes staff from a file, and names the line that is wrong', async () => {
    await using place = await temporaryFolder();
    const file = join(place.path, 'staff.yaml');
    await writeFile(file, 'staff:\n  - { name: Sam Example, phone: "303-555-0108", role: scheduler }\n');
    const api = await startApi(agency(10));
    const { code } = await syncWith(api.url, '--staff', file);
    expect(code).toBe(0);
    expect(await held()).toContain('13035550108 staff Sam Example Sam Example t');
    await writeFile(file, 'staff:\n  - name: Sam Example\n    phone: 42\n');
    const wrong = await syncWith(api.url, '--staff', file);
    await api.close();
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('staff.yaml:3');
  });

  test(`killed at ${MOMENTS} moments, the cache is each time exactly the old or exactly the new`, async () => {
    const states = [agency(60), { ...agency(60), practitioners: manyPeople(40, 7_000_000) }];
    const api = await startApi(states[0] ?? {});
    expect((await syncWith(api.url)).code).toBe(0);
    let now = 0;
    const outcomes = new Set<string>();
    for (let round = 0; round < MOMENTS; round++) {
      const next = 1 - now;
      Object.assign(api.habits, states[next]);
      await client.query("UPDATE caller_syncs SET state = 'refused' WHERE state <> 'done'");
      const child = spawn(
        process.execPath,
        [
          join(PACKAGE_ROOT, 'dist/bin/conform.js'),
          'cache',
          'sync',
          '--base-url',
          api.url,
          '--database-url',
          database.url,
          '--min-share',
          '0',
        ],
        { env: { ...process.env, ...ENVIRONMENT }, stdio: 'ignore' },
      );
      const ended = once(child, 'exit');
      // Moments are spread over the life of the process by how far it has come, the last ones around its end.
      const begin = api.answers();
      const after = Math.round((Math.min(round, TO_THE_END) / TO_THE_END) * 730);
      while (api.answers() - begin < after && child.exitCode === null) await wait(1);
      if (round >= TO_THE_END) await wait((round - TO_THE_END + 1) * 20);
      child.kill('SIGKILL');
      await ended;
      const found = await held();
      const [old, fresh] = [expectedOf(states[now] ?? {}), expectedOf(states[next] ?? {})];
      const isOld = JSON.stringify(found) === JSON.stringify(old);
      expect(isOld || JSON.stringify(found) === JSON.stringify(fresh)).toBe(true);
      outcomes.add(isOld ? 'old' : 'new');
      if (!isOld) now = next;
    }
    await api.close();
    expect(outcomes).toContain('old');
  }, 300_000);
});
