import type { IndexRows } from '../index-rows.js';
import type { Queries } from './connect.js';

/** Puts the rows that are derived from a record in the place of those of its former text. */
export async function writeIndex(
  queries: Queries,
  agency: string,
  record: string,
  rows: IndexRows | undefined,
): Promise<void> {
  const former = [agency, record];
  // What becomes unreadable has no rows any more.
  await queries.query('delete from conform.run where agency = $1 and record = $2', former);
  await queries.query('delete from conform.night where agency = $1 and record = $2', former);
  if (rows === undefined) return;
  if ('night' in rows) {
    const { id, startedAt, state, colour, exitCode } = rows.night;
    await queries.query(
      `insert into conform.night (agency, id, record, started_at, state, colour, exit_code)
      values ($1, $2, $3, $4, $5, $6, $7)`,
      [agency, id, record, startedAt, state, colour, exitCode],
    );
    return;
  }
  const { run, causes } = rows;
  await queries.query(
    `insert into conform.run (agency, id, record, target, started_at, finished_at, complete, proved, operations, totals)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[agency, run.id, record, run.target, run.startedAt, run.finishedAt],
      ...[run.complete, run.proved, run.operations, JSON.stringify(run.totals)],
    ],
  );
  for (const { key, side, cause, operations } of causes) {
    await queries.query(
      'insert into conform.cause (agency, run, key, side, cause, operations) values ($1, $2, $3, $4, $5, $6)',
      [agency, run.id, key, side, cause, operations],
    );
  }
}
