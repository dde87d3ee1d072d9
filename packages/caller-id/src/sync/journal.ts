import type { Client } from 'pg';
import { Problem } from 'wellsky-conform/kit';
import type { Person } from '../caller.js';

/** Only one sync at a time; the server forgets it when the connection ends, however it ends. */
const LOCK = 4_505_051;
/** What was fetched longer ago is fetched again. */
const RESUMABLE = '1 hour';

/** How a sync ended. */
export interface Ending {
  state: 'done' | 'refused' | 'failed';
  people?: Record<string, number>;
  added?: number;
  changed?: number;
  removed?: number;
  requests: number;
  retries: number;
  message?: string;
}

/** The log entry of a running sync and what it has fetched so far. */
export interface Journal {
  id: string;
  /** Parts that an interrupted sync had fetched already. */
  fetched: ReadonlyMap<string, Person[]>;
  keep: (part: string, people: readonly Person[]) => Promise<void>;
}

/**
 * Begins a sync, or goes on with one that was interrupted.
 * @throws Problem when another one is running
 */
export async function openJournal(client: Client): Promise<Journal> {
  const lock = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [LOCK]);
  if (lock.rows[0]?.held !== true) {
    throw new Problem('CONFORM_E_DATABASE_IN_USE', 'another sync is running on this database', {
      remedy: 'Wait until it is done.',
    });
  }
  const id = (await interrupted(client)) ?? (await begun(client));
  const { rows } = await client.query<{ part: string; people: Person[] }>(
    'SELECT part, people FROM caller_staging WHERE sync_id = $1',
    [id],
  );
  return {
    id,
    fetched: new Map(rows.map(({ part, people }) => [part, people])),
    keep: async (part, people) => {
      await client.query(
        `INSERT INTO caller_staging (sync_id, part, people) VALUES ($1, $2, $3)
         ON CONFLICT (sync_id, part) DO UPDATE SET people = excluded.people`,
        [id, part, JSON.stringify(people)],
      );
    },
  };
}

/** Writes how a sync ended. What it fetched is kept only when it may be resumed. */
export async function closeJournal(client: Client, id: string, ending: Ending): Promise<void> {
  const { state, people, added, changed, removed, requests, retries, message } = ending;
  await client.query(
    `UPDATE caller_syncs SET finished_at = clock_timestamp(), state = $2, people = $3, added = $4, changed = $5,
       removed = $6, requests = coalesce(requests, 0) + $7, retries = coalesce(retries, 0) + $8, message = $9
     WHERE id = $1`,
    [
      id,
      state,
      people === undefined ? null : JSON.stringify(people),
      added ?? null,
      changed ?? null,
      removed ?? null,
      requests,
      retries,
      message ?? null,
    ],
  );
  if (state !== 'failed') await client.query('DELETE FROM caller_staging WHERE sync_id = $1', [id]);
}

/** The newest sync that did not come to an end and is young enough. Older ones are marked as failed. */
async function interrupted(client: Client): Promise<string | undefined> {
  await client.query(
    `UPDATE caller_syncs SET state = 'failed', finished_at = now(), message = 'it was interrupted'
     WHERE state = 'running' AND started_at < now() - $1::interval`,
    [RESUMABLE],
  );
  await client.query(
    `DELETE FROM caller_staging s USING caller_syncs c
     WHERE c.id = s.sync_id AND c.started_at < now() - $1::interval`,
    [RESUMABLE],
  );
  const { rows } = await client.query<{ id: string }>(
    `UPDATE caller_syncs SET state = 'running', resumed = resumed + 1, finished_at = NULL, message = NULL
     WHERE id = (SELECT max(id) FROM caller_syncs)
       AND state IN ('running', 'failed') AND started_at >= now() - $1::interval
     RETURNING id`,
    [RESUMABLE],
  );
  return rows[0]?.id;
}

async function begun(client: Client): Promise<string> {
  const { rows } = await client.query<{ id: string }>('INSERT INTO caller_syncs DEFAULT VALUES RETURNING id');
  const [row] = rows;
  if (!row) throw new Error('the log took no entry');
  return row.id;
}
