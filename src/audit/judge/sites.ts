import { addToGroup } from '../../groups.js';
import type { Contract } from '../../contract/contract.js';
import type { Operation } from '../../contract/operation.js';
import { addressesIn, addressesOf, withoutPath } from '../../targets/addresses.js';
import type { Target } from '../../targets/targets.js';
import { wordsOfApi } from '../../exchange/shown-url.js';
import { hostOf } from './address.js';

/** An address at which operations of the contract are. */
export interface Site {
  host: string;
  /** What is before the paths there. */
  prefix: string;
  /** What is in its place in the paths of the contract. */
  instead: string;
  operations: readonly Operation[];
}

/** All addresses that are known of the API. */
export interface Sites {
  at: readonly Site[];
  /** Hosts of the API that are retired, and what is known of it. */
  retired: ReadonlyMap<string, string>;
  /** Where only a path is given. */
  anywhere: readonly Operation[];
  /** What the contract has before many of its paths: code may have it in its base URL. */
  prefixes: readonly string[];
  /** The words that paths and hosts of the API have. */
  words: ReadonlySet<string>;
}

/**
 * The addresses of an API: the servers that its contract names, those of the targets, and those that somebody has named.
 * @param baseUrls further ones, for example of a proxy
 */
export function sitesOf(
  { servers, operations }: Pick<Contract, 'servers' | 'operations'>,
  targets: readonly Target[],
  baseUrls: readonly string[],
): Sites {
  const [first] = servers;
  const common = operations.filter(({ server }) => !server?.elsewhere);
  const at: Site[] = [];
  const add = (address: string, instead: string, those: readonly Operation[], path = ''): void => {
    if (!URL.canParse(address)) return;
    const { host, pathname } = new URL(address);
    at.push({ host: hostOf(host), prefix: pathname.replace(/\/+$/, '') + path, instead, operations: those });
  };
  for (const { origin, path } of servers) if (origin !== undefined) add(origin, first.path, common, path);
  for (const { server } of operations) {
    const own = operations.filter((operation) => operation.server?.origin === server?.origin);
    if (server?.origin !== undefined && server.elsewhere) add(server.origin, '', own);
  }
  const live = targets.filter(({ retired }) => retired === undefined);
  for (const address of [...live.flatMap(addressesOf), ...baseUrls])
    add(withoutPath(address, first.path), '', operations);
  const retired = targets.flatMap((target) =>
    target.retired === undefined
      ? []
      : addressesOf(target).map((address) => [hostOf(new URL(address).host), target.retired ?? ''] as const),
  );
  return {
    at,
    retired: new Map(retired),
    anywhere: operations,
    prefixes: sharedPrefixes(operations),
    words: wordsOfApi(
      operations.map(({ path }) => path),
      [...addressesIn({ servers, operations }, targets), ...baseUrls],
    ),
  };
}

/**
 * The literal beginnings that at least half of the paths have, the empty one among them. What is followed by values, or
 * by one word only, is a thing and no beginning.
 */
function sharedPrefixes(operations: readonly Operation[]): string[] {
  const paths = new Set(operations.map(({ path }) => path));
  const begun = new Map<string, string[]>();
  for (const path of paths) {
    let prefix = '';
    const [, ...segments] = path.split('/');
    for (const [index, segment] of segments.entries()) {
      const next = segments[index + 1];
      if (segment.startsWith('{') || next === undefined) break;
      prefix += `/${segment}`;
      addToGroup(begun, prefix, next);
    }
  }
  const isShared = (following: readonly string[]): boolean => {
    const words = following.filter((next) => next !== '' && !next.startsWith('{'));
    return following.length * 2 >= paths.size && new Set(words).size > 1;
  };
  return ['', ...[...begun].filter(([, following]) => isShared(following)).map(([prefix]) => prefix)];
}
