import { Type, type Static } from '@sinclair/typebox';

const names = () => Type.Array(Type.String());

/**
 * What a run has seen of one operation: names of the contract, never values that a host or a person has given. Statuses
 * are those of every answer. All else counts only where the answer was a success: what stood in a request that was refused
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

/** What several have seen together, each name once and in order. */
export function joinSeen(all: readonly Seen[]): Seen {
  const keys = new Set(all.flatMap(({ values }) => Object.keys(values)));
  return {
    statuses: [...new Set(all.flatMap(({ statuses }) => statuses))].sort((one, other) => one - other),
    parameters: inOrder(all.flatMap(({ parameters }) => parameters)),
    values: Object.fromEntries(
      inOrder([...keys]).map((key) => [key, inOrder(all.flatMap(({ values }) => values[key] ?? []))]),
    ),
    mediaTypes: inOrder(all.flatMap(({ mediaTypes }) => mediaTypes)),
    sentMembers: inOrder(all.flatMap(({ sentMembers }) => sentMembers)),
    answeredMembers: inOrder(all.flatMap(({ answeredMembers }) => answeredMembers)),
  };
}

function inOrder(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
