import type { Contract } from '../contract/contract.js';
import type { Operation } from '../contract/operation.js';
import type { OwnServer, Server } from '../contract/servers.js';
import type { Target } from './targets.js';

/**
 * A base URL without the path of a server: the path of the contract's server is added to `baseUrl`, unless `baseUrl`
 * ends with it already.
 * @param path of the server, which every path of the contract begins with
 */
export function withoutPath(baseUrl: string, path: string): string {
  const { pathname } = new URL(baseUrl);
  // Whole segments: `path` begins with a slash.
  return path !== '' && pathname.replace(/\/+$/, '').endsWith(path) && baseUrl.endsWith(path)
    ? baseUrl.slice(0, -path.length).replace(/\/+$/, '')
    : baseUrl;
}

/** A target and the contract as it is there: paths of the contract can be put behind the base URL as they are. */
export interface Addressed {
  contract: Contract;
  target: Target;
}

/**
 * Puts the paths of a contract and the base URL of a target together; nothing else does. Where the base URL is one of
 * the servers that the contract lists, that one counts, and otherwise the first. Operations keep their ids.
 */
export function addressed(contract: Contract, target: Target): Addressed {
  const { baseUrl } = target;
  if (baseUrl === undefined) return { contract, target };
  const [first] = contract.servers;
  const server = contract.servers.find((one) => isAt(one, baseUrl)) ?? first;
  return {
    contract: server.path === first.path ? contract : behind(contract, server),
    target: { ...target, baseUrl: withoutPath(baseUrl, server.path) },
  };
}

function isAt({ origin, path }: Server, baseUrl: string): boolean {
  const url = new URL(baseUrl);
  // A relative one says nothing of a host: that it is meant shows in its path alone.
  const isOnHost = origin === undefined ? path !== '' : origin === url.origin;
  return isOnHost && url.pathname.replace(/\/+$/, '') === path;
}

/** A contract with another of its servers as the first. */
function behind(contract: Contract, server: Server): Contract {
  const [first] = contract.servers;
  const operations = contract.operations.map((operation) =>
    operation.server
      ? operation
      : { ...operation, path: server.path + operation.path.slice(first.path.length) },
  );
  return {
    ...contract,
    servers: [server, ...contract.servers.filter((one) => one !== server)],
    operations,
  };
}

/** The address of the operations of one host, and these operations. */
export interface Site {
  baseUrl: string;
  operations: readonly Operation[];
}

/** All addresses at which a target is asked, its own first, each with the operations that are asked there. */
export function sitesOf(
  { operations }: Pick<Contract, 'operations'>,
  target: Pick<Target, 'servers'> & { baseUrl: string },
): readonly [Site, ...Site[]] {
  const at = new Map<string, Operation[]>();
  for (const operation of operations) {
    const baseUrl = baseOf(operation, target);
    if (baseUrl === undefined) continue;
    at.set(baseUrl, [...(at.get(baseUrl) ?? []), operation]);
  }
  const own = at.get(target.baseUrl) ?? [];
  at.delete(target.baseUrl);
  return [
    { baseUrl: target.baseUrl, operations: own },
    ...[...at].map(([baseUrl, those]) => ({ baseUrl, operations: those })),
  ];
}

/** The address that an operation is asked at; undefined where nobody has named one, so that it is not asked. */
export function baseOf(
  { server }: Pick<Operation, 'server'>,
  { baseUrl, servers }: Pick<Target, 'servers'> & { baseUrl: string },
): string | undefined {
  if (server === undefined || servers === 'here') return baseUrl;
  const mapped = namesOf(server).flatMap((name) => servers.get(name) ?? [])[0];
  if (mapped !== undefined) return withoutPath(mapped, server.path);
  return server.elsewhere ? undefined : baseUrl;
}

/** Whether a target has an address for an operation, wherever that is. */
export function isAddressed(
  operation: Pick<Operation, 'server'>,
  { servers }: Pick<Target, 'servers'>,
): boolean {
  return baseOf(operation, { servers, baseUrl: '' }) !== undefined;
}

/** What a server can be called in targets.yaml: as the contract writes it, or its origin. */
export function namesOf({ url, origin }: OwnServer): string[] {
  return origin === undefined ? [url] : [url, origin];
}

/** One text for the ways in which the name of a server can be written. */
export function serverName(written: string): string {
  const url = URL.canParse(written) ? new URL(written) : undefined;
  return (url?.protocol.startsWith('http') ? url.origin + url.pathname : written).replace(/\/+$/, '');
}

/** Why an operation is not asked that no address is known of. */
export function notAddressed({ server }: Pick<Operation, 'server'>): string {
  const name = (server && (server.origin ?? server.url)) ?? '';
  return `it is on another server than the rest of the contract, ${name}, and for that the target has no address: name it in targets.yaml (servers: { "${name}": URL }); --base-url stands in for the target's own address alone`;
}

/** Every address that targets.yaml names for a target. */
export function addressesOf({ baseUrl, servers }: Pick<Target, 'baseUrl' | 'servers'>): string[] {
  const mapped = servers === 'here' ? [] : [...servers.values()];
  return baseUrl === undefined ? mapped : [baseUrl, ...mapped];
}

/** All addresses that a contract and targets name, also those of single operations. */
export function addressesIn(
  { servers, operations }: Pick<Contract, 'servers' | 'operations'>,
  targets: readonly Target[],
): string[] {
  const named = [...servers, ...operations.map(({ server }) => server)];
  return [...new Set([...named.flatMap((server) => server?.origin ?? []), ...targets.flatMap(addressesOf)])];
}
