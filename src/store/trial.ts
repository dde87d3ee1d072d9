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
  /**
   * What the user may not do with the tables of the store and of its jobs, such as `INSERT on record`; and whether the server
   * takes writes at all.
   */
  rights: () => Promise<{ missing: string[]; isReadOnly: boolean }>;
  close: () => Promise<void>;
}

/**
 * The steps of the schema are read only. The schema of the jobs is there once a fleet was put; the partitions of its tables
 * are written through these.
 */
const MISSING_RIGHTS = `
with space as (
  select oid, nspname as name, case nspname when 'conform' then '' else nspname || '.' end as prefix
    from pg_catalog.pg_namespace where nspname in ('conform', 'conform_jobs')
)
select missing from (
  select name, '' as relation, 0 as number, 'USAGE on schema ' || name as missing
    from space where not has_schema_privilege(oid, 'USAGE')
  union all
  select space.name, found.relname, wanted.number, wanted.name || ' on ' || space.prefix || found.relname
    from pg_catalog.pg_class as found
    join space on space.oid = found.relnamespace
   cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE']) with ordinality as wanted (name, number)
   where found.relkind in ('r', 'p') and not found.relispartition
     and (found.relname <> 'migration' or wanted.name = 'SELECT')
     and not has_table_privilege(found.oid, wanted.name)
) as rights
 order by name, relation, number`;

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
