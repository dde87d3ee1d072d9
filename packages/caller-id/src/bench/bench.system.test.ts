import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readBench } from '../../../../src/impact/bench.js';
import { isArray, isObject } from '../../../../src/json.js';
import { conform, start } from '../../../../src/testing/conform.js';
import { THOROUGH } from '../../../../src/testing/thorough.js';
import { openTestDatabase, type TestDatabase } from '../testing/database.js';
import { fillAsFound, numberOf, truthOf } from './dataset.js';
import { addEdgePeopleAsFound } from './edge-cases.js';
import { openRecords } from '../../../../src/artefact/folder.js';

/** So high that no machine misses it: what is tested is what the bench says, not how fast this machine is. */
const EASY = ['--target-ms', '60000', '--samples', '400'];
/** Where it is not tested how certain the time is: a share of calls of which few lookups prove that they are fast enough. */
const FEW = ['--percentile', 'p50', '--samples', '1', '--rate', '20'];
/** So low that each machine misses it: then a bench asks little of what is slower still. */
const HOPELESS = ['--target-ms', '0.001'];
const READER = 'conform_test_reader';
const SQL = 'SELECT * FROM identify_caller($1)';

let database: TestDatabase;
let client: Client;
let folder: string;
let phones: string;
let truth: string;

beforeAll(async () => {
  database = await openTestDatabase();
  client = await database.connect();
  await fillAsFound(client, 'spec', 1000);
  await addEdgePeopleAsFound(client);
  folder = await mkdtemp(join(tmpdir(), 'conform-bench-'));
  phones = join(folder, 'phones.txt');
  await writeFile(phones, [1, 2, 3].map((slot) => `${numberOf(slot)}\n`).join(''));
  truth = join(folder, 'truth.csv');
  const people = [1, 2, 3].map((slot) => `${numberOf(slot)},${truthOf(slot).id}\n`);
  await writeFile(truth, `phone,id\n${people.join('')}3035550199,nobody\n`);
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
    expect(await readBench(openRecords(folder))).toMatchObject({ verdict: 'holds' });
    const page = await readFile(join(folder, 'latest', 'bench.html'), 'utf8');
    expect(page).toContain('<svg');
    expect(page).not.toMatch(/(?:src|href)="https?:/);
  });

  test('a fast wrong answer is a failure', async () => {
    const { code, out } = await bench('--variant', 'as-found', '--rows', '100', ...EASY, ...FEW);
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
      ...HOPELESS,
    );
    expect(err).not.toContain('conform:');
    expect(code).toBe(1);
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
      ...FEW,
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
      ...FEW,
    );
    expect(own.code).toBe(1);
    expect(await everything()).toEqual(before);
    await client.query(`DROP OWNED BY ${READER}; DROP ROLE ${READER}`);
  });
});

describe('a function of the user’s own, with a truth', () => {
  /** Each function takes the number as `p`. Those that are slow are so by what they do, on any machine. */
  const FUNCTIONS: Record<string, string> = {
    right: `BEGIN RETURN QUERY SELECT 'kind', id::text FROM everybody WHERE phone = right(p, 10); END`,
    slow: `BEGIN PERFORM pg_sleep(0.05); RETURN QUERY SELECT 'kind', id::text FROM everybody WHERE phone = right(p, 10); END`,
    nobody: `BEGIN RETURN QUERY SELECT 'kind', id::text FROM everybody WHERE phone = p || 'x'; END`,
    wrong: `BEGIN RETURN QUERY SELECT 'kind', id::text || '0' FROM everybody WHERE phone = right(p, 10); END`,
    sleeps: `BEGIN PERFORM pg_sleep(600); RETURN QUERY SELECT 'kind', id::text FROM everybody WHERE phone = p; END`,
    fails: `BEGIN RAISE EXCEPTION 'there is no % here', p; END`,
  };

  beforeAll(async () => {
    await client.query(`
      CREATE TABLE everybody AS
        SELECT id, phone FROM cached_practitioners UNION ALL SELECT id, home_phone FROM cached_practitioners
        UNION ALL SELECT id, work_phone FROM cached_practitioners UNION ALL SELECT id, phone FROM cached_patients
        UNION ALL SELECT id, home_phone FROM cached_patients UNION ALL SELECT id, work_phone FROM cached_patients;
      CREATE INDEX ON everybody (phone)`);
    for (const [name, body] of Object.entries(FUNCTIONS)) {
      await client.query(
        `CREATE FUNCTION own_${name}(p text) RETURNS TABLE (kind text, id text) LANGUAGE plpgsql AS $own$ #variable_conflict use_column
         ${body} $own$`,
      );
    }
  });

  /** @returns exit code, texts, and what the bench left behind */
  async function judge(name: string, ...args: string[]) {
    const sql = `SELECT * FROM own_${name}($1)`;
    const { code, out, err } = await bench(
      ...['--sql', sql, '--database-url', database.url, '--samples', '400', ...args],
    );
    const text = await readFile(join(folder, 'latest', 'bench.json'), 'utf8');
    const page = await readFile(join(folder, 'latest', 'bench.html'), 'utf8');
    for (const stated of [out, err, text, page]) {
      for (const slot of [1, 2, 3]) {
        expect(stated).not.toContain(numberOf(slot));
        expect(stated).not.toContain(truthOf(slot).id);
      }
    }
    return { code, out, result: JSON.parse(text) as unknown };
  }

  /** So high that no machine misses it, and so low that the slow function does on any. */
  const LAX = ['--target-ms', '60000', '--timeout-ms', '120000'];
  const STRICT = ['--target-ms', '10', '--timeout-ms', '1000'];

  test('right: the target holds, with the size of its table', async () => {
    const { code, out, result } = await judge('right', '--truth', truth, ...LAX);
    expect(out.split('\n')[0]).toMatch(/^The target holds\. Fast enough and right: /);
    const { rows } = await client.query<{ count: string }>('SELECT count(*) AS count FROM everybody');
    expect(result).toMatchObject({
      ...{ holds: true, verdict: 'holds', cause: null, truth: 'file' },
      answers: { asked: 4, somebody: 3, found: 3, wrong: 0 },
      size: {
        rows: Number(rows[0]?.count),
        exact: true,
        tables: [{ rows: Number(rows[0]?.count), exact: true }],
      },
    });
    expect(code).toBe(0);
  });

  test('right, without a truth: only the time is judged', async () => {
    const { code, out, result } = await judge('right', '--phones', phones, ...LAX, ...FEW);
    expect(out).toMatch(/^Unchecked\. Fast enough, but nobody has checked whom it names/);
    expect(result).toMatchObject({ holds: true, truth: null });
    expect(code).toBe(0);
  });

  test.each<[name: string, code: number, cause: string, args: string[]]>([
    ...(THOROUGH ? ([['slow', 1, 'slow', STRICT]] satisfies [string, number, string, string[]][]) : []),
    ['nobody', 1, 'missing', [...LAX, ...FEW]],
    ['wrong', 1, 'wrong', [...LAX, ...FEW]],
    ['sleeps', 1, 'timed out', ['--target-ms', '5', '--timeout-ms', '300']],
    ['fails', 1, 'failed', LAX],
  ])('%s: missed', async (name, code, cause, args) => {
    const result = await judge(name, '--truth', truth, ...args);
    expect(result.result).toMatchObject({ holds: false, verdict: 'breaks', cause });
    expect(result.code).toBe(code);
    // The database is as it was, and nothing is still being executed on it.
    await nothingRuns();
  });

  test('finds nobody, without a truth: no verdict', async () => {
    const { code, result } = await judge('nobody', '--phones', phones, ...LAX, ...FEW);
    expect(result).toMatchObject({
      holds: false,
      verdict: 'uncertain',
      cause: 'names nobody',
      edgeCases: [],
    });
    expect(code).toBe(3);
  });

  test('Ctrl-C ends the statement that sleeps, not only the program', async () => {
    const { done, stop } = start([
      ...['bench', '--out', folder, '--sql', 'SELECT * FROM own_sleeps($1)', '--truth', truth],
      ...['--database-url', database.url, '--timeout-ms', '600000'],
    ]);
    await expect.poll(running, { timeout: 60_000 }).toBe(1);
    stop();
    const { code, out } = await done;
    expect(out).toContain('No verdict. It was stopped before the end.');
    expect(code).toBe(130);
    await nothingRuns();
  });

  test('a line that is no phone number, and a column that cannot be known', async () => {
    const file = join(folder, 'wrong.csv');
    await writeFile(file, '3035550101,1\nabc,2\n');
    const args = ['--sql', 'SELECT * FROM own_right($1)', '--database-url', database.url, ...LAX];
    const wrong = await bench(...args, '--truth', file);
    expect(wrong.err).toContain('wrong.csv:2');
    expect(wrong.err).not.toContain('abc');
    expect(wrong.code).toBe(2);
    const column = await bench(...args, '--truth', truth, '--id-column', 'who');
    expect(column.err).toContain('the answer has no column who');
    expect(column.code).toBe(2);
    expect((await bench(...args, '--truth', truth, '--phones', phones)).code).toBe(2);
    expect((await bench(...args, '--truth', truth, '--timeout-ms', '10')).err).toContain(
      'not longer than the target',
    );
  });

  async function running(): Promise<number> {
    const { rows } = await client.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM pg_stat_activity WHERE state = 'active' AND query ~ 'own_' AND pid <> pg_backend_pid()",
    );
    return rows[0]?.count ?? 0;
  }

  async function nothingRuns(): Promise<void> {
    await expect.poll(running, { timeout: 60_000 }).toBe(0);
  }
});
