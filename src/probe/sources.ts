import type { Operation } from '../contract/contract.js';

/** Where the id for a path parameter is to be found: the operations whose answers list such things. */
export type Sources = Map<string, Operation[]>;

/**
 * For each path parameter of an operation, the safe operations whose answers hold its values, best first.
 * Derived from the contract alone:
 *
 * - `{patient_id}` names its resource: whatever lists or searches `patient` or `patients`;
 * - `{id}` belongs to the collection that stands before it: `/things/{id}/` is found by `GET /things/` or
 *   `POST /things/_search/`.
 */
export function sourcesOf(operation: Operation, operations: readonly Operation[]): Sources {
  const sources: Sources = new Map();
  const parameters = operation.parameters.filter((parameter) => parameter.in === 'path');
  for (const { name } of parameters) {
    const before = operation.path.slice(0, operation.path.indexOf(`{${name}}`));
    const noun = nounOf(name);
    const candidates = operations.filter(
      (candidate) => isListing(candidate) && candidate.id !== operation.id,
    );
    const named =
      noun === undefined ? [] : candidates.filter((candidate) => isNamed(collectionOf(candidate), noun));
    const above = candidates.filter((candidate) => sameShape(collectionOf(candidate), before));
    sources.set(name, [...new Set([...named, ...above])]);
  }
  return sources;
}

/** `patient_id` and `patientId` name a patient; `id` names nothing. */
export function nounOf(parameter: string): string | undefined {
  return /^(.+?)_?id$/i.exec(parameter)?.[1]?.toLowerCase();
}

/** A listing or a search: safe, and its path does not end in an id. */
function isListing(operation: Operation): boolean {
  return operation.safe && !/\{[^}]+\}\/?$/.test(operation.path);
}

/** `/v1/things/_search/` and `/v1/things/` are both about the collection `/v1/things/`. */
function collectionOf(operation: Operation): string {
  return operation.path.replace(/_?search\/?$/, '');
}

export function isNamed(collection: string, noun: string): boolean {
  const last = collection.split('/').filter(Boolean).at(-1)?.toLowerCase() ?? '';
  return last === noun || last === `${noun}s` || last === `${noun}es` || last === noun.replace(/y$/, 'ies');
}

/** The same path but for the names of parameters and a slash at the end. */
export function sameShape(one: string, other: string): boolean {
  const plain = (path: string) => path.replace(/\{[^}]+\}/g, '{}').replace(/\/$/, '');
  return plain(one) === plain(other);
}
