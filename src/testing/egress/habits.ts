/*
 * What varies from one set-up to the next: what the contract says, and what the host does. The first value of each
 * list is the ordinary one; names of set-ups tell only what is out of the ordinary.
 */

/** How far a run may go; each admits what those before it admit. */
export const POLICIES = ['none', 'route', 'validate', 'full'] as const;
export type Policy = (typeof POLICIES)[number];

/** The one of these that admits least. */
export function strictest(...policies: readonly Policy[]): Policy {
  return POLICIES.find((candidate) => policies.includes(candidate)) ?? 'none';
}

/** What the contract says of security. */
export const SECURITIES = [
  'all', // one requirement for the whole document; the health check is public
  'silent', // neither `security` nor `securitySchemes`
  'some-public', // as `all`, but one collection has `security: []`
  'optional', // an empty requirement among the alternatives
  'each', // named at each operation, not for the document
  'several', // a second scheme as an alternative
  'schemes-only', // schemes are described, but nothing requires them
] as const;
export type Security = (typeof SECURITIES)[number];

/** What the contract says of the bodies of creations and changes. */
export const BODIES = [
  'strict', // required, with a required member
  'optional', // an object, nothing in it required, and it may be left out
  'free', // any value at all: no body is forbidden
] as const;
export type Bodies = (typeof BODIES)[number];

export const ID_KINDS = ['int', 'uuid', 'slug'] as const;
export type IdKind = (typeof ID_KINDS)[number];

/** One peculiarity more. */
export const EXTRAS = [
  'plain',
  'x-safe-lies', // `x-safe: true` on DELETE and PUT
  'unsafe-get', // a GET that changes something, and says so with `x-safe: false`
  'override', // a header for another method is required on a read
  'bulk-delete', // DELETE on the collection
  'removed-by-post', // what is created is removed by a POST, as the samples say
  'token-endpoint', // the endpoint for tokens is in the contract
  'literal-ids', // the samples give ids of records that exist
  'no-read-back', // single records cannot be read
] as const;
export type Extra = (typeof EXTRAS)[number];

/** How the host checks credentials. */
export const GUARDS = [
  'all',
  'ignores', // lets everybody in
  'reads-only', // lets every write in
  'presence', // any credential will do
  'api-key-only', // looks at API keys only
  'one-open', // one collection is open, though the contract says that it is guarded
  'hides', // answers 404 where others answer 401
  'refuses-unknown', // answers 403 on every path that it does not know
] as const;
export type Guard = (typeof GUARDS)[number];

/** How the host answers a creation. */
export const CREATIONS = [
  '201-id',
  '200-id',
  '202', // no id
  'wrapped', // the id is in `data`
  'composite', // two members make the key
  'location', // no body, the address in `Location`
  'location-elsewhere', // the same on another host
  'location-dots', // an address that leads up
  'location-existing', // the address of a record that was there before
  'id-empty',
  'id-dot',
  'id-dotdot',
  'id-percent', // `%2e%2e`
  'id-slash', // the path of a part of a record that was there before
  'id-query', // `?x`
  'id-hash', // `#x`
  'listed-201', // creates nothing and answers with a record of the listing
  'listed-200',
  'hidden-201', // the same with a record that no listing shows
  'hidden-200',
] as const;
export type Creation = (typeof CREATIONS)[number];

export const UPSERTS = [
  'never',
  'ids', // PUT on an id that nothing has creates it
  'anywhere', // and so does PUT, POST or PATCH on any path that the host does not know
] as const;
export type Upsert = (typeof UPSERTS)[number];

export const THROTTLES = [
  'never',
  'once', // some requests, the first time that they come
  'always', // every request
] as const;
export type Throttle = (typeof THROTTLES)[number];

export interface ContractHabits {
  security: Security;
  bodies: Bodies;
  /** Whether paths end in a slash. */
  slash: boolean;
  ids: IdKind;
  extra: Extra;
}

export interface HostHabits {
  guard: Guard;
  creates: Creation;
  /** Takes bodies that the contract forbids. */
  accepts: boolean;
  upserts: Upsert;
  /** A path with another slash at its end is another path. */
  strictSlash: boolean;
  /** Sends every write to another host, with 307. */
  redirects: boolean;
  /** Which requests it answers with 429 and `Retry-After`. */
  throttles: Throttle;
  /** Tokens are good for a few requests only. */
  runsOut: boolean;
}

export const ORDINARY_CONTRACT: ContractHabits = {
  security: 'all',
  bodies: 'strict',
  slash: true,
  ids: 'int',
  extra: 'plain',
};

export const ORDINARY_HOST: HostHabits = {
  guard: 'all',
  creates: '201-id',
  accepts: false,
  upserts: 'never',
  strictSlash: true,
  redirects: false,
  throttles: 'never',
  runsOut: false,
};
