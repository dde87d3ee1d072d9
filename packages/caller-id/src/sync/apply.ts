import type { Client } from 'pg';
import type { Person } from '../caller.js';

/** What a sync did to the cache, in rows: one for each number of each person. */
export interface Changes {
  added: number;
  changed: number;
  removed: number;
}

const BATCH = 5_000;

/**
 * Makes the cache hold exactly these people: all at once, in the transaction that is open. Nobody waits for it:
 * readers see what was there before until it commits, and no table is locked or replaced.
 */
export async function applyPeople(client: Client, people: readonly Person[]): Promise<Changes> {
  await client.query(`
    CREATE TEMPORARY TABLE incoming (LIKE caller_numbers INCLUDING GENERATED) ON COMMIT DROP`);
  const rows = people.flatMap((person) => person.numbers.map((number) => ({ number, person })));
  for (let start = 0; start < rows.length; start += BATCH) {
    const batch = rows.slice(start, start + BATCH);
    await client.query(
      `INSERT INTO incoming (number, kind, person_id, name, status, city, active, synced_at)
       SELECT *, now() FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[])`,
      [
        batch.map(({ number }) => number),
        batch.map(({ person }) => person.kind),
        batch.map(({ person }) => person.id),
        batch.map(({ person }) => person.name),
        batch.map(({ person }) => person.status),
        batch.map(({ person }) => person.city),
        batch.map(({ person }) => person.active),
      ],
    );
  }
  await client.query('CREATE INDEX ON incoming (number, preference, person_id); ANALYZE incoming');
  const removed = await client.query(`
    DELETE FROM caller_numbers n WHERE NOT EXISTS (
      SELECT FROM incoming i
      WHERE (i.number, i.preference, i.person_id) = (n.number, n.preference, n.person_id))`);
  // Written again also when nothing changed: that it still holds is news too (synced_at).
  const written = await client.query<{ added: string; changed: string }>(`
    WITH before AS (
      SELECT n.number, n.preference, n.person_id,
             (n.name, n.status, n.city) IS DISTINCT FROM (i.name, i.status, i.city) AS differs
      FROM caller_numbers n JOIN incoming i USING (number, preference, person_id)
    ), written AS (
      INSERT INTO caller_numbers (number, kind, person_id, name, status, city, active, synced_at)
      SELECT number, kind, person_id, name, status, city, active, synced_at FROM incoming
      ON CONFLICT (number, preference, person_id) DO UPDATE
        SET name = excluded.name, status = excluded.status, city = excluded.city, synced_at = excluded.synced_at
      RETURNING 1
    )
    SELECT (SELECT count(*) FROM written) - (SELECT count(*) FROM before) AS added,
           (SELECT count(*) FROM before WHERE differs) AS changed`);
  const [counts] = written.rows;
  return {
    added: Number(counts?.added ?? 0),
    changed: Number(counts?.changed ?? 0),
    removed: removed.rowCount ?? 0,
  };
}
