import type { Records } from '../artefact/folder.js';
import type { Clock } from '../clock.js';
import type { Secrets } from '../targets/secrets.js';
import { checkedAgency, type StoreAddress } from './address.js';
import { openDatabase } from './postgres/connect.js';
import { openPostgresFolder } from './postgres/folder.js';
import { demandMigrated } from './postgres/migrate.js';

/** A store as whoever sums up many agencies sees it: the index of all, and the records of each, for reading. */
export interface FleetStore {
  /** The rows of a statement over the index. It must not change anything. */
  read: (text: string, values: readonly unknown[]) => Promise<unknown[]>;
  recordsOf: (agency: string) => Records;
  close: () => Promise<void>;
}

/** To sum up months of a large fleet takes seconds, on a busy server more. */
const LONGEST_SUM_MS = 300_000;

/**
 * Opens a store for summing up.
 * @throws Problem when the database cannot be used, or its schema is not the one of this version
 */
export async function openFleetStore(
  address: StoreAddress,
  { secrets, clock }: { secrets: Secrets; clock: Pick<Clock, 'sleep'> },
): Promise<FleetStore> {
  const database = await openDatabase(address, clock, LONGEST_SUM_MS);
  try {
    await demandMigrated(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return {
    read: database.read,
    recordsOf: (agency) => {
      const { path, place, read, list } = openPostgresFolder(database, checkedAgency(agency), {
        secrets,
        indexOf: () => undefined,
      });
      return { path, place, read, list };
    },
    close: database.close,
  };
}
