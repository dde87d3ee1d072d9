import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSql } from '../../../src/bench/sql-file.js';
import { systemClock } from '../../../src/clock.js';
import { fillAsFound } from './bench/dataset.js';
import { addEdgePeopleAsFound, EDGE_CASES } from './bench/edge-cases.js';
import { standingClock } from '../../../src/testing/clock.js';
import { createLookup } from './lookup.js';
import { openTestDatabase, type TestDatabase } from './testing/database.js';

const SIZE = 2_000;

let database: TestDatabase;
let client: Client;

beforeAll(async () => {
  database = await openTestDatabase();
  client = await database.connect();
  await fillAsFound(client, 'spec', SIZE);
  await addEdgePeopleAsFound(client);
});

afterAll(async () => {
  await client.end();
  await database.close();
});

async function rowsOfOldTables(): Promise<unknown> {
  const { rows } = await client.query(`
    SELECT (SELECT md5(string_agg(p::text, '|' ORDER BY id)) FROM cached_practitioners p) AS practitioners,
           (SELECT md5(string_agg(p::text, '|' ORDER BY id)) FROM cached_patients p) AS patients,
           (SELECT md5(string_agg(p::text, '|' ORDER BY id)) FROM cached_related_persons p) AS family,
           (SELECT md5(string_agg(p::text, '|' ORDER BY id)) FROM cached_staff p) AS staff`);
  return rows;
}

describe('the migration from the cache as found', () => {
  test('keeps every row, keeps nobody waiting who reads, and may be repeated', async () => {
    const before = await rowsOfOldTables();
    // A reader who has asked all four tables and the function, and has not ended their transaction.
    const reader = await database.connect();
    await reader.query('BEGIN');
    await reader.query("SELECT * FROM identify_caller('3035550101')");
    await reader.query('SELECT count(*) FROM cached_staff, cached_related_persons');
    for (let round = 0; round < 2; round++) {
      await client.query(await readSql('spec', 'proposed.sql'));
      await client.query(await readSql('spec', 'migration.sql'));
    }
    expect((await reader.query("SELECT * FROM identify_caller('3035550101')")).rows).toHaveLength(1);
    await reader.query('COMMIT');
    await reader.end();
    expect(await rowsOfOldTables()).toEqual(before);
    const { rows } = await client.query<{ numbers: string }>(
      "SELECT count(*) AS numbers FROM caller_numbers WHERE person_id NOT LIKE 'edge-%'",
    );
    // Staff has one column for numbers in the cache as found, and so its home and work numbers were never there.
    const { rows: staff } = await client.query<{ missing: string }>(
      `SELECT $1::bigint - count(*) AS missing FROM (
         SELECT phone FROM cached_practitioners UNION ALL SELECT home_phone FROM cached_practitioners
         UNION ALL SELECT work_phone FROM cached_practitioners
         UNION ALL SELECT phone FROM cached_patients UNION ALL SELECT home_phone FROM cached_patients
         UNION ALL SELECT work_phone FROM cached_patients
         UNION ALL SELECT phone FROM cached_related_persons UNION ALL SELECT home_phone FROM cached_related_persons
         UNION ALL SELECT work_phone FROM cached_related_persons UNION ALL SELECT phone FROM cached_staff
       ) AS line WHERE phone ~ '^2[0-9]{9}$'`,
      [SIZE],
    );
    expect(Number(rows[0]?.numbers)).toBe(SIZE - Number(staff[0]?.missing));
  });

  for (const { name, input, expected } of EDGE_CASES) {
    test(`names the right one, in SQL and from the program: ${name}`, async () => {
      const lookup = createLookup(client, await readSql('spec', 'lookup.sql'), systemClock);
      const answer = await lookup(input);
      const first = answer.known ? answer.candidates[0] : null;
      expect(first && { kind: first.kind, id: first.id }).toEqual(expected);
      const { rows } = await client.query<{ kind: string; id: string }>(
        'SELECT caller_type AS kind, caller_id AS id FROM identify_caller($1)',
        [input],
      );
      expect(rows[0] ?? null).toEqual(expected);
    });
  }

  test('a shared number gives everybody, the preferred first; who has left is known as inactive', async () => {
    const lookup = createLookup(client, await readSql('spec', 'lookup.sql'), systemClock);
    const shared = await lookup('3035550109');
    expect(shared.known && shared.candidates.map(({ id, active }) => [id, active])).toEqual([
      ['edge-nina', true],
      ['edge-norman', false],
    ]);
  });

  test('freshness: stale after 25 hours', async () => {
    const clock = standingClock();
    const lookup = createLookup(client, await readSql('spec', 'lookup.sql'), clock);
    const now = await lookup('3035550101');
    clock.advance(26 * 3_600_000);
    const later = await lookup('3035550101');
    expect(now.known && now.candidates[0].stale).toBe(false);
    expect(later.known && later.candidates[0].stale).toBe(true);
  });

  test('follows what the old sync writes afterwards', async () => {
    const lookup = createLookup(client, await readSql('spec', 'lookup.sql'), systemClock);
    const who = async (text: string) => {
      const answer = await lookup(text);
      return answer.known ? answer.candidates.map(({ id, active }) => `${id} ${active}`) : [];
    };
    await client.query(
      "INSERT INTO cached_patients (id, full_name, phone, is_active) VALUES ('new', 'N', '3035550150', true)",
    );
    expect(await who('3035550150')).toEqual(['new true']);
    await client.query("UPDATE cached_patients SET phone = '3035550151', is_active = false WHERE id = 'new'");
    expect(await who('3035550150')).toEqual([]);
    expect(await who('3035550151')).toEqual(['new false']);
    await client.query("DELETE FROM cached_patients WHERE id = 'new'");
    expect(await who('3035550151')).toEqual([]);
  });
});
