import { Socket } from 'node:net';
import type { Pool, QueryResultRow } from 'pg';
import type { Clock } from '../../clock.js';
import type { StoreAddress } from '../address.js';
import { isPassing, storeProblem } from './problem.js';

/** What runs statements within one transaction. */
export interface Queries {
  /** The rows that a statement gives. */
  rows: <Row extends QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<Row[]>;
  /** Runs a statement, or several without values. @returns how many rows it has given or changed */
  count: (text: string, values?: readonly unknown[]) => Promise<number>;
}

/** A database that is connected to when it is asked. */
export interface Database {
  /** The address, without user and password. */
  readonly shown: string;
  /**
   * The rows of one statement that only reads. It is tried again where the connection was lost.
   * @throws Problem when the database cannot be used
   */
  read: <Row extends QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<Row[]>;
  /**
   * Does something in one transaction: all of it is there afterwards, or none.
   * @param again whether it may be done a second time where nobody knows whether the first was committed
   * @throws Problem when the database cannot be used, and whatever the work throws
   */
  transaction: <T>(work: (queries: Queries) => Promise<T>, again: 'again' | 'once') => Promise<T>;
  /** Closes every connection. Never throws; may be called again. */
  close: () => Promise<void>;
}

/** Each command works one record after another; the rest is for what it does at the same time. */
const MOST_CONNECTIONS = 4;
const CONNECT_MS = 10_000;
const STATEMENT_MS = 30_000;
/** A server that went away without a word answers no time-out of its own. */
const BEYOND_STATEMENT_MS = 10_000;
/** What is not closed within this is cut: a server may have taken a connection and said nothing since. */
const CLOSE_MS = 500;
/** A database that is restarted is back within this. */
const WAITS_MS = [250, 500, 1_000, 2_000, 4_000, 8_000];

/**
 * Opens a database; the driver is loaded now, and a connection is made with the first statement.
 * @param statementMs how long one statement may take
 */
export async function openDatabase(
  { url, shown }: StoreAddress,
  clock: Pick<Clock, 'sleep'>,
  statementMs = STATEMENT_MS,
): Promise<Database> {
  const { default: pg } = await import('pg');
  const sockets = new Set<Socket>();
  const pool = new pg.Pool({
    stream: () => {
      const socket = new Socket();
      sockets.add(socket);
      return socket.once('close', () => sockets.delete(socket));
    },
    connectionString: url,
    application_name: 'conform',
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: statementMs,
    query_timeout: statementMs + BEYOND_STATEMENT_MS,
    idle_in_transaction_session_timeout: statementMs + BEYOND_STATEMENT_MS,
    keepAlive: true,
  });
  // A connection that is lost while nobody uses it is made again by the next statement.
  pool.on('error', () => undefined);
  let wasReached = false;
  const tried = async <T>(work: () => Promise<T>, again: boolean): Promise<T> => {
    for (let tries = 0; ; tries++) {
      try {
        const value = await work();
        wasReached = true;
        return value;
      } catch (error) {
        const wait = WAITS_MS[tries];
        // Where nobody has answered yet, the address is more likely to be wrong than the server to be restarted.
        if (!again || !wasReached || wait === undefined || !isPassing(error))
          throw storeProblem(error, shown);
        await clock.sleep(wait);
      }
    }
  };
  let closing: Promise<void> | undefined;
  return {
    shown,
    read: <Row extends QueryResultRow>(text: string, values: readonly unknown[] = []) =>
      tried(async () => (await pool.query<Row>(text, [...values])).rows, true),
    transaction: (work, again) => tried(() => inTransaction(pool, work), again === 'again'),
    close: () => (closing ??= closed(pool, sockets)),
  };
}

/** The limit is in real time: no clock of a night may move because a socket closes slowly. */
async function closed(pool: Pool, sockets: ReadonlySet<Socket>): Promise<void> {
  const limit = setTimeout(() => {
    for (const socket of sockets) socket.destroy();
  }, CLOSE_MS);
  await pool.end().catch(() => undefined);
  clearTimeout(limit);
}

async function inTransaction<T>(pool: Pool, work: (queries: Queries) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  // Without a listener, a connection that is lost between two statements would end the process.
  const onError = (): void => {
    broken = true;
  };
  client.on('error', onError);
  try {
    await client.query('begin');
    const value = await work({
      rows: async <Row extends QueryResultRow>(text: string, values?: readonly unknown[]) =>
        (await client.query<Row>(text, values && [...values])).rows,
      count: async (text, values) => (await client.query(text, values && [...values])).rowCount ?? 0,
    });
    await client.query('commit');
    return value;
  } catch (error) {
    await client.query('rollback').catch(onError);
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken);
  }
}
