import type { Contract } from '../contract/contract.js';

/** Where a host is, by what its address says of itself. */
export type Kind = 'sandbox' | 'production' | 'local';

/** What stands in the place of an address that nobody knows, in what is commented out. */
export const UNKNOWN: Address = { url: 'https://api.example.com', kind: 'production' };

/** An address that can be asked, and what it is taken for. */
export interface Address {
  url: string;
  kind: Kind;
}

/** A server that only some operations have, and on another host than the rest. */
export interface OtherServer {
  url: string;
  operations: number;
}

/** Words in an address that say that nothing real is behind it. */
const TRIAL =
  /(?:^|[^a-z])(?:sandbox|sbx|test(?:ing)?|staging|stage|stg|dev(?:el|elop|elopment)?|demo|uat|qa|pre-?prod|preview)(?:$|[^a-z])/i;
const LOCAL = /^(?:localhost|.*\.local(?:host)?|127\..*|10\..*|192\.168\..*|\[.*\])$/i;

/** What an address is taken for, by the words in it: only a person can know it. */
export function kindOf(url: string): Kind {
  const { hostname, pathname } = new URL(url);
  if (LOCAL.test(hostname)) return 'local';
  return TRIAL.test(`${hostname}${pathname}`) ? 'sandbox' : 'production';
}

/** The addresses that a contract names for all its operations, in its order. A relative server is no address. */
export function addressesIn({ servers }: Pick<Contract, 'servers'>): Address[] {
  const urls = servers.flatMap(({ origin, path }) => (isHttp(origin) ? [`${origin}${path}`] : []));
  return [...new Set(urls)].map((url) => ({ url, kind: kindOf(url) }));
}

function isHttp(origin: string | undefined): origin is string {
  return origin !== undefined && /^https?:\/\/[^{}\s]+$/.test(origin) && URL.canParse(origin);
}

/** The servers of single operations that are on another host. Nothing is asked there until a target names them. */
export function otherServersIn({ operations }: Pick<Contract, 'operations'>): OtherServer[] {
  const counts = new Map<string, number>();
  for (const { server } of operations) {
    if (!server?.elsewhere || !isHttp(server.origin)) continue;
    const url = server.origin + server.path;
    counts.set(url, (counts.get(url) ?? 0) + 1);
  }
  return [...counts].map(([url, count]) => ({ url, operations: count }));
}
