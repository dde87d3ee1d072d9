import { Type, type Static } from '@sinclair/typebox';

const names = () => Type.Array(Type.String());

/**
 * What a run has seen of one operation: names of the contract, never values that a host or a person has given. Statuses
 * are those of every answer. All else counts only where the answer was a success: what was in a request that was refused
 * shows nothing of the operation.
 */
export const Seen = Type.Object({
  statuses: Type.Array(Type.Integer()),
  /** Parameters that were sent, as `query limit`. */
  parameters: names(),
  /** Of the values that the contract lists for a parameter those that were sent. */
  values: Type.Record(Type.String(), names()),
  /** The media types of bodies, by the keys of the contract: `request application/json`, `200 application/json`. */
  mediaTypes: names(),
  /** Members that were present in bodies, as JSON Pointers of their schemas in the contract. */
  sentMembers: names(),
  answeredMembers: names(),
});
export type Seen = Static<typeof Seen>;

/** What was seen of an operation, while it is gathered. */
export interface Gathered {
  statuses: Set<number>;
  parameters: Set<string>;
  values: Map<string, Set<string>>;
  mediaTypes: Set<string>;
  sentMembers: Set<string>;
  answeredMembers: Set<string>;
}

export function emptyCoverage(): Gathered {
  return {
    statuses: new Set(),
    parameters: new Set(),
    values: new Map(),
    mediaTypes: new Set(),
    sentMembers: new Set(),
    answeredMembers: new Set(),
  };
}

/** Adds what else was seen. */
export function gather(own: Gathered, { statuses, values, ...named }: Seen): void {
  for (const status of statuses) own.statuses.add(status);
  for (const aspect of ['parameters', 'mediaTypes', 'sentMembers', 'answeredMembers'] as const)
    for (const name of named[aspect]) own[aspect].add(name);
  for (const [key, texts] of Object.entries(values))
    own.values.set(key, new Set([...(own.values.get(key) ?? []), ...texts]));
}

/** What was gathered, each name once and in order. */
export function inWords({ statuses, values, ...named }: Gathered): Seen {
  return {
    statuses: [...statuses].sort((one, other) => one - other),
    parameters: inOrder(named.parameters),
    values: Object.fromEntries(inOrder(values.keys()).map((key) => [key, inOrder(values.get(key) ?? [])])),
    mediaTypes: inOrder(named.mediaTypes),
    sentMembers: inOrder(named.sentMembers),
    answeredMembers: inOrder(named.answeredMembers),
  };
}

function inOrder(texts: Iterable<string>): string[] {
  return [...texts].sort();
}
