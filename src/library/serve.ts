import type { Contract } from '../contract/contract.js';
import { Problem } from '../problem.js';
import type { World, Worlds } from '../replica/world.js';
import { checkedBaseUrl } from '../targets/address.js';
import { addressed, addressesOf, type Addressed } from '../targets/addresses.js';
import { isSameHost } from '../session/same-host.js';
import { otherHostOf, type Target } from '../targets/targets.js';
import type { Runtime } from './runtime.js';
import type { Answer } from '../targets/reply.js';

/** A target whose address is known, and how to end what was started for it. */
export interface Served {
  target: Target & { baseUrl: string };
  world: World | undefined;
  /** Why what is served cannot answer an operation, where an answer of it says so. */
  limitOf: (answer: Answer, isFromContract: boolean) => string | undefined;
  close: () => Promise<void>;
}

/** A target and the contract as it is there. */
export interface Located extends Addressed {
  /** The address that the command line names instead of the target's own. */
  address: string | undefined;
}

/**
 * A target at its own address or at one that stands in for it, and the contract as it is there.
 * @param given what the command line says of the address
 * @throws Problem
 */
export function located(
  contract: Contract,
  target: Target,
  { targets, baseUrl }: { targets: readonly Target[]; baseUrl?: string | undefined },
): Located {
  if (baseUrl === undefined) return { ...addressed(contract, target), address: undefined };
  const address = checkedAddress(baseUrl, target, targets);
  // A run that was sent elsewhere for a test must not reach for a real host.
  const servers: Target['servers'] = target.servers === 'here' ? 'here' : new Map();
  const there = { ...target, baseUrl: address, servers, serve: undefined };
  return { ...addressed(contract, there), address };
}

/**
 * The other host of a target, unless the paths of the contract are others there: then nothing can be compared.
 * @throws Problem
 */
export function locatedOtherHost(
  contract: Contract,
  target: Target,
  { targets, place }: { targets: readonly Target[]; place: Addressed },
): (Target & { baseUrl: string }) | undefined {
  const other = otherHostOf(target, targets);
  const there = other && addressed(contract, other);
  if (there?.target.baseUrl === undefined) return undefined;
  const isAlike = there.contract.servers[0].path === place.contract.servers[0].path;
  return isAlike ? { ...there.target, baseUrl: there.target.baseUrl } : undefined;
}

/** Starts the server of a target that needs one; a host that is there already is taken as it is. */
export async function serve(
  { target, contract }: Addressed,
  options: { world?: string | undefined; worlds: Worlds },
  { clock, chance }: Pick<Runtime, 'clock' | 'chance'>,
): Promise<Served> {
  if (target.serve === 'mock') {
    const [{ startMock }, { limitOf }] = await Promise.all([
      import('../mock/mock.js'),
      import('../mock/limits.js'),
    ]);
    const mock = await startMock(contract);
    return { target: { ...target, baseUrl: mock.url }, world: undefined, limitOf, close: mock.close };
  }
  if (target.serve === 'replica') {
    const { startReplica } = await import('../replica/replica.js');
    const world = options.worlds.of(options.world);
    const replica = await startReplica({ world, contract, clock, chance });
    return { target: { ...target, baseUrl: replica.url }, world, limitOf: noLimit, close: replica.close };
  }
  if (target.baseUrl === undefined) {
    throw new Problem('CONFORM_E_TARGET_ADDRESS_MISSING', `the target “${target.name}” has no address`, {
      remedy: 'Add its baseUrl to targets.yaml, or name one with --base-url.',
    });
  }
  return {
    target: { ...target, baseUrl: target.baseUrl },
    world: undefined,
    limitOf: noLimit,
    close: () => Promise.resolve(),
  };
}

/** What a host answers is its own. */
function noLimit(): undefined {
  return undefined;
}

/**
 * An address that is to stand in for that of a target, for a test. A host that is guarded under its own name
 * cannot be asked under the name of another target.
 * @throws Problem
 */
function checkedAddress(address: string, target: Target, targets: readonly Target[]): string {
  const checked = checkedBaseUrl(address);
  const url = new URL(checked);
  const owner = targets.find(
    (other) =>
      other.name !== target.name && addressesOf(other).some((theirs) => isSameHost(theirs, url.href)),
  );
  if (owner) {
    throw new Problem(
      'CONFORM_E_TARGET_ADDRESS_TAKEN',
      `${url.host} is the host of the target “${owner.name}”`,
      {
        remedy: `Ask it by its name: --target ${owner.name}.`,
      },
    );
  }
  return checked;
}
