import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../clock.js';
import { Secrets } from '../targets/secrets.js';
import { POSTGRES_MISSING, startPostgres, type TestServer } from '../testing/postgres.js';
import { recorded } from '../testing/recorded.js';
import { writeRun } from '../record/store.js';
import { storeAddress, type StoreAddress } from './address.js';
import { openStore } from './open.js';
import { openDatabase } from './postgres/connect.js';
import { migrate } from './postgres/migrate.js';

describe.skipIf(POSTGRES_MISSING !== undefined)('a store in PostgreSQL', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.close());

  async function newStore(): Promise<{ address: StoreAddress; url: string }> {
    const url = await server.newDatabase();
    const address = storeAddress(undefined, { CONFORM_STORE: url });
    if (address === undefined) throw new Error('no address');
    return { address, url };
  }

  async function migrated() {
    const made = await newStore();
    const database = await openDatabase(made.address, systemClock);
    await migrate(database);
    await database.close();
    return made;
  }

  const opened = (address: StoreAddress, agency: string, secrets = new Secrets()) =>
    openStore(address, agency, { secrets, clock: systemClock });

  test('what is written is read back, listed, replaced and removed', async () => {
    const { address } = await migrated();
    const store = await opened(address, 'rosewood');
    expect(await store.read('runs/a.json')).toBeUndefined();
    expect(await store.list('runs')).toEqual([]);
    expect(await store.write('runs/b.json', 'two')).toBe(`${address.shown}/rosewood/runs/b.json`);
    await store.write('runs/a.json', 'one');
    await store.write('runs/below/c.json', 'three');
    await store.write('runs/a.json', 'one more');
    expect(await store.list('runs')).toEqual(['a.json', 'b.json']);
    expect(await store.read('runs/a.json')).toBe('one more');
    await store.remove('runs/a.json');
    await store.remove('runs/a.json');
    expect(await store.list('runs')).toEqual(['b.json']);
    await store.close();
  });

  test('an agency sees nothing of another', async () => {
    const { address } = await migrated();
    const [one, other] = [await opened(address, 'one'), await opened(address, 'other')];
    await one.write('runs/a.json', 'of one');
    await other.write('runs/b.json', 'of the other');
    expect([await one.list('runs'), await other.list('runs')]).toEqual([['a.json'], ['b.json']]);
    expect(await other.read('runs/a.json')).toBeUndefined();
    await other.remove('runs/a.json');
    expect(await one.read('runs/a.json')).toBe('of one');
    await other.write('runs/a.json', 'its own');
    expect(await one.read('runs/a.json')).toBe('of one');
    expect((await other.claim('runs', 'c', '.json')).stem).toBe('c');
    expect((await one.claim('runs', 'c', '.json')).stem).toBe('c');
    await one.close();
    await other.close();
  });

  test('a run has its index, which goes with it', async () => {
    const { address, url } = await migrated();
    const store = await opened(address, 'rosewood');
    const run = await recorded('2026-02-26');
    await writeRun(run, store);
    const client = await server.connect(url);
    const rows = await client.query('select id, target, operations from conform.run');
    expect(rows.rows).toEqual([{ id: run.id, target: run.target, operations: run.operations.length }]);
    const causes = await client.query("select key from conform.cause where side = 'vendor'");
    expect(causes.rowCount).toBeGreaterThan(0);
    await store.remove(`runs/${run.id}.json`);
    expect((await client.query('select 1 from conform.run')).rowCount).toBe(0);
    expect((await client.query('select 1 from conform.cause')).rowCount).toBe(0);
    await client.end();
    await store.close();
  });

  test('several that migrate at once leave one schema; a newer one is left alone', async () => {
    const { address, url } = await newStore();
    await expect(opened(address, 'one')).rejects.toMatchObject({ code: 'CONFORM_E_STORE_NOT_MIGRATED' });
    const databases = await Promise.all([1, 2, 3].map(() => openDatabase(address, systemClock)));
    const done = await Promise.all(databases.map(migrate));
    expect(done.filter(({ applied }) => applied.length > 0)).toHaveLength(1);
    const client = await server.connect(url);
    await client.query("insert into conform.migration values (999, '999-later')");
    await client.end();
    await expect(opened(address, 'one')).rejects.toMatchObject({ code: 'CONFORM_E_STORE_NEWER' });
    for (const database of databases) {
      await expect(migrate(database)).rejects.toMatchObject({ code: 'CONFORM_E_STORE_NEWER' });
      await database.close();
    }
  });
});
