import { join } from 'node:path';
import { chooseChecks } from '../../checks/select.js';
import { IDEMPOTENT_METHODS } from '../../contract/methods.js';
import { operationAt, pathBelow } from '../../contract/operation-at.js';
import { PACKAGE_ROOT } from '../../package.js';
import type { Store } from '../../replica/records.js';
import type { World } from '../../replica/world.js';
import { expectations } from '../../record/expected.js';
import { performRun } from '../../engine/perform.js';
import { planRun, type Step } from '../../engine/plan.js';
import type { Run } from '../../record/run.js';
import { openSpec, type Spec } from '../../spec/open.js';
import { addressed } from '../../targets/addresses.js';
import type { HttpRequest } from '../../targets/reply.js';
import { Secrets } from '../../targets/secrets.js';
import { findTarget, type WritePolicy } from '../../targets/targets.js';
import { leapingClock } from '../clock.js';
import { seeded } from '../egress/random.js';
import type { Disturbance } from './disturbance.js';
import { disturbedHost } from './host.js';

const PARTS = [...(['contract', 'hosts', 'samples', 'signatures', 'worlds', 'consumers'] as const)];

/** What is read once for all nights. */
export type NightSpec = Spec<(typeof PARTS)[number]>;

/** Opens the spec folder of this package. */
export function openNights(): Promise<NightSpec> {
  return openSpec(join(PACKAGE_ROOT, 'spec'), PARTS);
}

/** The most records of one kind: several pages of a list, and no more than filters go through quickly. */
const MOST_RECORDS = 150;

/**
 * A world for many nights: with fewer records, and without what it refuses by the place of a record in its list, which
 * moves whenever other clients create or remove something.
 */
export function worldForNights(world: World): World {
  const resources = Object.entries(world.resources).map(([name, resource]): [string, typeof resource] => [
    name,
    { ...resource, count: Math.min(resource.count, MOST_RECORDS) },
  ]);
  const routes = Object.entries(world.routes).map(([key, route]): [string, typeof route] => {
    const others = { ...route };
    delete others.refuses;
    return [key, others];
  });
  return { ...world, resources: Object.fromEntries(resources), routes: Object.fromEntries(routes) };
}

/** Everything that makes one night what it is. */
export interface NightOptions {
  seed: number;
  startedAt: Date;
  world: World;
  /** `route` asks the target `production`, `full` the target `sandbox`, as a user would. */
  policy: Extract<WritePolicy, 'route' | 'full'>;
  disturbances: readonly Disturbance[];
  /** Parts of ids of operations; none for all operations. */
  only?: readonly string[];
}

/** What came of one night. */
export interface Passed {
  run: Run;
  requests: number;
  /** The operations of which a disturbance took the answer to a write that must not be sent a second time. */
  lost: ReadonlySet<string>;
  /** The records that the check has created and that are still there, by kind. */
  left: Map<string, number>;
}

const TARGETS = { route: 'production', full: 'sandbox' } as const;

/** Where no such host is: nothing is sent over a socket. */
const ADDRESS = 'https://replica.invalid';

const ENVIRONMENT = {
  WELLSKY_CLIENT_ID: 'client-id-for-tests',
  WELLSKY_CLIENT_SECRET: 'client-secret-for-tests',
  WELLSKY_AGENCY_ID: '1234',
};

/** Checks a disturbed host with all checks, as `conform check` would, on a clock of its own. */
export async function passNight(
  { contract: whole, hosts, samples, signatures }: NightSpec,
  { seed, startedAt, world, policy, disturbances, only = [] }: NightOptions,
  journals: string,
): Promise<Passed> {
  const random = seeded(seed);
  const clock = leapingClock(startedAt);
  const described = findTarget(hosts.targets, TARGETS[policy]);
  const place = addressed(whole, {
    ...described,
    baseUrl: ADDRESS,
    servers: new Map(),
    otherHost: undefined,
  });
  const { contract } = place;
  const target = { ...place.target, baseUrl: ADDRESS };
  const host = disturbedHost({ ...{ world, contract, clock, random } }, disturbances);
  const plan = planRun(contract, target, policy, samples, { only, checks: chooseChecks(['all']) });
  const run = await performRun({
    id: `${startedAt.toISOString().replace(/\.\d+|[-:]/g, '')}-${target.name}`,
    ...{ startedAt, contract, target, samples, signatures, clock, journals },
    otherHost: undefined,
    plan,
    expectations: expectations({ writes: 'full', operations: world.expect }),
    environment: ENVIRONMENT,
    invented: true,
    secrets: new Secrets(),
    world: world.date,
    chance: random.chance,
    sender: host.sender,
    signal: new AbortController().signal,
    onEvent: () => undefined,
    limitOf: () => undefined,
    onFault: (error) => {
      throw error;
    },
  });
  const lost = lostOf(host.lost(), plan.steps);
  return { run, requests: host.requests(), lost, left: leftIn(host.store, world) };
}

/** The manners in which a run asks what may create something. */
const CREATING: ReadonlySet<Step['manner']> = new Set<Step['manner']>(['real', 'forbidden-body']);

/** The operations that were asked by requests that failed, and that may be sent only once. */
function lostOf(requests: readonly HttpRequest[], steps: readonly Step[]): Set<string> {
  const once = steps
    .filter(({ operation, manner }) => CREATING.has(manner) && !IDEMPOTENT_METHODS.has(operation.method))
    .map(({ operation }) => operation);
  return new Set(
    requests.flatMap(
      ({ method, url }) => operationAt(method, pathBelow(url, ADDRESS), once)?.operation.id ?? [],
    ),
  );
}

function leftIn(store: Store, { resources }: World): Map<string, number> {
  const kinds = Object.keys(resources).map((kind): [string, number] => [
    kind,
    [...store.of(kind).keys()].filter((id) => !store.isSeed(kind, id)).length,
  ]);
  return new Map(kinds.filter(([, count]) => count > 0));
}
