import type { Folder } from '../artefact/folder.js';
import type { Clock } from '../clock.js';
import type { Secrets } from '../targets/secrets.js';
import { checkedAgency, type StoreAddress } from './address.js';
import { indexRows } from './index-rows.js';
import { openDatabase } from './postgres/connect.js';
import { openPostgresFolder } from './postgres/folder.js';
import { demandMigrated, migrate, type Migrated } from './postgres/migrate.js';
import { reindex } from './postgres/write-index.js';

/** The records of one agency in a database. It is closed when nobody needs it any more. */
export interface Store extends Folder {
  /**
   * Derives the rows of every record from its text again.
   * @returns of how many
   */
  reindex: () => Promise<number>;
  close: () => Promise<void>;
}

/**
 * Opens the records of one agency in a database. Those of another cannot be reached through it.
 * @throws Problem when the database cannot be used, or its schema is not the one of this version
 */
export async function openStore(
  address: StoreAddress,
  agency: string,
  { secrets, clock }: { secrets: Secrets; clock: Pick<Clock, 'sleep'> },
): Promise<Store> {
  checkedAgency(agency);
  const database = await openDatabase(address, clock);
  try {
    await demandMigrated(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  const folder = openPostgresFolder(database, agency, { secrets, indexOf: indexRows });
  return {
    ...folder,
    reindex: () => reindex(database, agency, indexRows),
    close: database.close,
  };
}

/** A step of the schema may rewrite a table of years. */
const LONGEST_STEP_MS = 3_600_000;

/**
 * Makes the tables of a store, or brings them to the version of this program.
 * @throws Problem when the database cannot be used, or a newer program has made them
 */
export async function migrateStore(address: StoreAddress, clock: Pick<Clock, 'sleep'>): Promise<Migrated> {
  const database = await openDatabase(address, clock, LONGEST_STEP_MS);
  try {
    return await migrate(database);
  } finally {
    await database.close();
  }
}
