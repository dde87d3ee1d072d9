import type { Exchange } from '../../exchange/exchange.js';
import type { ContractFacts } from '../../contract/facts.js';
import type { Capability } from '../../record/run.js';
import type { Target } from '../../targets/targets.js';

/** Why a ticket is no more than an example: what it shows did not come from a host of the vendor. Empty where it did. */
export function specimenOf(
  exchanges: readonly Exchange[],
  world: string | undefined,
  target: Target | undefined,
): string {
  const [origin, ...others] = originsOf(exchanges).filter((one) => isForeign(one, target));
  const note = [origin, ...others].some((one) => one !== undefined && isReplaced(one, target))
    ? '. The addresses in it are those of the vendor, to whom nothing was sent'
    : '';
  if (world !== undefined) return `made from a replica of the hosts as they were on ${world}${note}`;
  if (origin === undefined) return '';
  return isLocal(origin)
    ? `made at ${origin}, which is a machine of our own${note}`
    : `made at ${origin}, which targets.yaml does not name as a host of “${target?.name ?? ''}”${note}`;
}

/** The operations of a ticket as the vendor would see them. */
export function casesOfVendor(
  operations: readonly Capability[],
  target: Target | undefined,
  facts: ContractFacts | undefined,
): Capability[] {
  return operations.map((operation) => ({
    ...operation,
    exchanges: operation.exchanges.map((exchange) => asOfVendor(exchange, target, facts)),
  }));
}

/**
 * An exchange as the vendor would see it: what did not come from its hosts has its address all the same, and nothing that
 * only our replica says.
 */
export function asOfVendor(
  exchange: Exchange,
  target: Target | undefined,
  facts: ContractFacts | undefined,
): Exchange {
  const responseHeaders = Object.fromEntries(
    Object.entries(exchange.responseHeaders).filter(([name]) => name !== OWN_HEADER),
  );
  const [origin] = originsOf([exchange]);
  if (origin === undefined || !isReplaced(origin, target)) return { ...exchange, responseHeaders };
  const { pathname, search } = new URL(exchange.url);
  const own = exchange.url.startsWith(origin) ? exchange.url.slice(origin.length) : pathname + search;
  return { ...exchange, url: vendorOrigin(target, facts) + own, responseHeaders };
}

/** Whether the address of the vendor is in a ticket for another: not for one that the target itself names. */
function isReplaced(origin: string, target: Target | undefined): boolean {
  return isForeign(origin, target) && !(target && isHostOf(origin, target));
}

/** Whether an address is none of the vendor's, as far as is known. */
function isForeign(origin: string, target: Target | undefined): boolean {
  return isLocal(origin) || (target?.baseUrl !== undefined && !isHostOf(origin, target));
}

/** How sure the replica is of its answer. */
const OWN_HEADER = 'x-replica-standing';

/** Where the vendor is: as the target says, else as the contract does. `.invalid` is nobody's (RFC 2606, section 2). */
function vendorOrigin(target: Target | undefined, facts: ContractFacts | undefined): string {
  const origins = [target?.baseUrl, facts?.contract.servers[0].origin].flatMap((address) =>
    address !== undefined && URL.canParse(address) ? [new URL(address).origin] : [],
  );
  return origins[0] ?? 'https://vendor.invalid';
}

function originsOf(exchanges: readonly Exchange[]): string[] {
  return [...new Set(exchanges.flatMap(({ url }) => (URL.canParse(url) ? [new URL(url).origin] : [])))];
}

/** Whether an address is that of this machine (RFC 1122, section 3.2.1.3; RFC 4291, section 2.5.3; RFC 6761, section 6.3). */
function isLocal(origin: string): boolean {
  return /^(?:(?:.+\.)?localhost\.?|127(?:\.\d{1,3}){3}|\[::1\]|0\.0\.0\.0|\[::\])$/i.test(
    new URL(origin).hostname,
  );
}

function isHostOf(origin: string, { baseUrl, servers }: Target): boolean {
  const addresses = [baseUrl, ...(servers === 'here' ? [] : servers.values())];
  return addresses.some(
    (address) => address !== undefined && URL.canParse(address) && new URL(address).origin === origin,
  );
}
