import type { Contract } from '../../contract/contract.js';
import type { Operation } from '../../contract/operation.js';
import type { SecurityAlternative, SecurityScheme } from '../../contract/security.js';
import { fixedCredential, INVALID, type Credential, type Place } from './credential.js';

/** What the samples have for a place in the requests of an operation; undefined where they have nothing. */
export type SampleAt = (operation: string, place: Place) => string | undefined;

/**
 * The credentials that go with a request for an operation: those of the first alternative that can be satisfied
 * (OpenAPI 3.0.3, section 4.7.30). Where none can, what satisfies a part of one; where nothing does, all there are:
 * what a contract calls them is not always what a host looks at. A public operation gets none.
 * @param options.samples values that an operation has of its own; one that is where an API key belongs is one
 * @param options.unsecuredContract what to do where the contract is silent about security; default: `send`
 */
export function credentialsFor(
  operation: Pick<Operation, 'id' | 'security'>,
  contract: Pick<Contract, 'silentAboutSecurity'>,
  credentials: readonly Credential[],
  options: { samples?: SampleAt; unsecuredContract?: 'send' | 'omit' } = {},
): Credential[] {
  if (contract.silentAboutSecurity) return options.unsecuredContract === 'omit' ? [] : [...credentials];
  const { id, security } = operation;
  if (security.length === 0) return [];
  const named = new Set(security.flat().map(({ name }) => name));
  const find = (scheme: SecurityScheme) =>
    sampleFor(id, scheme, options.samples) ?? credentialFor(scheme, credentials, named);
  const found = security.filter((schemes) => schemes.length > 0).map((schemes) => match(schemes, find));
  const whole = found.find(({ complete }) => complete);
  if (whole) return whole.credentials;
  if (security.some((schemes) => schemes.length === 0)) return [];
  const some = distinct(found.flatMap(({ credentials }) => credentials));
  return some.length > 0 ? some : [...credentials];
}

function match(
  schemes: SecurityAlternative,
  find: (scheme: SecurityScheme) => Credential | undefined,
): { complete: boolean; credentials: Credential[] } {
  const found = schemes.map(find);
  const credentials = found.filter((credential) => credential !== undefined);
  return { complete: credentials.length === schemes.length, credentials: distinct(credentials) };
}

/** One that satisfies two schemes is placed once. */
function distinct(credentials: readonly Credential[]): Credential[] {
  return [...new Set(credentials)];
}

/** The one that names the scheme, else the first that could be meant and names no other of this operation. */
function credentialFor(
  scheme: SecurityScheme,
  credentials: readonly Credential[],
  named: ReadonlySet<string>,
): Credential | undefined {
  return (
    credentials.find((credential) => credential.scheme === scheme.name) ??
    credentials.find(
      (credential) =>
        (credential.scheme === undefined || !named.has(credential.scheme)) && satisfies(credential, scheme),
    )
  );
}

/** Whether a credential is of the kind that a scheme wants. */
export function satisfies(credential: Credential, scheme: SecurityScheme): boolean {
  const { kind, place } = credential;
  switch (scheme.type) {
    case 'apiKey':
      // Whatever kind it is: contracts describe a bearer token as the API key “Authorization”, too.
      return scheme.in !== undefined && samePlace(place, { in: scheme.in, name: scheme.parameter ?? '' });
    case 'http':
      if (scheme.scheme === 'basic') return kind === 'basic' || wordOf(credential) === 'basic';
      if (scheme.scheme === 'bearer') return isToken(credential);
      return scheme.scheme !== undefined && wordOf(credential) === scheme.scheme;
    case 'oauth2':
    case 'openIdConnect':
      return isToken(credential);
    case 'mutualTLS':
    case 'unknown':
      return false;
  }
}

function isToken(credential: Credential): boolean {
  const { kind, place } = credential;
  if (kind !== 'fixed-header') return kind === 'bearer' || kind === 'oauth' || kind === 'login';
  return place.name === 'authorization' && wordOf(credential) !== 'basic';
}

/** The scheme that an Authorization value begins with: the bad form keeps it. */
function wordOf({ place, bad }: Credential): string | undefined {
  return place.name === 'authorization' ? /^(\S+) /.exec(bad)?.[1]?.toLowerCase() : undefined;
}

function samePlace(one: Place, other: Place): boolean {
  if (one.in !== other.in) return false;
  return one.in === 'header' ? one.name.toLowerCase() === other.name.toLowerCase() : one.name === other.name;
}

function sampleFor(
  operation: string,
  { name, type, in: where, parameter }: SecurityScheme,
  samples: SampleAt | undefined,
): Credential | undefined {
  if (!samples || type !== 'apiKey' || where === undefined || parameter === undefined) return undefined;
  const place = { in: where, name: where === 'header' ? parameter.toLowerCase() : parameter };
  const value = samples(operation, { in: where, name: parameter });
  if (value === undefined) return undefined;
  return fixedCredential({ kind: 'api-key', scheme: name, place, bad: INVALID }, value);
}
