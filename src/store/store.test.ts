import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openFolder } from '../artefact/folder.js';
import { Problem } from '../problem.js';
import { recorded } from '../testing/recorded.js';
import { readNamedRun, writeRun } from '../record/store.js';
import { Secrets } from '../targets/secrets.js';
import { temporaryFolder } from '../testing/folder.js';
import { checkedAgency, storeAddress } from './address.js';
import { copyRecords } from './copy.js';
import { indexRows } from './index-rows.js';
import { openDatabase, type Database, type Queries } from './postgres/connect.js';
import { openPostgresFolder } from './postgres/folder.js';
import { isPassing, storeProblem } from './postgres/problem.js';
import { reindex } from './postgres/write-index.js';
import { expired } from './retention.js';

const withCode = (code: string, message = 'the password is hunter2-for-tests') =>
  Object.assign(new Error(message), { code });

describe('the address of a store', () => {
  test('has its password from the environment, and is shown without user and password', () => {
    expect(storeAddress('postgres://conform@db:5433/fleet', { PGPASSWORD: 'p w/d' })).toEqual({
      url: 'postgres://conform:p%20w%2Fd@db:5433/fleet',
      shown: 'postgres://db:5433/fleet',
    });
    expect(
      storeAddress(undefined, { CONFORM_STORE: 'postgresql://conform:own@db/fleet', PGPASSWORD: 'other' }),
    ).toEqual({
      url: 'postgresql://conform:own@db/fleet',
      shown: 'postgres://db/fleet',
    });
    expect(storeAddress(undefined, {})).toBeUndefined();
    expect(storeAddress(undefined, { CONFORM_STORE: '' })).toBeUndefined();
  });

  test.each([
    'postgres://conform:hunter2-for-tests@db/fleet',
    'postgres://db/fleet?password=hunter2-for-tests',
  ])('has no password in the argument: %s', (url) => {
    const wrong = () => storeAddress(url, {});
    expect(wrong).toThrow('--store holds a password');
    expect(wrong).not.toThrow(/hunter2/);
  });

  test.each(['db', 'mysql://db/fleet', 'postgres://db', 'postgres://db/'])(
    'is a URL of PostgreSQL with a database: %s',
    (url) => {
      expect(() => storeAddress(url, {})).toThrow('the URL of the store is not valid');
    },
  );

  test.each(['', 'Rosewood', 'a/b', '../a', '-a', 'a'.repeat(64)])('no name of an agency: %j', (name) => {
    expect(() => checkedAgency(name)).toThrow(Problem);
  });
});

describe('a failure of the database', () => {
  test.each([
    ['28P01', 'CONFORM_E_DATABASE_REFUSED'],
    ['3D000', 'CONFORM_E_DATABASE_REFUSED'],
    ['57014', 'CONFORM_E_STORE_SLOW'],
    ['55P03', 'CONFORM_E_STORE_SLOW'],
    ['ECONNREFUSED', 'CONFORM_E_DATABASE_UNREACHABLE'],
    ['57P01', 'CONFORM_E_DATABASE_UNREACHABLE'],
    ['08006', 'CONFORM_E_DATABASE_UNREACHABLE'],
    ['22021', 'CONFORM_E_DATABASE_FAILED'],
  ])('%s is %s, and says nothing of what the server said', (code, expected) => {
    const problem = storeProblem(withCode(code), 'postgres://db/fleet');
    expect(problem).toMatchObject({ code: expected, place: { file: 'postgres://db/fleet' } });
    expect(problem instanceof Problem && `${problem.message} ${problem.remedy ?? ''}`).not.toContain(
      'hunter2',
    );
  });

  test('what is no failure of the database stays what it is', () => {
    const fault = new TypeError('a fault of ours');
    expect(storeProblem(fault, '')).toBe(fault);
  });

  test('only what may pass is tried again', () => {
    for (const code of ['ECONNRESET', '57P01', '57P03', '40001', '40P01'])
      expect(isPassing(withCode(code))).toBe(true);
    for (const code of ['57014', '28P01', '23505', '42501'])
      expect(isPassing(withCode(code, 'x'))).toBe(false);
    expect(isPassing(new Error('Connection terminated unexpectedly'))).toBe(true);
  });
});

test('a connection to a server that never answers is closed, and no clock moves for it', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const url = `postgres://conform@127.0.0.1:${address.port}/fleet`;
  const sleep = () => Promise.reject(new Error('the clock was moved'));
  const database = await openDatabase({ url, shown: 'postgres://127.0.0.1/fleet' }, { sleep });
  const connected = once(server, 'connection');
  const read = expect(database.read('select 1')).rejects.toMatchObject({
    code: 'CONFORM_E_DATABASE_UNREACHABLE',
  });
  await connected;
  await database.close();
  await read;
  server.close();
});

/** A database that takes every statement, and notes it. */
function noting() {
  const said: { text: string; values: readonly unknown[] }[] = [];
  const note = (text: string, values: readonly unknown[] = []): void => {
    said.push({ text: text.replaceAll(/\s+/g, ' '), values });
  };
  const queries: Queries = {
    rows: (text, values) => {
      note(text, values);
      return Promise.resolve([]);
    },
    count: (text, values) => {
      note(text, values);
      // Nothing is there that stands in the way of a claim.
      return Promise.resolve(text.startsWith('select 1') ? 0 : 1);
    },
  };
  const database: Database = {
    shown: 'postgres://db/fleet',
    read: queries.rows,
    transaction: (work) => work(queries),
    close: () => Promise.resolve(),
  };
  return { said, database };
}

test('every statement is of one agency', async () => {
  const { said, database } = noting();
  const run = await recorded('2026-02-26');
  const folder = openPostgresFolder(database, 'rosewood', { secrets: new Secrets(), indexOf: indexRows });
  await folder.write(`runs/${run.id}.json`, JSON.stringify(run));
  await folder.create('nights/lock.json', '{}');
  await folder.read('runs/a.json');
  await folder.list('runs');
  await folder.remove('runs/a.json');
  await (await folder.claim('runs', 'a', '.json')).release();
  await reindex(database, 'rosewood', indexRows);
  expect(said.length).toBeGreaterThan(15);
  for (const { text, values } of said) {
    expect(values[0], text).toBe('rosewood');
    if (text.includes('conform.agency')) continue;
    expect(text).toMatch(/\bagency = \$1|\(agency, [a-z_, ]+\) values \(\$1,/);
  }
});

describe('records of an agency', () => {
  test.each(['../x.json', '/etc/x', 'a/../../x', '', '.', 'runs/', 'a\0b'])(
    'no name leads out: %j',
    async (name) => {
      const { said, database } = noting();
      const folder = openPostgresFolder(database, 'rosewood', { secrets: new Secrets(), indexOf: indexRows });
      await expect(folder.write(name, 'x')).rejects.toThrow('leads out of the folder');
      expect(said).toEqual([]);
    },
  );

  test('a text with a secret reaches no statement, and control characters neither', async () => {
    const { said, database } = noting();
    const secrets = new Secrets();
    secrets.add('secret-for-tests');
    const folder = openPostgresFolder(database, 'rosewood', { secrets, indexOf: indexRows });
    for (const text of ['"secret-for-tests"', Buffer.from('secret-for-tests').toString('base64')])
      await expect(folder.write('runs/a.json', text)).rejects.toMatchObject({
        code: 'CONFORM_E_SECRET_IN_OUTPUT',
      });
    await expect(folder.create('runs/secret-for-tests.json', '')).rejects.toMatchObject({
      code: 'CONFORM_E_SECRET_IN_OUTPUT',
    });
    expect(said).toEqual([]);
    await folder.write('gate/a.txt', 'a\u001b[2Jb\u0000');
    expect(said.flatMap(({ values }) => values)).toContain('a␛[2Jb␀');
  });
});

test('the index of a run is what its text says, and of no other text there is one', async () => {
  const run = await recorded('2026-02-26');
  const rows = indexRows(`runs/${run.id}.json`, JSON.stringify(run));
  if (!rows || !('run' in rows)) throw new Error('no rows of a run');
  expect(rows.run).toMatchObject({ id: run.id, target: run.target, complete: true, proved: true });
  expect(Object.values(rows.run.totals).reduce((sum, one) => sum + one, 0)).toBe(run.operations.length);
  expect(new Set(rows.causes.map(({ side }) => side))).toEqual(new Set(['vendor', 'us']));
  const keys = rows.causes.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(indexRows(`runs/${run.id}.json`, '{')).toBeUndefined();
  expect(indexRows('nights/20260226T020000Z.json', '{}')).toBeUndefined();
  expect(indexRows(`latest/${run.target}.json`, JSON.stringify(run))).toBeUndefined();
});

test('records are copied text by text; one with another text is left unless it is to be replaced', async () => {
  await using folder = await temporaryFolder();
  const [from, to] = ['from', 'to'].map((name) => openFolder(join(folder.path, name), new Secrets()));
  if (!from || !to) throw new Error('two folders');
  for (const name of ['runs/a.json', 'runs/b.json', 'tickets/t.json', 'expected/live.yaml'])
    await from.write(name, name);
  for (const name of ['latest/report.html', 'tickets/t.md', 'nights/lock.json', 'journal/a.jsonl'])
    await from.write(name, 'x');
  await to.write('runs/a.json', 'another');
  await to.write('runs/b.json', 'runs/b.json');
  expect(await copyRecords(from, to, false)).toEqual({ written: 2, same: 1, different: ['runs/a.json'] });
  expect(await to.read('runs/a.json')).toBe('another');
  expect(await copyRecords(from, to, true)).toEqual({ written: 1, same: 3, different: [] });
  expect(await to.read('runs/a.json')).toBe('runs/a.json');
  expect([await to.list('latest'), await to.list('journal'), await to.list('nights')]).toEqual([[], [], []]);
  expect(await to.list('tickets')).toEqual(['t.json']);
});

test('what is older than it has to be kept goes, but not the newest run of a target, nor its latest', async () => {
  await using folder = await temporaryFolder();
  const out = openFolder(folder.path, new Secrets());
  const run = await recorded('2026-02-26');
  const at = (day: string, target: string) => ({ ...run, id: `${day}T020000Z-${target}`, target });
  await writeRun(at('20260103', 'live'), out);
  for (const [day, target] of [
    ['20260101', 'live'],
    ['20260102', 'live'],
    ['20260101', 'idle'],
    ['20260401', 'live'],
  ] as const)
    await out.write(`runs/${day}T020000Z-${target}.json`, '{}');
  await out.write('nights/20260101T020000Z.json', '{}');
  await out.write('nights/20260401T020000Z.json', '{}');
  await out.write('gate/20260101T020000Z-till-override.json', '{}');
  await out.write('tickets/t.json', '{}');
  expect(await expired(out, new Date('2026-02-01T00:00:00Z'))).toEqual([
    'nights/20260101T020000Z.json',
    'runs/20260101T020000Z-live.json',
    'runs/20260102T020000Z-live.json',
  ]);
});

test('a run is named by its file or by its id', async () => {
  await using folder = await temporaryFolder();
  const out = openFolder(folder.path, new Secrets());
  const run = await recorded('2026-02-26');
  const file = await writeRun(run, out);
  expect((await readNamedRun(file, out)).id).toBe(run.id);
  expect((await readNamedRun(run.id, out)).id).toBe(run.id);
  await expect(readNamedRun('20200101T000000Z-none', out)).rejects.toThrow('there is no such run');
});
