import type { Database } from '../../store/postgres/connect.js';
import type { RateLeases } from './shared-pace.js';

/** Nobody is given a turn that is farther away: what a host says in between (`Retry-After`) holds for all but these. */
const HORIZON_MS = 500;

/**
 * Turns of hosts in a table: each question is one statement that locks the row of the host, so that two who ask at once have
 * different turns. The clock of the server alone counts.
 */
export function rateLeasesIn(database: Pick<Database, 'read'>, horizonMs = HORIZON_MS): RateLeases {
  return {
    take: async (host, { turns, distanceMs, mostInARow, leadMs, latenessMs, uses }) => {
      const farthestMs = leadMs + horizonMs;
      const [row] = await database.read<{ begins: number[]; first: number; now: number }>(TAKE, [
        ...[host, turns, distanceMs, mostInARow, leadMs, farthestMs, latenessMs],
        uses.map(({ turn }) => turn),
        uses.map(({ at }) => at ?? null),
      ]);
      if (row === undefined) throw new Error('a statement that returns its row returned none');
      return { ...row, askAt: row.first - farthestMs };
    },
    rest: async (host, milliseconds) => {
      await database.read(REST, [host, milliseconds]);
    },
  };
}

const TAKE = `
select begins, first, asked_at as now
from conform.take_turns(
  $1, $2::integer, $3::float8, $4::integer, $5::float8, $6::float8, $7::float8, $8::float8[], $9::float8[]
)`;

const REST = `
update conform.host_rate
set rests_until = greatest(rests_until, clock_timestamp() + $2::float8 * interval '1 millisecond')
where host = $1`;
