import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSql } from '../../../src/bench/sql-file.js';
import { conform } from '../../../src/testing/conform.js';
import { startApi } from './testing/api.js';
import { openTestDatabase, type TestDatabase } from './testing/database.js';

let database: TestDatabase;
let client: Client;
let api: Awaited<ReturnType<typeof startApi>>;

const HOME = '3035550104';

beforeAll(async () => {
  database = await openTestDatabase();
  client = await database.connect();
  await client.query(await readSql('spec', 'proposed.sql'));
  await client.query(`
    INSERT INTO caller_numbers (number, kind, person_id, name, status, city, active, synced_at)
    VALUES (13035550101, 'practitioner', '1', 'Carla Example', '100', 'Denver', true, now() - interval '26 hours'),
           (13035550101, 'patient', '2', 'Peter Example', '80', 'Denver', true, now())`);
  const phones = [{ use: 'home', value: HOME }];
  api = await startApi({ patients: [{ id: '3', given: 'Paul', family: 'Example', phones, active: true }] });
});

afterAll(async () => {
  await api.close();
  await client.end();
  await database.close();
});

function lookup(...args: string[]) {
  return conform(['cache', 'lookup', '--database-url', database.url, ...args], {
    env: { WELLSKY_CLIENT_ID: 'client-id-for-tests', WELLSKY_CLIENT_SECRET: 'client-secret-for-tests' },
  });
}

describe('conform cache lookup', () => {
  test('names everybody who has the number, the preferred first, and says what is stale', async () => {
    const { code, out } = await lookup('(303) 555-0101');
    expect(code).toBe(0);
    const [first, second] = out.split('\n');
    expect(first).toMatch(/^practitioner Carla Example \(1\): active, 100, Denver; stale, as of /);
    expect(second).toMatch(/^patient Peter Example \(2\): active, 80, Denver; as of /);
  });

  test('says when nobody is known, and when it is not a phone number', async () => {
    const nobody = await lookup('3035550199');
    expect(nobody.out).toContain('Nobody with this number is known');
    expect(nobody.code).toBe(1);
    for (const text of ['anonymous', '', '42']) {
      const { code, err } = await lookup(text);
      expect(err).toContain('not a phone number');
      expect(code).toBe(2);
    }
  });

  test('asks the API for whom the cache does not know, with its own figure, and knows them from then on', async () => {
    const asked = await lookup(HOME, '--fallback', '--base-url', api.url, '--json');
    expect(asked.code).toBe(0);
    expect(JSON.parse(asked.out)).toMatchObject({
      phone: `+1${HOME}`,
      source: 'api',
      apiMs: expect.any(Number) as number,
      cacheMs: expect.any(Number) as number,
      candidates: [{ kind: 'patient', id: '3', name: 'Paul Example', stale: false }],
    });
    const before = api.answers();
    const again = await lookup(HOME, '--fallback', '--base-url', api.url, '--json');
    expect(JSON.parse(again.out)).toMatchObject({ source: 'cache', candidates: [{ id: '3' }] });
    expect(api.answers()).toBe(before);
  });

  test('a person whom the API names although they do not have the number is nobody', async () => {
    api.habits.ignoresFilters = true;
    const { code } = await lookup('3035550198', '--fallback', '--base-url', api.url);
    api.habits.ignoresFilters = false;
    expect(code).toBe(1);
  });
});

describe('conform cache schema', () => {
  test('prints what a database can be given as it is, more than once', async () => {
    const { code, out } = await conform(['cache', 'schema']);
    expect(code).toBe(0);
    await client.query(out);
    await client.query(out);
    const { rows } = await client.query("SELECT caller_id FROM identify_caller('303-555-0101')");
    expect(rows).toEqual([{ caller_id: '1' }]);
  });

  test('without a database, sync and lookup say what is missing', async () => {
    for (const args of [
      ['cache', 'sync'],
      ['cache', 'lookup', '3035550101'],
    ]) {
      const { code, err } = await conform(args);
      expect(err).toContain('DATABASE_URL');
      expect(code).toBe(2);
    }
  });
});
