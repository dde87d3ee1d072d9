import type { Contract } from '../contract/contract.js';
import { Problem } from '../problem.js';
import type { World, Worlds } from '../replica/world.js';
import { checkedBaseUrl } from '../target/address.js';
import { isSameHost } from '../session/same-host.js';
import type { Target } from '../target/targets.js';
import type { Host } from './host.js';

/** A target whose address is known, and how to end what was started for it. */
export interface Served {
  target: Target & { baseUrl: string };
  world: World | undefined;
  close: () => Promise<void>;
}

/**
 * Starts the server of a target that needs one; a host that is there already is taken as it is.
 * @param options.address another address instead of the target's own, as `checkedAddress` gave it
 */
export async function serve(
  target: Target,
  contract: Contract,
  options: {
    address?: string | undefined;
    world?: string | undefined;
    worlds: Worlds;
  },
  { clock, chance }: Pick<Host, 'clock' | 'chance'>,
): Promise<Served> {
  if (options.address !== undefined) {
    return {
      target: { ...target, baseUrl: options.address, serve: undefined },
      world: undefined,
      close: () => Promise.resolve(),
    };
  }
  if (target.serve === 'mock') {
    const { startMock } = await import('../mock/mock.js');
    const mock = await startMock(contract);
    return { target: { ...target, baseUrl: mock.url }, world: undefined, close: mock.close };
  }
  if (target.serve === 'replica') {
    const { startReplica } = await import('../replica/replica.js');
    const world = options.worlds.of(options.world);
    const replica = await startReplica({ world, clock, chance });
    return { target: { ...target, baseUrl: replica.url }, world, close: replica.close };
  }
  if (target.baseUrl === undefined) {
    throw new Problem(`the target “${target.name}” has no address`, {
      remedy: 'Give it a baseUrl in targets.yaml, or name one with --base-url.',
    });
  }
  return { target: { ...target, baseUrl: target.baseUrl }, world: undefined, close: () => Promise.resolve() };
}

/**
 * An address that is to stand in for that of a target, for a test. A host that is guarded under its own name
 * cannot be asked under the name of another target.
 * @throws Problem
 */
export function checkedAddress(address: string, target: Target, targets: readonly Target[]): string {
  const checked = checkedBaseUrl(address);
  const url = new URL(checked);
  const owner = targets.find(
    (other) =>
      other.name !== target.name && other.baseUrl !== undefined && isSameHost(other.baseUrl, url.href),
  );
  if (owner) {
    throw new Problem(`${url.host} is the host of the target “${owner.name}”`, {
      remedy: `Ask it by its name: --target ${owner.name}.`,
    });
  }
  return checked;
}
