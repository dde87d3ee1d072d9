import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import process from 'node:process';
import type { Database } from '../store/postgres/connect.js';
import { LEASE_MS } from './lease.js';

/** How many nights a worker has passed. */
export interface Tally {
  done: number;
  failed: number;
}

/** The workers of a fleet, as the database knows them. */
export function workersIn(database: Pick<Database, 'read'>) {
  return {
    enter: async (id: string, fleet: string): Promise<void> => {
      const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
      await database.read(
        'insert into conform.worker (id, fleet, machine, pid) values ($1, $2, $3, $4) on conflict do nothing',
        [id, fleet, machine, process.pid],
      );
    },
    /**
     * Says that a worker lives, and keeps its leases.
     * @returns those that it still has
     */
    beat: async (id: string, leases: readonly string[], { done, failed }: Tally): Promise<string[]> => {
      const rows = await database.read<{ lease: string }>(
        `with seen as (update conform.worker set seen_at = now(), done = $3, failed = $4 where id = $1)
        update conform.agency_night set leased_until = now() + interval '${LEASE_MS} milliseconds'
        where leased_by = $1 and state = 'running' and lease = any($2::uuid[]) returning lease`,
        [id, leases, done, failed],
      );
      return rows.map(({ lease }) => lease);
    },
    leave: async (id: string, { done, failed }: Tally): Promise<void> => {
      await database.read(
        'update conform.worker set stopped_at = now(), seen_at = now(), done = $2, failed = $3 where id = $1',
        [id, done, failed],
      );
    },
  };
}
