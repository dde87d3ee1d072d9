import { fixedCredential, INVALID } from '../../request/security/credential.js';
import type { BasicEntry } from '../../targets/credential-entry.js';
import type { Secrets } from '../../targets/secrets.js';
import type { Credential } from './credential.js';

/** User and password (RFC 7617, section 2), written in UTF-8. */
export function basicCredential(
  { scheme, user, password }: BasicEntry & { scheme: string | undefined },
  secrets: Secrets,
): Credential {
  const value = basicValue(user, password);
  secrets.add(value.slice('Basic '.length));
  const place = { in: 'header', name: 'authorization' } as const;
  return fixedCredential({ kind: 'basic', scheme, place, bad: BAD_BASIC }, value);
}

function basicValue(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}

export const BAD_BASIC = basicValue(INVALID, INVALID);
