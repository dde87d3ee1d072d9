import { systemClock } from '../clock.js';
import { storeAddress } from '../store/address.js';
import { openDatabase, type Database } from '../store/postgres/connect.js';
import { migrate } from '../store/postgres/migrate.js';
import type { TestServer } from './postgres.js';

/** Opens a new database of a test server, with the tables of the store. */
export async function openStoreDatabase(server: TestServer): Promise<Database> {
  const address = storeAddress(undefined, { CONFORM_STORE: await server.newDatabase() });
  if (address === undefined) throw new Error('no address');
  const database = await openDatabase(address, systemClock);
  await migrate(database);
  return database;
}
