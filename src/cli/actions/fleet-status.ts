import { exitCodeOf, readStatus } from '../../fleet/status.js';
import { demandMigrated } from '../../store/postgres/migrate.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions } from '../io.js';
import { printNights, printWorkers } from '../tables/fleet.js';
import { databaseOf } from './fleet-access.js';

export interface FleetStatusOptions extends CommonOptions {
  store?: string | undefined;
  fleet?: string | undefined;
  night?: string | undefined;
}

/** Says how far the nights of fleets are. @returns the exit code, by the newest night of each fleet */
export async function fleetStatus(options: FleetStatusOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  const { database } = await databaseOf(options, host);
  try {
    await demandMigrated(database);
    const { nights, workers } = await readStatus(database, options);
    printNights(nights, io, options.night);
    printWorkers(workers, io);
    io.result({ nights, workers });
    const newest = nights.filter(
      ({ fleet }, index) => nights.findIndex((other) => other.fleet === fleet) === index,
    );
    return exitCodeOf(newest);
  } finally {
    await database.close();
  }
}
