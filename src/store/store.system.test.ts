import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../clock.js';
import { Secrets } from '../targets/secrets.js';
import { POSTGRES_MISSING, startPostgres, type TestServer } from '../testing/postgres.js';
import { recorded } from '../testing/recorded.js';
import { relayTo } from '../testing/relay.js';
import { newAddress, newStoreDatabase } from '../testing/store-database.js';
import { writeRun } from '../record/store.js';
import { storeAddress, type StoreAddress } from './address.js';
import { openStore } from './open.js';
import { openDatabase } from './postgres/connect.js';
import { indexRows } from './index-rows.js';
import { openPostgresFolder } from './postgres/folder.js';
import { migrate } from './postgres/migrate.js';

describe.skipIf(POSTGRES_MISSING !== undefined)('a store in PostgreSQL', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.close());

  const newStore = () => newAddress(server);
  const migrated = () => newStoreDatabase(server);

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

  test('a record and its index are written together or not at all', async () => {
    const { address, url } = await migrated();
    const store = await opened(address, 'rosewood');
    const run = await recorded('2026-02-26');
    const client = await server.connect(url);
    await client.query("alter table conform.cause add constraint none check (key = '')");
    await expect(writeRun(run, store)).rejects.toMatchObject({ code: 'CONFORM_E_DATABASE_FAILED' });
    for (const table of ['record', 'run', 'cause'])
      expect((await client.query(`select 1 from conform.${table}`)).rowCount, table).toBe(0);
    await client.query('alter table conform.cause drop constraint none');
    await writeRun(run, store);
    const before = await client.query('select * from conform.cause order by key');
    await client.query('delete from conform.run');
    expect(await store.reindex()).toBe(2);
    expect((await client.query('select * from conform.cause order by key')).rows).toEqual(before.rows);
    await client.end();
    await store.close();
  });

  test('a name is given once, and one that is written is not given', async () => {
    const { address } = await migrated();
    const [one, other] = [await opened(address, 'rosewood'), await opened(address, 'rosewood')];
    const claims = await Promise.all([one, other, one].map((store) => store.claim('runs', 'a', '.json')));
    expect(claims.map(({ stem }) => stem).sort()).toEqual(['a', 'a~2', 'a~3']);
    await one.write('runs/a.json', 'x');
    for (const { release } of claims) await release();
    expect((await other.claim('runs', 'a', '.json')).stem).toBe('a~2');
    const made = await Promise.all(
      [one, other].map((store) => store.create('nights/lock.json', store === one ? '1' : '2')),
    );
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await one.read('nights/lock.json')).toBe(made[0] ? '1' : '2');
    await one.close();
    await other.close();
  });

  test('a restart of the server is not noticed; a server that stays away is an error', async () => {
    const { url } = await migrated();
    await using between = await relayTo(url);
    const address = storeAddress(undefined, { CONFORM_STORE: between.url });
    if (address === undefined) throw new Error('no address');
    const waits: number[] = [];
    let onWait = (): Promise<void> => Promise.resolve();
    const clock = {
      sleep: async (milliseconds: number) => {
        waits.push(milliseconds);
        await onWait();
      },
    };
    const store = await openStore(address, 'rosewood', { secrets: new Secrets(), clock });
    await store.write('runs/a.json', 'before');
    await between.cut();
    onWait = () => (waits.length === 2 ? between.listen() : Promise.resolve());
    await store.write('runs/a.json', 'after');
    expect(waits).toHaveLength(2);
    expect(await store.read('runs/a.json')).toBe('after');

    await between.cut();
    onWait = () => Promise.resolve();
    waits.length = 0;
    const lost = store.write('runs/b.json', 'lost');
    await expect(lost).rejects.toMatchObject({ code: 'CONFORM_E_DATABASE_UNREACHABLE', exitCode: 3 });
    await expect(lost).rejects.not.toThrow(new RegExp(new URL(url).password));
    expect(waits.length).toBeGreaterThan(3);
    // Whether a lock was taken before the connection was lost cannot be known, so nobody takes it again.
    waits.length = 0;
    await expect(store.create('nights/lock.json', 'x')).rejects.toMatchObject({ exitCode: 3 });
    expect(waits).toEqual([]);
    await between.listen();
    expect(await store.read('runs/b.json')).toBeUndefined();
    await store.close();
  });

  test('a statement that takes too long is ended, and leaves nothing', async () => {
    const { address, url } = await migrated();
    const store = await opened(address, 'rosewood');
    await store.write('runs/a.json', 'x');
    const database = await openDatabase(address, systemClock, 200);
    const folder = openPostgresFolder(database, 'rosewood', { secrets: new Secrets(), indexOf: indexRows });
    const client = await server.connect(url);
    await client.query('begin; lock table conform.run in access exclusive mode');
    await expect(folder.write('runs/b.json', 'x')).rejects.toMatchObject({
      code: 'CONFORM_E_STORE_SLOW',
      exitCode: 3,
    });
    await client.query('rollback');
    expect(await store.list('runs')).toEqual(['a.json']);
    await client.end();
    await store.close();
    await database.close();
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
