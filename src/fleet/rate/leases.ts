import type { Database } from '../../store/postgres/connect.js';
import type { RateLeases } from './shared-pace.js';

/**
 * Turns of hosts in a table: each question moves the moment of the next turn on, in one statement, so that two who ask at
 * once have different turns. The clock of the server alone counts.
 */
export function rateLeasesIn(database: Pick<Database, 'read'>): RateLeases {
  return {
    take: async (host, turns, distanceMs) => {
      const taken = turns * distanceMs;
      const [row] = await database.read<{ next: number; now: number }>(TAKE, [
        host,
        1000 / distanceMs,
        taken,
        turns,
      ]);
      if (row === undefined) throw new Error('a statement that returns its row returned none');
      return { at: row.next - taken, now: row.now };
    },
    rest: async (host, milliseconds) => {
      await database.read(REST, [host, milliseconds]);
    },
  };
}

const TAKE = `
insert into conform.host_rate as held (host, per_second, next_at, taken)
values ($1, $2, clock_timestamp() + $3::float8 * interval '1 millisecond', $4)
on conflict (host) do update set
  per_second = excluded.per_second,
  next_at = greatest(held.next_at, clock_timestamp()) + $3::float8 * interval '1 millisecond',
  taken = held.taken + excluded.taken
returning
  extract(epoch from next_at)::float8 * 1000 as next,
  extract(epoch from clock_timestamp())::float8 * 1000 as now`;

const REST = `
update conform.host_rate
set next_at = greatest(next_at, clock_timestamp() + $2::float8 * interval '1 millisecond')
where host = $1`;
