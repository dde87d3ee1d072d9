import type { Fault } from '../tickets/faults.js';

/** What is seeded of one agency in one night: whether it was recorded, what it showed, and what it did not test. */
export interface SeededNight {
  state?: 'waiting' | 'running' | 'recorded' | 'failed' | 'dead';
  colour?: 'GREEN' | 'RED' | 'BROKEN' | 'NO VERDICT';
  faults?: readonly Fault[];
  untested?: readonly string[];
  why?: string;
  /** The record of the run. Its rows are those that are given, and not derived from it. */
  text?: string;
}

/** A database that answers SQL. */
export interface Seedable {
  query: (text: string, values: unknown[]) => Promise<unknown>;
}

/** So many rows go into one statement. */
const BATCH = 5_000;

/**
 * Puts nights of a fleet into the index of a store, as the queue and the store would have.
 * @param nights what is seeded of an agency in a night; undefined where the agency had no job
 */
export async function seedNights(
  database: Seedable,
  fleet: string,
  agencies: readonly string[],
  days: readonly string[],
  nights: (agency: string, day: string, index: number) => SeededNight | undefined,
): Promise<void> {
  await database.query('insert into conform.agency (name) select unnest($1::text[]) on conflict do nothing', [
    agencies,
  ]);
  const rows = { nights: [] as unknown[], runs: [] as unknown[], causes: [] as unknown[] };
  const flush = async (): Promise<void> => {
    await database.query(NIGHT_ROWS, [JSON.stringify(rows.nights)]);
    await database.query(RUN_ROWS, [JSON.stringify(rows.runs)]);
    await database.query(CAUSE_ROWS, [JSON.stringify(rows.causes)]);
    rows.nights = [];
    rows.runs = [];
    rows.causes = [];
  };
  for (const agency of agencies) {
    for (const [index, day] of days.entries()) {
      const seeded = nights(agency, day, index);
      if (!seeded) continue;
      const { state = 'recorded', colour = 'GREEN', faults = [], untested = [], why, text = '' } = seeded;
      const isRecorded = state === 'recorded';
      const run = `${day.replaceAll('-', '')}T030000Z-live`;
      const at = `${day}T03:00:00Z`;
      rows.nights.push({
        ...{ fleet, agency, night: day, state, why, attempts: 1 },
        ...(isRecorded
          ? { colour, exit_code: colour === 'GREEN' ? 0 : 1, runs: [run], finished_at: at }
          : { runs: [] }),
      });
      if (!isRecorded) continue;
      rows.runs.push({ agency, id: run, target: 'live', started_at: at, finished_at: at, untested, text });
      rows.causes.push(...faults.map((fault) => ({ agency, run, ...fault })));
      if (rows.nights.length >= BATCH) await flush();
    }
  }
  await flush();
}

const NIGHT_ROWS = `
insert into conform.agency_night
       (fleet, agency, night, part, parts, deadline, state, why, attempts, colour, exit_code, runs, finished_at)
select fleet, agency, night, 0, 1, night + 1, state, why, attempts, colour, exit_code, runs, finished_at
  from json_to_recordset($1::json) as row(fleet text, agency text, night date, state text, why text, attempts int,
       colour text, exit_code int, runs text[], finished_at timestamptz)`;

const RUN_ROWS = `
with row as (
  select * from json_to_recordset($1::json) as row(agency text, id text, target text, started_at timestamptz,
         finished_at timestamptz, untested text[], text text)),
record as (
  insert into conform.record (agency, name, text) select agency, 'runs/' || id || '.json', text from row)
insert into conform.run
       (agency, id, record, target, started_at, finished_at, complete, proved, operations, totals, untested)
select agency, id, 'runs/' || id || '.json', target, started_at, finished_at, true, true, 15, '{}', untested from row`;

const CAUSE_ROWS = `
insert into conform.cause (agency, run, key, cause, side, operations)
select agency, run, key, cause, side, operations
  from json_to_recordset($1::json) as row(agency text, run text, key text, cause text, side text, operations text[])`;
