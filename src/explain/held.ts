import { operationCalled, operationMeant } from '../contract/called.js';
import type { Contract } from '../contract/contract.js';
import type { Operation } from '../contract/operation.js';
import { isShownName } from '../exchange/shown-url.js';
import { percentDecoded } from '../percent.js';
import { addressed, sitesOf } from '../targets/addresses.js';
import type { Target } from '../targets/targets.js';
import type { PastedRequest } from './paste.js';

/** An address below which operations of the contract are. */
export interface ContractSite {
  /** The target that has this address; undefined for one that only the contract names. */
  target: string | undefined;
  baseUrl: string;
  operations: readonly Operation[];
}

/** What the contract says of a request. */
export interface Held {
  /** The target that was asked; undefined where only a path is known, or an address of the contract alone. */
  target: string | undefined;
  /** The operation that it is; undefined where the contract has none. */
  operation: Operation | undefined;
  /** The operation that was probably meant, where it is none. */
  nearest: Operation | undefined;
  /** The names of query parameters that the contract does not have for the operation, as they may be shown. */
  unknownParameters: string[];
}

/** All addresses at which a contract is, by its own servers and by the targets. */
export function sitesOfContract(contract: Contract, targets: readonly Target[]): ContractSite[] {
  const ofTargets = targets.flatMap((target) => {
    const { contract: standing, target: placed } = addressed(contract, target);
    const { baseUrl, servers } = placed;
    if (baseUrl === undefined) return [];
    return sitesOf(standing, { baseUrl, servers }).map((site) => ({ ...site, target: target.name }));
  });
  const { origin } = contract.servers[0];
  const { operations } = contract;
  return origin === undefined
    ? ofTargets
    : [...ofTargets, { target: undefined, baseUrl: origin, operations }];
}

/**
 * Holds a request against the contract, where it was sent to one of its addresses, or only its path is known.
 * @returns undefined where it was sent elsewhere, or nothing of its address is known
 */
export function heldAgainst(request: PastedRequest, sites: readonly ContractSite[]): Held | undefined {
  const { url, method } = request;
  if (url === undefined || !URL.canParse(url, NOWHERE)) return undefined;
  const asked = new URL(url, NOWHERE);
  // Of an address without a path it is not known what was asked.
  if (/^(?:[a-z]+:)?\/\/[^/?#]+$/i.test(url)) return undefined;
  const isPath = asked.origin === NOWHERE;
  for (const site of sites) {
    const base = new URL(site.baseUrl);
    if (!isPath && base.host !== asked.host) continue;
    // A path alone can be written with what is before it at this address, and without.
    const path = pathBelow(asked.pathname, base.pathname) ?? (isPath ? asked.pathname : undefined);
    if (path === undefined) continue;
    const operation = operationAt(method, path, site.operations);
    if (isPath && !operation && site !== sites.at(-1)) continue;
    return {
      target: isPath ? undefined : site.target,
      operation,
      nearest: operation ? undefined : operationMeant(method, path, site.operations),
      unknownParameters: operation ? unknownIn(asked, operation) : [],
    };
  }
  return undefined;
}

/** What a path alone is resolved against: a name that nobody can have (RFC 6761, section 6.4). */
const NOWHERE = 'https://host.invalid';

function pathBelow(path: string, base: string): string | undefined {
  const prefix = base.replace(/\/+$/, '');
  return path === prefix || path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : undefined;
}

/** Of a request whose method is not shown, the only operation that the path has. */
function operationAt(
  method: string | undefined,
  path: string,
  operations: readonly Operation[],
): Operation | undefined {
  if (method !== undefined) return operationCalled(method, path, operations);
  const methods = [...new Set(operations.map((operation) => operation.method))];
  const found = methods.flatMap((one) => operationCalled(one, path, operations) ?? []);
  return found.length === 1 ? found[0] : undefined;
}

function unknownIn(asked: URL, { parameters, security }: Operation): string[] {
  const known = new Set(parameters.filter((one) => one.in === 'query').map(({ name }) => name));
  const names = [...asked.searchParams.keys()].map(percentDecoded);
  const unknown = names.filter((name) => !known.has(name) && !known.has(name.replace(/\[.*$/, '')));
  // Keys can be in the query, by a name that only the scheme of the credential has.
  const mayBeKey = security.length > 0 ? /key|token|sig/i : /^$/;
  return [...new Set(unknown)].filter((name) => isShownName(name) && !mayBeKey.test(name));
}
