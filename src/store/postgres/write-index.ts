import type { IndexOf, IndexRows } from '../index-rows.js';
import type { Database, Queries } from './connect.js';

/** Puts the rows that are derived from a record in the place of those of its former text. */
export async function writeIndex(
  queries: Queries,
  agency: string,
  record: string,
  rows: IndexRows | undefined,
): Promise<void> {
  const former = [agency, record];
  // What becomes unreadable has no rows any more.
  await queries.count('delete from conform.run where agency = $1 and record = $2', former);
  await queries.count('delete from conform.night where agency = $1 and record = $2', former);
  if (rows === undefined) return;
  if ('night' in rows) {
    const { id, startedAt, state, colour, exitCode } = rows.night;
    await queries.count(
      `insert into conform.night (agency, id, record, started_at, state, colour, exit_code)
      values ($1, $2, $3, $4, $5, $6, $7)`,
      [agency, id, record, startedAt, state, colour, exitCode],
    );
    return;
  }
  const { run, causes } = rows;
  await queries.count(
    `insert into conform.run (agency, id, record, target, started_at, finished_at, complete, proved, operations, totals, untested)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[agency, run.id, record, run.target, run.startedAt, run.finishedAt],
      ...[run.complete, run.proved, run.operations, JSON.stringify(run.totals), run.untested],
    ],
  );
  for (const { key, side, cause, operations } of causes) {
    await queries.count(
      'insert into conform.cause (agency, run, key, side, cause, operations) values ($1, $2, $3, $4, $5, $6)',
      [agency, run.id, key, side, cause, operations],
    );
  }
}

/**
 * Derives the rows of every record of an agency from its text again, one record at a time.
 * @returns of how many records
 */
export async function reindex(database: Database, agency: string, indexOf: IndexOf): Promise<number> {
  const records = await database.read<{ name: string }>(
    'select name from conform.record where agency = $1 order by name',
    [agency],
  );
  for (const { name } of records) {
    await database.transaction(async (queries) => {
      // Nobody writes another text while its rows are derived.
      const rows = await queries.rows<{ text: string }>(
        'select text from conform.record where agency = $1 and name = $2 for update',
        [agency, name],
      );
      for (const { text } of rows) await writeIndex(queries, agency, name, indexOf(name, text));
    }, 'again');
  }
  return records.length;
}
