import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { connectionFromUrl } from '../engine/database-url.js';
import { startEmbedded } from '../engine/embedded.js';

/** A place in a real PostgreSQL that belongs to one test file. */
export interface TestDatabase {
  /** For programs: with the schema of the test as its search path. */
  url: string;
  connect: () => Promise<pg.Client>;
  close: () => Promise<void>;
}

/**
 * An embedded server, or a schema of its own on the server that CONFORM_TEST_DATABASE_URL names, so that the same
 * tests run on PostgreSQL as distributions ship it.
 */
export async function openTestDatabase(): Promise<TestDatabase> {
  const given = process.env['CONFORM_TEST_DATABASE_URL'];
  const engine = given === undefined || given === '' ? await startEmbedded() : undefined;
  const base = engine ? urlOf(engine.connection) : (given ?? '');
  const schema = `conform_test_${randomBytes(4).toString('hex')}`;
  const keeper = await open(base);
  await keeper.query(`CREATE SCHEMA ${schema}`);
  const url = new URL(base);
  url.searchParams.set('options', `-c search_path=${schema}`);
  const href = url.href.replaceAll('+', '%20');
  return {
    url: href,
    connect: () => open(href),
    close: async () => {
      await keeper.query(`DROP SCHEMA ${schema} CASCADE`);
      await keeper.end();
      await engine?.close();
    },
  };
}

async function open(url: string): Promise<pg.Client> {
  const client = new pg.Client(connectionFromUrl(url));
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

function urlOf({ user, password, host, port, database }: pg.ClientConfig): string {
  const secret = typeof password === 'string' ? password : '';
  return `postgresql://${user ?? ''}:${encodeURIComponent(secret)}@${host ?? ''}:${port ?? 5432}/${database ?? ''}`;
}
