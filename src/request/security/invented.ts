import type { Operation } from '../../contract/operation.js';
import type { SecurityScheme } from '../../contract/security.js';
import { fixedCredential, INVALID, type Credential } from './credential.js';
import { satisfies } from './match.js';

/**
 * A credential for each scheme of a contract that none of the given ones can be meant for, in the form that the scheme
 * wants: for a server of our own that takes any.
 */
export function inventedCredentials(
  operations: readonly Pick<Operation, 'security'>[],
  given: readonly Credential[],
): Credential[] {
  const schemes = new Map(
    operations.flatMap(({ security }) => security.flat()).map((one) => [one.name, one]),
  );
  return [...schemes.values()].flatMap((scheme) => {
    if (given.some((credential) => credential.scheme === scheme.name || satisfies(credential, scheme)))
      return [];
    const invented = inventedFor(scheme);
    return invented ? [invented] : [];
  });
}

const VALUE = 'mock-credential-for-tests';

function inventedFor({ name, type, in: where, parameter, scheme }: SecurityScheme): Credential | undefined {
  const place = { in: 'header', name: 'authorization' } as const;
  const bearer = { kind: 'bearer', scheme: name, place, bad: `Bearer ${INVALID}` } as const;
  if (type === 'oauth2' || type === 'openIdConnect') return fixedCredential(bearer, `Bearer ${VALUE}`);
  if (type === 'apiKey' && where !== undefined && parameter !== undefined) {
    const own = { in: where, name: where === 'header' ? parameter.toLowerCase() : parameter };
    return fixedCredential({ kind: 'api-key', scheme: name, place: own, bad: INVALID }, VALUE);
  }
  if (type !== 'http') return undefined;
  if (scheme === 'bearer') return fixedCredential(bearer, `Bearer ${VALUE}`);
  // User and password (RFC 7617, section 2).
  if (scheme !== 'basic') return undefined;
  const inBase64 = (password: string) => `Basic ${Buffer.from(`conform:${password}`).toString('base64')}`;
  return fixedCredential({ kind: 'basic', scheme: name, place, bad: inBase64(INVALID) }, inBase64(VALUE));
}
