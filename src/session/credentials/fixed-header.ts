import { fixedCredential, INVALID } from '../../request/security/credential.js';
import type { FixedHeaderEntry } from '../../targets/credential-entry.js';
import type { Secrets } from '../../targets/secrets.js';
import { BAD_BASIC } from './basic.js';
import type { Credential } from './credential.js';

/** A header whose value is in the file itself. */
export function fixedHeaderCredential(
  { scheme, name, value }: FixedHeaderEntry & { scheme: string | undefined },
  secrets: Secrets,
): Credential {
  secrets.add(value);
  const [, , credentials] = partsOf(name, value);
  secrets.add(credentials ?? '');
  return fixedCredential(
    { kind: 'fixed-header', scheme, place: { in: 'header', name }, bad: badOf(name, value) },
    value,
  );
}

/** Of an Authorization value the scheme is kept (RFC 9110, section 11.4); any other value is replaced whole. */
function badOf(name: string, value: string): string {
  const [, scheme] = partsOf(name, value);
  if (scheme === undefined) return INVALID;
  return scheme.toLowerCase() === 'basic' ? BAD_BASIC : `${scheme} ${INVALID}`;
}

function partsOf(name: string, value: string): readonly (string | undefined)[] {
  if (name !== 'authorization' && name !== 'proxy-authorization') return [];
  return /^([A-Za-z][A-Za-z0-9-]{0,31}) +(\S.*)$/.exec(value.trim()) ?? [];
}
