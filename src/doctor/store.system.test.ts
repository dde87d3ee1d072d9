import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../clock.js';
import { examineStore } from './store.js';
import { openQueue } from '../fleet/queue.js';
import { storeAddress, type StoreAddress } from '../store/address.js';
import { openDatabase } from '../store/postgres/connect.js';
import { openTrial } from '../store/trial.js';
import { POSTGRES_MISSING, startPostgres, type TestServer } from '../testing/postgres.js';
import { newAddress, newStoreDatabase } from '../testing/store-database.js';

describe.skipIf(POSTGRES_MISSING !== undefined)('doctor over PostgreSQL', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.close());

  /** Makes the tables of the jobs, as the first night of a fleet does. */
  async function openAndCloseQueue(address: StoreAddress): Promise<void> {
    const database = await openDatabase(address, systemClock);
    const queue = await openQueue(database, 'north', { limit: 1, delayMs: 1 }, false);
    await queue.close();
    await database.close();
  }

  /** What is found of the store at an address. */
  async function look(url: string) {
    const lines = await examineStore(
      () => storeAddress(undefined, { CONFORM_STORE: url }),
      (address) => openTrial(address, systemClock),
    );
    const { username, password } = new URL(url);
    expect(JSON.stringify(lines)).not.toContain(`${username}:${password}`);
    return lines;
  }

  test('says whether the store answers, has the tables of this program, and may be written', async () => {
    const empty = await newAddress(server);
    expect(await look(empty.url)).toMatchObject([
      { name: 'database', state: 'ok' },
      { name: 'schema', state: 'error', code: 'CONFORM_E_STORE_NOT_MIGRATED' },
      { name: 'writes', state: 'not tried' },
    ]);
    const made = await newStoreDatabase(server);
    expect(await look(made.url)).toMatchObject([
      { name: 'database', state: 'ok' },
      { name: 'schema', state: 'ok' },
      { name: 'writes', state: 'ok' },
    ]);
    const client = await server.connect(made.url);
    const role = `reader_${new URL(made.url).pathname.slice(-8)}`;
    const reader = new URL(made.url);
    reader.username = role;
    reader.password = 'password-for-tests-4711';
    await client.query(`create role ${role} login password 'password-for-tests-4711'`);
    try {
      await client.query(`grant usage on schema conform to ${role}`);
      await client.query(`grant select on all tables in schema conform to ${role}`);
      const [, , writes] = await look(reader.href);
      expect(writes).toMatchObject({ name: 'writes', state: 'error' });
      expect(writes?.found).toMatch(/missing: INSERT on agency, UPDATE on agency, DELETE on agency and/);
      await client.query(`grant all on all tables in schema conform to ${role}`);
      expect((await look(reader.href))[2]).toMatchObject({ name: 'writes', state: 'ok' });
      await openAndCloseQueue(made.address);
      const [, , jobs] = await look(reader.href);
      expect(jobs).toMatchObject({ name: 'writes', state: 'error' });
      expect(jobs?.found).toMatch(/missing: USAGE on schema conform_jobs, SELECT on conform_jobs\.archive/);
      await client.query(`grant usage on schema conform_jobs to ${role}`);
      await client.query(`grant all on all tables in schema conform_jobs to ${role}`);
      expect((await look(reader.href))[2]).toMatchObject({ name: 'writes', state: 'ok' });
      reader.password = 'wrong-for-tests-4711';
      const [refused] = await look(reader.href);
      // A server that trusts everybody of this machine asks for no password.
      expect([undefined, 'CONFORM_E_DATABASE_REFUSED']).toContain(refused?.code);
    } finally {
      await client.query(`drop owned by ${role}`);
      await client.query(`drop role ${role}`);
      await client.end();
    }
  });
});
