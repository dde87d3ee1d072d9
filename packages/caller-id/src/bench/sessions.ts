import pg from 'pg';
import { Problem } from 'wellsky-conform/kit';

/** The connections of a bench: however many are open, what they are doing can be ended. */
export interface Sessions {
  /** A connection that stays open until its user ends it. */
  open: () => Promise<pg.Client>;
  /** Does something on a connection of its own. */
  use: <T>(work: (client: pg.Client) => Promise<T>) => Promise<T>;
  /** Ends every statement that is being executed on one of them. Never throws. */
  cancel: () => Promise<void>;
  /** Whether that was asked for. */
  readonly cancelled: boolean;
}

/** So much later than the server the client gives up, in milliseconds: a server need not obey. */
const GRACE_MS = 3_000;

/**
 * @param timeoutMs after which the server ends a statement; without it, statements may take as long as they want
 */
export function createSessions(connection: pg.ClientConfig, timeoutMs?: number): Sessions {
  const limited =
    timeoutMs === undefined
      ? connection
      : { ...connection, statement_timeout: timeoutMs, query_timeout: timeoutMs + GRACE_MS };
  const connected = new Set<pg.Client>();
  let cancelled = false;

  const open = async (): Promise<pg.Client> => {
    const client = new pg.Client(limited);
    // What ends a connection also fails the statement that waits on it.
    client.on('error', () => undefined);
    client.on('end', () => connected.delete(client));
    try {
      await client.connect();
    } catch (error) {
      await end(client);
      throw error;
    }
    connected.add(client);
    return client;
  };

  return {
    open,
    use: async (work) => {
      const client = await open();
      try {
        return await work(client);
      } finally {
        connected.delete(client);
        await end(client);
      }
    },
    cancel: async () => {
      cancelled = true;
      const backends = [...connected].flatMap((client) =>
        'processID' in client && typeof client.processID === 'number' ? [client.processID] : [],
      );
      if (backends.length === 0) return;
      const client = new pg.Client(connection);
      client.on('error', () => undefined);
      try {
        await client.connect();
        await client.query('SELECT pg_cancel_backend(pid) FROM unnest($1::int[]) AS pid', [backends]);
      } catch {
        // The server may be gone before us.
      } finally {
        await end(client);
      }
    },
    get cancelled() {
      return cancelled;
    },
  };
}

/** @throws Problem when the server would let a statement take longer */
export async function checkTimeout(client: pg.Client, timeoutMs: number): Promise<void> {
  const { rows } = await client.query<{ setting: string }>(
    "SELECT setting FROM pg_settings WHERE name = 'statement_timeout'",
  );
  if (Number(rows[0]?.setting) === timeoutMs) return;
  throw new Problem(
    'CONFORM_E_DATABASE_SETTING_REFUSED',
    'the server did not take the time-out for statements',
    {
      remedy:
        'Take statement_timeout out of the database URL, and connect to PostgreSQL itself, not through a pooler.',
    },
  );
}

async function end(client: pg.Client): Promise<void> {
  await client.end().catch(() => undefined);
}
