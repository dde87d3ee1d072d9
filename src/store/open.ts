import type { Folder } from '../artefact/folder.js';
import type { Clock } from '../clock.js';
import type { Secrets } from '../targets/secrets.js';
import { checkedAgency, type StoreAddress } from './address.js';
import { indexRows } from './index-rows.js';
import { openDatabase } from './postgres/connect.js';
import { openPostgresFolder } from './postgres/folder.js';
import { demandMigrated } from './postgres/migrate.js';

/** The records of one agency in a database. It is closed when nobody needs it any more. */
export interface Store extends Folder {
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
  return {
    ...openPostgresFolder(database, agency, { secrets, indexOf: indexRows }),
    close: database.close,
  };
}
