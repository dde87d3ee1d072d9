import type { Contract } from '../contract/contract.js';
import type { Operation } from '../contract/operation.js';
import { linksOf, type Link } from '../contract/links.js';
import { answeredMembers } from '../contract/member-names.js';
import { idNames, plainName, singulars } from './id-names.js';
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
 * - `{id}` belongs to the collection that stands before it: `/things/{id}/` is found by `GET /things/` or
 *   `POST /things/_search/`;
 * - `{patient_id}` may stand in what lists other things, where their schema has such a member.
 */
export function createSources(
  contract: Pick<Contract, 'document' | 'operations'>,
): (operation: Operation) => Sources {
  const { operations } = contract;
  const links = linksOf(contract).filter(({ from }) => from.safe);
  const listings = operations.filter(isListing);
  const members = new Map<string, ReadonlySet<string>>();
  const membersOf = (listing: Operation): ReadonlySet<string> => {
    const names = members.get(listing.id) ?? new Set([...answeredMembers(contract, listing)].map(plainName));
    members.set(listing.id, names);
    return names;
  };
  return (operation) => {
    const candidates = listings.filter(({ id }) => id !== operation.id);
    const sourcesOf = (name: string): Source[] => {
      const before = operation.path.slice(0, operation.path.indexOf(`{${name}}`));
      const noun = nounOf(name);
      const named = candidates.filter((one) => noun !== undefined && isNamed(collectionOf(one), noun));
      const above = candidates.filter((one) => sameShape(collectionOf(one), before));
      const own = new Set([...named, ...above]);
      const { anywhere } = idNames(name, lastFixed(before));
      const others = candidates
        // What needs an id itself cannot be where to begin.
        .filter((one) => !own.has(one) && !one.path.includes('{'))
        .filter((one) => anywhere.some((member) => membersOf(one).has(member)));
      return [
        ...links
          .filter(({ from, to, expressions }) => to === operation && from !== to && expressions.has(name))
          .map((link) => ({ kind: 'link' as const, operation: link.from, link })),
        ...[...own].map((one) => ({ kind: 'collection' as const, operation: one })),
        ...others.slice(0, MOST_ELSEWHERE).map((one) => ({ kind: 'elsewhere' as const, operation: one })),
      ];
    };
    const parameters = operation.parameters.filter((parameter) => parameter.in === 'path');
    return new Map(parameters.map(({ name }) => [name, sourcesOf(name)]));
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
 * The parameters of a path that stand at the same place in another one, after the same segments: they name the same
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

export function isNamed(collection: string, noun: string): boolean {
  return singulars(collection.split('/').filter(Boolean).at(-1)?.toLowerCase() ?? '').includes(noun);
}

/** The same path but for the names of parameters and a slash at the end. */
export function sameShape(one: string, other: string): boolean {
  const plain = (path: string) => path.replace(/\{[^}]+\}/g, '{}').replace(/\/$/, '');
  return plain(one) === plain(other);
}
