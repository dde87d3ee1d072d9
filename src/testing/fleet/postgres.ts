import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { freePort, loadEmbeddedPostgres } from '../../../packages/caller-id/src/engine/embedded.js';

/** A PostgreSQL server that a test stops and starts again. */
export interface RestartableServer {
  url: string;
  /** Stops it, and starts it again after so many milliseconds. */
  restart: (downMs: number) => Promise<void>;
  query: <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<Row[]>;
  close: () => Promise<void>;
}

/** Starts a server in a temporary folder, which keeps its port and its data when it is restarted. */
export async function startRestartable(): Promise<RestartableServer> {
  const folder = await mkdtemp(join(tmpdir(), 'conform-fleet-postgres-'));
  await chmod(folder, 0o711);
  const EmbeddedPostgres = await loadEmbeddedPostgres();
  const port = await freePort();
  const password = randomBytes(12).toString('hex');
  const server = new EmbeddedPostgres({
    ...{ databaseDir: join(folder, 'data'), port, user: 'conform', password, persistent: true },
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: ['-c', 'max_connections=60', '-c', 'listen_addresses=127.0.0.1'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  const url = `postgres://conform:${password}@127.0.0.1:${port}/postgres`;
  return {
    url,
    restart: async (downMs) => {
      await server.stop();
      await wait(downMs);
      await startAgain(() => server.start());
    },
    query: async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) => {
      const client = new pg.Client({ connectionString: url });
      client.on('error', () => undefined);
      await client.connect();
      try {
        return (await client.query<Row>(text, values)).rows;
      } finally {
        await client.end();
      }
    },
    close: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Another process may have the port for a moment, as that of a connection of its own. */
async function startAgain(start: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await start();
      return;
    } catch (error) {
      if (tries === 10) throw error;
      await wait(1_000);
    }
  }
}
