import { createClient, type paths } from '../generated/client.js';
import type { ApiClient } from '../src/client/client.js';
import { clientOptionsFor } from '../src/client/target-client.js';
import { valuedEntries } from '../src/session/credentials/create.js';
import { readEnvironment } from '../src/target/credentials.js';
import { Secrets } from '../src/target/secrets.js';
import { openSpec } from '../src/spec/open.js';
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
  const target = findTarget((await openSpec(specDir, ['hosts'])).hosts.targets, name);
  // The mock answers each request by itself: one answer knows nothing of another.
  if (target.serve === 'mock') return undefined;
  const credentials = valuedEntries(target, target.credentials, readEnvironment(process.env), new Secrets());
  return {
    api: createClient(clientOptionsFor({ ...target, baseUrl }, credentials)),
    keepsNothing: target.serve === 'replica',
  };
}
