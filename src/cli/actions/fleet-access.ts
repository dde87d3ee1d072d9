import { Problem } from '../../problem.js';
import { readFleet, type Fleet } from '../../fleet/file.js';
import { findLayers, folderOf } from '../../spec/find.js';
import { storeAddress, type StoreAddress } from '../../store/address.js';
import { openDatabase, type Database } from '../../store/postgres/connect.js';
import { readEnvironment } from '../../targets/credentials.js';
import type { Host } from '../host.js';
import { join } from 'node:path';

/** The fleet that a command is about: the file that was named, or that of the spec folder. */
export async function fleetOf(
  file: string | undefined,
  { specDir }: { specDir: string },
  host: Host,
): Promise<Fleet> {
  const named = file ?? join(folderOf('fleet.yaml', findLayers(specDir)), 'fleet.yaml');
  return readFleet(named, readEnvironment(host.env));
}

/**
 * Opens the database that a fleet works on.
 * @throws Problem where none is named
 */
export async function databaseOf(
  { store }: { store?: string | undefined },
  host: Host,
): Promise<{ database: Database; address: StoreAddress }> {
  const address = storeAddress(store, readEnvironment(host.env));
  if (address === undefined)
    throw new Problem('CONFORM_E_OPTION_REQUIRED', 'a fleet needs a database', {
      remedy: 'Name it with --store postgres://user@host:5432/database, or in CONFORM_STORE.',
    });
  return { address, database: await openDatabase(address, host.clock) };
}
