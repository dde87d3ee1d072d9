import { openSpec } from '../../spec/open.js';
import { onDatabase, type Client } from 'wellsky-conform-caller-id/cache';
import type { paths } from '../../../generated/client.js';
import { createApiClient, type ApiClient } from '../../client/client.js';
import { Problem } from '../../problem.js';
import { valuedEntries } from '../../session/credentials/create.js';
import { createBudget, UNBOUNDED } from '../../session/budget.js';
import { fetchThrough } from '../../session/fetch.js';
import { openTarget } from '../../session/open.js';
import type { Patience } from '../../session/patience.js';
import { readEnvironment } from '../../targets/credentials.js';
import { findTarget } from '../../targets/targets.js';
import type { Host } from '../host.js';
import { located, serve } from '../../library/serve.js';

/** Does something with the database of the cache, on a connection of its own. */
export async function withCache<T>(
  host: Host,
  databaseUrl: string | undefined,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const url = databaseUrl ?? readEnvironment(host.env)['DATABASE_URL'];
  if (!url) {
    throw new Problem('CONFORM_E_DATABASE_URL_MISSING', 'no database is named', {
      remedy: 'Name it with --database-url, or set DATABASE_URL in the environment or in a .env file.',
    });
  }
  return onDatabase(url, work);
}

/** The API of a target, through the generated client. */
export interface Api {
  api: ApiClient<paths>;
  /** How many requests were sent until now, and how many of these were repetitions. */
  counts: () => { requests: number; retries: number };
}

/** Reads from the API of a target: whatever could change something there is not sent. */
export async function withApi<T>(
  host: Host,
  options: {
    specDir: string;
    target: string;
    baseUrl?: string | undefined;
    patience: Patience;
    signal: AbortSignal;
  },
  work: (api: Api) => Promise<T>,
): Promise<T> {
  const spec = await openSpec(options.specDir, ['contract', 'hosts', 'samples', 'worlds']);
  const { targets } = spec.hosts;
  const target = findTarget(targets, options.target);
  const environment = readEnvironment(host.env);
  const { secrets } = host;
  valuedEntries(target, target.credentials, environment, secrets);
  const place = located(spec.contract, target, { targets, baseUrl: options.baseUrl });
  const { contract } = place;
  const served = await serve(place, { worlds: spec.worlds }, host);
  const { patience, signal } = options;
  const { session, sites } = openTarget({
    ...{ contract, environment, secrets, patience, signal },
    target: served.target,
    invented: target.serve !== undefined,
    policy: 'none',
    budget: createBudget(UNBOUNDED),
    ...host,
  });
  const fetch = fetchThrough(session, { ...sites[0], atMost: 'none' });
  const counts = () => {
    const { operations, retries } = session.counts().sent;
    return { requests: operations + retries, retries };
  };
  // The client puts the paths behind it as the contract writes them.
  const baseUrl = served.target.baseUrl + contract.servers[0].path;
  const api = createApiClient<paths>({ baseUrl, fetch, close: session.close });
  try {
    return await work({ api, counts });
  } finally {
    await api.close();
    await served.close();
  }
}
