import pg from 'pg';
import { Problem, type EngineAbout } from 'wellsky-conform/kit';
import type { Engine } from './engine.js';
import { databaseProblem } from './database-problem.js';
import { connectionFromUrl } from './database-url.js';

/** The one schema that a bench uses on a server that is not its own, and the sign by which it knows it again. */
const SCHEMA = 'conform_bench';
const SIGN = 'made by conform bench; may be dropped when none is running';
const LOCK = 4_505_050;

/**
 * The user's own server, with a schema of our own on it, which is dropped on `close`. What a killed bench left
 * behind is replaced.
 * @throws Problem when the server cannot be reached, forbids a schema, holds a schema of this name that is not
 *   ours, or is being measured by another bench
 */
export async function openOwnSchema(databaseUrl: string): Promise<Engine> {
  const connection = connectionFromUrl(databaseUrl, { search_path: SCHEMA });
  const keeper = new pg.Client(connection);
  keeper.on('error', () => undefined);
  try {
    await keeper.connect();
    // Held until this connection ends, also by our death.
    const lock = await keeper.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [LOCK]);
    if (lock.rows[0]?.held !== true) {
      throw new Problem('CONFORM_E_DATABASE_IN_USE', 'another bench is running on this database', {
        remedy: 'Wait until it is done.',
      });
    }
    await dropOurs(keeper);
    await keeper.query(`CREATE SCHEMA ${SCHEMA}`);
    await keeper.query(`COMMENT ON SCHEMA ${SCHEMA} IS '${SIGN}'`);
    const about = await describe(keeper);
    let closing: Promise<void> | undefined;
    const close = async (): Promise<void> => {
      await keeper.query(`DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE`).catch(() => undefined);
      await keeper.end().catch(() => undefined);
    };
    return { connection, about, close: () => (closing ??= close()) };
  } catch (error) {
    await keeper.end().catch(() => undefined);
    throw databaseProblem(error);
  }
}

/**
 * The user's own server, on which nothing is created: every transaction of every session may only read.
 * @throws Problem when the server cannot be reached
 */
export async function openReadOnly(databaseUrl: string): Promise<Engine> {
  const connection = connectionFromUrl(databaseUrl, { default_transaction_read_only: 'on' });
  const client = new pg.Client(connection);
  try {
    await client.connect();
    const { rows } = await client.query<{ only: string }>(
      "SELECT current_setting('transaction_read_only') AS only",
    );
    if (rows[0]?.only !== 'on') {
      throw new Problem(
        'CONFORM_E_DATABASE_SETTING_REFUSED',
        'the server did not take the setting that forbids writing',
        {
          remedy: 'Connect to PostgreSQL itself, not through a pooler that drops settings.',
        },
      );
    }
    return { connection, about: await describe(client), close: () => Promise.resolve() };
  } catch (error) {
    throw databaseProblem(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function describe(client: pg.Client): Promise<EngineAbout> {
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
  return {
    kind: 'own-server',
    version: rows[0]?.server_version ?? 'unknown',
    authentication: 'as the server asks',
  };
}

async function dropOurs(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ sign: string | null }>(
    "SELECT obj_description(oid, 'pg_namespace') AS sign FROM pg_namespace WHERE nspname = $1",
    [SCHEMA],
  );
  const [found] = rows;
  if (!found) return;
  if (found.sign !== SIGN) {
    throw new Problem(
      'CONFORM_E_DATABASE_SCHEMA_FOREIGN',
      `there is a schema ${SCHEMA} that was not made by conform`,
      {
        remedy: 'It was left as it is. Rename it, or use another database.',
      },
    );
  }
  await client.query(`DROP SCHEMA ${SCHEMA} CASCADE`);
}
