import type { paths } from '../generated/client.js';
import { systemChance } from '../src/chance.js';
import { createApiClient, type ApiClient } from '../src/client/client.js';
import { systemClock } from '../src/clock.js';
import { createBudget, UNBOUNDED } from '../src/session/budget.js';
import { valuedEntries } from '../src/session/credentials/create.js';
import { fetchThrough } from '../src/session/fetch.js';
import { openTarget } from '../src/session/open.js';
import { readEnvironment } from '../src/target/credentials.js';
import { Secrets } from '../src/target/secrets.js';
import { openSpec } from '../src/spec/open.js';
import { addressed } from '../src/target/addresses.js';
import { findTarget } from '../src/target/targets.js';

/** The target that the workflows go through. */
interface Live {
  api: ApiClient<paths>;
  /** Whether what is written there lasts no longer than the suites: nothing real is ever written to. */
  keepsNothing: boolean;
}

/** What `conform suites --target NAME` has set up; without a target there is nothing to talk to. */
const { CONFORM_SUITE_TARGET, CONFORM_SUITE_URL, CONFORM_SUITE_SPEC } = process.env;

export const live: Live | undefined =
  CONFORM_SUITE_TARGET && CONFORM_SUITE_URL && CONFORM_SUITE_SPEC
    ? await connect(CONFORM_SUITE_SPEC, CONFORM_SUITE_TARGET, CONFORM_SUITE_URL)
    : undefined;

async function connect(specDir: string, name: string, baseUrl: string): Promise<Live | undefined> {
  const spec = await openSpec(specDir, ['hosts', 'contract', 'samples']);
  const { contract, target } = addressed(spec.contract, { ...findTarget(spec.hosts.targets, name), baseUrl });
  // The mock answers each request by itself: one answer knows nothing of another.
  if (target.serve === 'mock') return undefined;
  const environment = readEnvironment(process.env);
  const secrets = new Secrets();
  valuedEntries(target, target.credentials, environment, secrets);
  const keepsNothing = target.serve === 'replica';
  const { session, sites } = openTarget({
    ...{ contract, environment, secrets },
    target: { ...target, baseUrl: target.baseUrl ?? baseUrl },
    policy: keepsNothing ? 'full' : 'none',
    budget: createBudget(UNBOUNDED),
    signal: new AbortController().signal,
    clock: systemClock,
    chance: systemChance,
  });
  const fetch = fetchThrough(session, { ...sites[0], atMost: keepsNothing ? 'full' : 'none' });
  return { api: createApiClient<paths>({ baseUrl, fetch, close: session.close }), keepsNothing };
}
