import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readBench } from '../../impact/bench.js';
import { isArray, isObject } from '../../json.js';
import { conform } from '../../testing/conform.js';
import { THOROUGH } from '../../testing/thorough.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import { fillAsFound, numberOf } from './dataset.js';
import { addEdgePeopleAsFound } from './edge-cases.js';

/** So high that no machine misses it: what is tested is what the bench says, not how fast this machine is. */
const EASY = ['--target-ms', '60000', '--samples', '400'];
const READER = 'conform_test_reader';
const SQL = 'SELECT * FROM identify_caller($1)';

let database: TestDatabase;
let client: Client;
let folder: string;
let phones: string;

beforeAll(async () => {
  database = await openTestDatabase();
  client = await database.connect();
  await fillAsFound(client, 'spec', 1000);
  await addEdgePeopleAsFound(client);
  folder = await mkdtemp(join(tmpdir(), 'conform-bench-'));
  phones = join(folder, 'phones.txt');
  await writeFile(phones, [1, 2, 3].map((slot) => `${numberOf(slot)}\n`).join(''));
});

afterAll(async () => {
  await client.end();
  await database.close();
  await rm(folder, { recursive: true });
});

function bench(...args: string[]) {
  return conform(['bench', '--out', folder, ...args]);
}

/** Everything that could have been created or changed. */
async function everything(): Promise<unknown> {
  const { rows } = await client.query(`
    SELECT (SELECT string_agg(nspname, ' ' ORDER BY nspname) FROM pg_namespace
            WHERE nspname !~ '^pg_(toast_)?temp' AND nspname !~ '^conform_test_') AS schemas,
           (SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace) AS relations,
           (SELECT count(*) FROM pg_proc WHERE pronamespace = current_schema()::regnamespace) AS functions,
           (SELECT count(*) FROM cached_practitioners) AS practitioners`);
  return rows;
}

describe('conform bench', () => {
  test('measures the proposed lookup, finds every answer right, and leaves JSON and a page', async () => {
    const { code, out, err } = await bench(
      '--variant',
      'proposed',
      '--rows',
      THOROUGH ? '100,1000' : '100',
      '--json',
      ...EASY,
    );
    expect(err).not.toContain('fault');
    expect(code).toBe(0);
    const result: unknown = JSON.parse(out);
    expect(result).toMatchObject({
      holds: true,
      target: { percentile: 'p99', ms: 60000 },
      engine: { kind: 'embedded' },
    });
    const rows = isObject(result) && isArray(result['rows']) ? result['rows'] : [];
    expect(rows).toHaveLength(THOROUGH ? 24 : 12);
    for (const row of rows) {
      expect(row).toMatchObject({ variant: 'proposed', wrong: 0, overTarget: 0 });
      for (const name of ['p50', 'p90', 'p95', 'p99', 'p999', 'max', 'floorP50']) {
        expect(row).toHaveProperty(name, expect.any(Number));
      }
    }
    expect(JSON.parse(await readFile(join(folder, 'latest', 'bench.json'), 'utf8'))).toEqual(result);
    expect(await readBench(join(folder, 'latest', 'bench.json'))).toMatchObject({ verdict: 'holds' });
    const page = await readFile(join(folder, 'latest', 'bench.html'), 'utf8');
    expect(page).toContain('<svg');
    expect(page).not.toMatch(/(?:src|href)="https?:/);
  });

  test('a fast wrong answer is a failure', async () => {
    const { code, out } = await bench('--variant', 'as-found', '--rows', '100', ...EASY);
    expect(code).toBe(1);
    expect(out).toContain('as-found recognises a caller where there is none: anonymous.');
  });

  test('leaves nothing on a server of one’s own', async () => {
    const before = await everything();
    const { code, err } = await bench(
      '--variant',
      'proposed',
      '--rows',
      '100',
      '--database-url',
      database.url,
      ...EASY,
    );
    expect(err).not.toContain('conform:');
    expect(code).toBe(0);
    expect(await everything()).toEqual(before);
  });

  test('measures a function of one’s own without a name or number in what it says', async () => {
    const before = await everything();
    const { code, out, err } = await bench(
      '--sql',
      SQL,
      '--phones',
      phones,
      '--database-url',
      database.url,
      '--json',
      ...EASY,
    );
    // As found, the function recognises a caller who withholds the number.
    expect(code).toBe(1);
    const page = await readFile(join(folder, 'latest', 'bench.html'), 'utf8');
    for (const text of [out, err, page]) {
      for (const secret of [1, 2, 3].map(numberOf)) expect(text).not.toContain(secret);
      expect(text).not.toMatch(/Given\d+|Family\d+|Example/);
    }
    expect(await everything()).toEqual(before);
  });

  for (const [what, sql, code, says] of [
    ['a table that is missing', 'SELECT id FROM no_such_table WHERE phone = $1', 2, 'a table is missing'],
    ['a function of another signature', 'SELECT * FROM identify_caller($1, 2)', 2, 'has another signature'],
    ['a statement without a parameter', 'SELECT 1', 2, 'number of parameters'],
    [
      'a statement that writes',
      "UPDATE cached_practitioners SET notes = 'x' WHERE phone = $1 RETURNING id, id",
      2,
      'tried to write',
    ],
    ['a statement that is none', 'SELEC', 2, 'did not understand'],
  ] as const) {
    test(`${what}: says so, and changes nothing`, async () => {
      const before = await everything();
      const result = await bench('--sql', sql, '--phones', phones, '--database-url', database.url, ...EASY);
      expect(result.err).toContain(says);
      expect(result.code).toBe(code);
      expect(await everything()).toEqual(before);
    });
  }

  test('a server that is not there, and one that refuses the password', async () => {
    const nobody = await bench(
      '--sql',
      SQL,
      '--phones',
      phones,
      '--database-url',
      'postgresql://a:b-password@127.0.0.1:1/x',
    );
    expect(nobody.err).toContain('the database cannot be reached');
    expect(nobody.code).toBe(3);
    expect(nobody.err).not.toContain('b-password');
  });

  test('a user who may only read can measure, but not have a schema made', async () => {
    await client.query(
      `DO $$ BEGIN CREATE ROLE ${READER} LOGIN PASSWORD 'reader-for-tests'; EXCEPTION WHEN duplicate_object THEN NULL; END $$`,
    );
    const { rows } = await client.query<{ schema: string }>('SELECT current_schema() AS schema');
    const schema = rows[0]?.schema ?? '';
    await client.query(
      `GRANT USAGE ON SCHEMA ${schema} TO ${READER}; GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO ${READER}`,
    );
    const url = new URL(database.url);
    url.username = READER;
    url.password = 'reader-for-tests';
    const before = await everything();
    const made = await bench(
      '--variant',
      'proposed',
      '--rows',
      '100',
      '--database-url',
      url.href.replaceAll('+', '%20'),
      ...EASY,
    );
    expect(made.err).toContain('lacks a permission');
    expect(made.code).toBe(2);
    const own = await bench(
      '--sql',
      SQL,
      '--phones',
      phones,
      '--database-url',
      url.href.replaceAll('+', '%20'),
      ...EASY,
    );
    expect(own.code).toBe(1);
    expect(await everything()).toEqual(before);
    await client.query(`DROP OWNED BY ${READER}; DROP ROLE ${READER}`);
  });
});
