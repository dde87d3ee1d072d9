import pg from 'pg';
import { Problem } from 'wellsky-conform/kit';
import { databaseProblem } from './database-problem.js';
import { connectionFromUrl, passwordOf } from './database-url.js';

/**
 * Does something with a database, on a connection of its own.
 * @param url as libpq takes it; no message repeats its password
 * @throws Problem when the database cannot be used, and whatever the work throws
 */
export async function onDatabase<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connectionFromUrl(url));
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    throw withoutPassword(databaseProblem(error), url);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** No message may hold the password, wherever it came from. */
function withoutPassword(error: unknown, url: string): unknown {
  const password = passwordOf(url);
  if (password !== undefined && error instanceof Error && error.message.includes(password)) {
    return new Problem('CONFORM_E_DATABASE_FAILED', 'the database failed', {
      remedy: 'What it said is not repeated.',
    });
  }
  return error;
}
