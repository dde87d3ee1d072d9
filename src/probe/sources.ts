import type { Contract } from '../contract/contract.js';
import type { Operation } from '../contract/operation.js';
import { linksOf, type Link } from '../contract/links.js';
import { answeredMembers } from '../contract/member-names.js';
import { once } from '../once.js';
import { idNames, plainName } from './id-names.js';
import { addToGroup } from '../groups.js';
import { indexPaths } from './path-index.js';
import { parameterIn, segmentsOf } from './segments.js';

/** Where the values of each path parameter are to be found in answers, best first. */
export type Sources = ReadonlyMap<string, readonly Source[]>;

export type Source =
  /** The contract says which part of its answer is the value. */
  | { kind: 'link'; operation: Operation; link: Link }
  /** It lists the things that the parameter names. */
  | { kind: 'collection'; operation: Operation }
  /** It lists other things, which have a member of that name. */
  | { kind: 'elsewhere'; operation: Operation };

/**
 * For each path parameter of an operation, the safe operations whose answers hold its values. Derived from the contract
 * alone:
 *
 * - a link of a response says it outright;
 * - `{patient_id}` names its resource: whatever lists or searches `patient` or `patients`;
 * - `{id}` belongs to the collection that is before it: `/things/{id}/` is found by `GET /things/` or
 *   `POST /things/_search/`;
 * - `{patient_id}` may be in what lists other things, where their schema has such a member.
 */
export function createSources(
  contract: Pick<Contract, 'document' | 'operations'>,
): (operation: Operation) => Sources {
  const listings = contract.operations.filter(isListing);
  const collections = indexPaths(listings, collectionOf);
  const byMember = once(() => listingsByMember(contract, listings));
  const links = new Map<string, Link[]>();
  for (const link of linksOf(contract)) {
    if (link.from.safe && link.from !== link.to) addToGroup(links, link.to.id, link);
  }
  return (operation) => {
    const sourcesOf = (name: string): Source[] => {
      const before = operation.path.slice(0, operation.path.indexOf(`{${name}}`));
      const noun = nounOf(name);
      const named = noun === undefined ? [] : collections.named(noun);
      const own = new Set([...named, ...collections.like(before)]);
      own.delete(operation);
      const { anywhere } = idNames(name, lastFixed(before));
      const others = anywhere.length === 0 ? [] : byMember()(anywhere);
      return [
        ...(links.get(operation.id) ?? [])
          .filter(({ expressions }) => expressions.has(name))
          .map((link) => ({ kind: 'link' as const, operation: link.from, link })),
        ...[...own].map((one) => ({ kind: 'collection' as const, operation: one })),
        ...others
          .filter((one) => one !== operation && !own.has(one))
          .slice(0, MOST_ELSEWHERE)
          .map((one) => ({ kind: 'elsewhere' as const, operation: one })),
      ];
    };
    const parameters = operation.parameters.filter((parameter) => parameter.in === 'path');
    return new Map(parameters.map(({ name }) => [name, sourcesOf(name)]));
  };
}

/**
 * Finds the listings whose answers have one of several members, in the order of the contract. What needs an id itself is
 * none of them: it cannot be where to begin.
 */
function listingsByMember(
  contract: Pick<Contract, 'document' | 'operations'>,
  listings: readonly Operation[],
): (members: readonly string[]) => Operation[] {
  const places = new Map(listings.map((one, place) => [one, place]));
  const byMember = new Map<string, Operation[]>();
  for (const listing of listings) {
    if (listing.path.includes('{')) continue;
    const names = new Set([...answeredMembers(contract, listing)].map(plainName));
    for (const name of names) addToGroup(byMember, name, listing);
  }
  const placeOf = (one: Operation) => places.get(one) ?? 0;
  return (members) => {
    const found = new Set(members.flatMap((member) => byMember.get(member) ?? []));
    return [...found].sort((one, other) => placeOf(one) - placeOf(other));
  };
}

/** An operation waits for its sources, so they are not to be all. */
const MOST_ELSEWHERE = 3;

/**
 * The operations that have to be asked for the ids in a path where not all are asked anyway: those that may only name such
 * an id by the way are taken along where nothing better is known.
 */
export function neededFor(sources: Sources): Operation[] {
  return [...sources.values()].flatMap((all) => {
    const better = all.filter(({ kind }) => kind !== 'elsewhere');
    return (better.length > 0 ? better : all).map(({ operation }) => operation);
  });
}

/**
 * The parameters of a path that are at the same place in another one, after the same segments: they name the same
 * thing.
 * @returns for each parameter of the path the name that it has in the other one
 */
export function sharedParameters(path: string, other: string): ReadonlyMap<string, string> {
  const shared = new Map<string, string>();
  const theirs = segmentsOf(other);
  for (const [index, segment] of segmentsOf(path).entries()) {
    const own = parameterIn(segment);
    const their = parameterIn(theirs[index] ?? '');
    if (own !== undefined && their !== undefined) shared.set(own, their);
    else if (segment !== theirs[index]) break;
  }
  return shared;
}

/** The last segment of a path that is no parameter. */
export function lastFixed(path: string): string | undefined {
  return segmentsOf(path)
    .filter((segment) => segment !== '' && !segment.includes('{'))
    .at(-1);
}

/** `patient_id` and `patientId` name a patient; `id` names nothing. */
export function nounOf(parameter: string): string | undefined {
  return /^(.+?)_?id$/i.exec(parameter)?.[1]?.toLowerCase();
}

/** A listing or a search: safe, with an answer that has a body, and its path does not end in an id. */
function isListing({ safe, method, path }: Operation): boolean {
  return safe && method !== 'HEAD' && method !== 'OPTIONS' && !/\{[^}]+\}\/?$/.test(path);
}

/** `/v1/things/_search/` and `/v1/things/` are both about the collection `/v1/things/`. */
export function collectionOf(operation: Operation): string {
  return operation.path.replace(/_?search\/?$/, '');
}
