import { join } from 'node:path';
import type { paths } from '../generated/client.js';
import { systemChance } from '../src/chance.js';
import { createApiClient, type ApiClient } from '../src/client/client.js';
import { systemClock } from '../src/clock.js';
import { journalName, openJournal } from '../src/engine/journal.js';
import { createBudget, UNBOUNDED } from '../src/session/budget.js';
import { valuedEntries } from '../src/session/credentials/create.js';
import { fetchThrough } from '../src/session/fetch.js';
import { openTarget } from '../src/session/open.js';
import { readEnvironment } from '../src/targets/credentials.js';
import { Secrets } from '../src/targets/secrets.js';
import { openSpec } from '../src/spec/open.js';
import { addressed } from '../src/targets/addresses.js';
import { findTarget, WRITE_POLICIES } from '../src/targets/targets.js';
import type { Flow } from '../src/workflow/flow.js';
import { ownFlows, planFlows } from '../src/workflow/plan.js';
import { openStage, type Stage } from '../src/workflow/stage.js';
import { run } from './run-under-test.js';

/** The target that the flows are run on. */
interface Live {
  flows: readonly Flow[];
  stage: Stage;
  /** The generated client; undefined where the contract is another than it was made from. */
  api: ApiClient<paths> | undefined;
  environment: Readonly<Record<string, string | undefined>>;
  specDir: string;
  /** Whether the target keeps nothing beyond the suites. */
  keepsNothing: boolean;
  close: () => Promise<void>;
}

/** What `conform suites --target NAME` has set up; without a target there is nothing to talk to. */
const { CONFORM_SUITE_TARGET, CONFORM_SUITE_URL, CONFORM_SUITE_SPEC } = process.env;

/** Why nothing is run, where there is nothing. */
export const NOT_LIVE = 'no target that keeps its records; conform suites --target NAME';

/** Opens the target: its flows are known before it is, for each of them is a suite of its own. */
export const live: Live | undefined =
  CONFORM_SUITE_TARGET && CONFORM_SUITE_URL && CONFORM_SUITE_SPEC
    ? await connect(CONFORM_SUITE_SPEC, CONFORM_SUITE_TARGET, CONFORM_SUITE_URL)
    : undefined;

async function connect(specDir: string, name: string, baseUrl: string): Promise<Live | undefined> {
  const spec = await openSpec(specDir, ['hosts', 'contract', 'samples', 'signatures', 'workflows']);
  const { contract, target } = addressed(spec.contract, { ...findTarget(spec.hosts.targets, name), baseUrl });
  // The mock answers each request by itself: one answer knows nothing of another.
  if (target.serve === 'mock') return undefined;
  const environment = { ...readEnvironment(process.env), ...target.environment };
  const secrets = new Secrets();
  valuedEntries(target, target.credentials, environment, secrets);
  const keepsNothing = target.serve === 'replica';
  const { CONFORM_SUITE_WRITES, CONFORM_SUITE_DAY, CONFORM_SUITE_JOURNALS = '' } = process.env;
  const policy = WRITE_POLICIES.find((one) => one === CONFORM_SUITE_WRITES) ?? 'none';
  const startedAt = CONFORM_SUITE_DAY === undefined ? systemClock.now() : new Date(CONFORM_SUITE_DAY);
  const here = { ...target, baseUrl: target.baseUrl ?? baseUrl };
  const common = {
    ...{ contract, environment, secrets, target: here },
    signal: new AbortController().signal,
    clock: systemClock,
    chance: systemChance,
  };
  const stage = await openStage({
    ...common,
    ...{ policy, startedAt, samples: spec.samples, signatures: spec.signatures },
    journal: openJournal(
      join(CONFORM_SUITE_JOURNALS, journalName(`${run.id}-flows`, systemChance)),
      {
        ...{ target: name, baseUrl: here.baseUrl, contract: contract.sha256, passing: keepsNothing },
        startedAt: startedAt.toISOString(),
      },
      systemClock,
    ),
    knownRefusal,
  });
  const api = process.env['CONFORM_SUITE_CLIENT'] === 'fits' ? openClient(common, baseUrl) : undefined;
  return {
    flows: ownFlows(planFlows(spec.workflows, contract)),
    ...{ stage, api, environment, specDir, keepsNothing },
    close: async () => {
      await stage.close();
      await api?.close();
    },
  };
}

/** The generated client, for what a flow cannot say: it only reads. */
function openClient(
  common: Omit<Parameters<typeof openTarget>[0], 'policy' | 'budget'>,
  baseUrl: string,
): ApiClient<paths> {
  const { session, sites } = openTarget({ ...common, policy: 'none', budget: createBudget(UNBOUNDED) });
  const fetch = fetchThrough(session, { ...sites[0], atMost: 'none' });
  return createApiClient<paths>({ baseUrl, fetch, close: session.close });
}

/** What the run has shown an operation to do as it was expected, where that is not to work. */
function knownRefusal(id: string): string | undefined {
  const operation = run.operations.find((one) => one.id === id);
  if (operation?.expected?.met !== true) return undefined;
  const { outcome, cause } = operation;
  if (outcome === 'works' || outcome === 'deviates' || outcome === 'skipped') return undefined;
  return cause === undefined ? outcome : `${outcome} (${cause})`;
}
