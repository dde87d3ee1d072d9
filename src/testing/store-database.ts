import { systemClock } from '../clock.js';
import { storeAddress, type StoreAddress } from '../store/address.js';
import { openDatabase, type Database } from '../store/postgres/connect.js';
import { migrate } from '../store/postgres/migrate.js';
import type { TestServer } from './postgres.js';

/** A new database of a test server. */
export interface TestDatabase {
  /** With user and password. */
  url: string;
  address: StoreAddress;
}

/** Makes a new database of a test server, without any tables. */
export async function newAddress(server: TestServer): Promise<TestDatabase> {
  const url = await server.newDatabase();
  const address = storeAddress(undefined, { CONFORM_STORE: url });
  if (address === undefined) throw new Error('no address');
  return { url, address };
}

/** Makes a new database of a test server, with the tables of the store. */
export async function newStoreDatabase(server: TestServer): Promise<TestDatabase> {
  const made = await newAddress(server);
  const database = await openDatabase(made.address, systemClock);
  try {
    await migrate(database);
  } finally {
    await database.close();
  }
  return made;
}

/** Opens a new database of a test server, with the tables of the store. */
export async function openStoreDatabase(server: TestServer): Promise<Database> {
  const { address } = await newStoreDatabase(server);
  return openDatabase(address, systemClock);
}
