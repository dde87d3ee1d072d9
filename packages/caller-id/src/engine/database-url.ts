import type { ClientConfig } from 'pg';
import { Problem } from 'wellsky-conform/kit';

/**
 * How to connect to the database of a URL, with server settings for each session.
 * @throws Problem when it is no URL of a PostgreSQL database. What it says never holds the URL: a password may
 *   are in it.
 */
export function connectionFromUrl(databaseUrl: string, settings: Record<string, string> = {}): ClientConfig {
  let url: URL;
  try {
    url = new URL(databaseUrl);
  } catch {
    throw notADatabase();
  }
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:') throw notADatabase();
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  const own = url.searchParams.get('options');
  if (options.length > 0) {
    url.searchParams.set('options', [...(own === null ? [] : [own]), ...options].join(' '));
  }
  return {
    // A blank in a query is written as a plus sign by URLSearchParams, but read as one by nobody else.
    connectionString: url.href.replaceAll('+', '%20'),
    application_name: 'conform',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  };
}

/** The password of a database URL, to be kept out of everything that is written. */
export function passwordOf(databaseUrl: string): string | undefined {
  try {
    const { password } = new URL(databaseUrl);
    return password === '' ? undefined : decodeURIComponent(password);
  } catch {
    return undefined;
  }
}

const CONNECT_TIMEOUT_MS = 10_000;

function notADatabase(): Problem {
  return new Problem('CONFORM_E_DATABASE_URL_INVALID', 'the database URL is not valid', {
    remedy: 'Write it like postgresql://user:password@host:5432/database.',
  });
}
