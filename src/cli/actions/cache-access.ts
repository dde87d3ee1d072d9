import { openSpec } from '../../spec/open.js';
import pg from 'pg';
import { createClient, type paths } from '../../../generated/client.js';
import { databaseProblem } from '../../caller-id/engine/database-problem.js';
import { connectionFromUrl, passwordOf } from '../../caller-id/engine/database-url.js';
import type { ApiClient } from '../../client/client.js';
import { clientOptionsFor } from '../../client/target-client.js';
import { Problem } from '../../problem.js';
import { valuedEntries } from '../../session/credentials/create.js';
import { readEnvironment } from '../../target/credentials.js';
import { Secrets } from '../../target/secrets.js';
import { findTarget } from '../../target/targets.js';
import type { Host } from '../host.js';
import { checkedAddress, serve } from '../serve.js';

/** Does something with the database of the cache, on a connection of its own. */
export async function withCache<T>(
  host: Host,
  databaseUrl: string | undefined,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const url = databaseUrl ?? readEnvironment(host.env)['DATABASE_URL'];
  if (!url) {
    throw new Problem('no database is named', {
      remedy: 'Name it with --database-url, or set DATABASE_URL in the environment or in a .env file.',
    });
  }
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

/** Does something with the API of a target, through the generated client. */
export async function withApi<T>(
  host: Host,
  options: { specDir: string; target: string; baseUrl?: string | undefined },
  work: (api: ApiClient<paths>) => Promise<T>,
): Promise<T> {
  const spec = await openSpec(options.specDir, ['contract', 'hosts', 'worlds']);
  const { targets } = spec.hosts;
  const target = findTarget(targets, options.target);
  const credentials = valuedEntries(target, target.credentials, readEnvironment(host.env), new Secrets());
  const address =
    options.baseUrl === undefined ? undefined : checkedAddress(options.baseUrl, target, targets);
  const served = await serve(target, spec.contract, { address, worlds: spec.worlds }, host);
  const api = createClient(clientOptionsFor(served.target, credentials));
  try {
    return await work(api);
  } finally {
    await api.close();
    await served.close();
  }
}

/** No message may hold the password, wherever it came from. */
function withoutPassword(error: unknown, databaseUrl: string): unknown {
  const password = passwordOf(databaseUrl);
  if (password !== undefined && error instanceof Error && error.message.includes(password)) {
    return new Problem('the database failed', { exitCode: 3, remedy: 'What it said is not repeated.' });
  }
  return error;
}
