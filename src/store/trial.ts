import type { Clock } from '../clock.js';
import type { StoreAddress } from './address.js';
import { openDatabase, type Database } from './postgres/connect.js';
import { demandMigrated } from './postgres/migrate.js';

/** A database as one tries it before anything is kept in it. Nothing is changed. */
export interface TrialDatabase {
  /**
   * The version of the server.
   * @throws Problem when it does not answer, or refuses the user
   */
  version: () => Promise<string>;
  /** @throws Problem when the tables are not those of this program */
  demandSchema: () => Promise<void>;
  /** What the user may not do with the tables, such as `INSERT on record`; and whether the server takes writes at all. */
  rights: () => Promise<{ missing: string[]; isReadOnly: boolean }>;
  close: () => Promise<void>;
}

/** The steps of the schema are read only. */
const MISSING_RIGHTS = `
select wanted.name || ' on ' || found.relname as missing
  from pg_catalog.pg_class as found
  join pg_catalog.pg_namespace as space on space.oid = found.relnamespace and space.nspname = 'conform'
 cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) with ordinality as wanted (name, number)
 where found.relkind = 'r' and (found.relname <> 'migration' or wanted.name = 'SELECT')
   and not has_table_privilege(found.oid, wanted.name)
 order by found.relname, wanted.number`;

/** Opens a database to try it. */
export async function openTrial(address: StoreAddress, clock: Pick<Clock, 'sleep'>): Promise<TrialDatabase> {
  return trialOf(await openDatabase(address, clock));
}

function trialOf(database: Database): TrialDatabase {
  return {
    version: async () => {
      const [row] = await database.read<{ server_version: string }>('show server_version');
      return row?.server_version.split(' ')[0] ?? '';
    },
    demandSchema: () => demandMigrated(database),
    rights: async () => {
      const rows = await database.read<{ missing: string }>(MISSING_RIGHTS);
      const [mode] = await database.read<{ transaction_read_only: string }>('show transaction_read_only');
      return {
        missing: rows.map(({ missing }) => missing),
        isReadOnly: mode?.transaction_read_only === 'on',
      };
    },
    close: database.close,
  };
}
