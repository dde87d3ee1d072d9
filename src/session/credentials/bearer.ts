import { fixedCredential } from '../../request/security/credential.js';
import type { BearerEntry } from '../../targets/credential-entry.js';
import { tokenPlaced, withToken, type Credential } from './credential.js';

/** A token that was given to us (RFC 6750, section 2.1). */
export function bearerCredential(entry: BearerEntry & { scheme: string | undefined }): Credential {
  const { scheme, header, token } = entry;
  return fixedCredential({ kind: 'bearer', scheme, ...tokenPlaced(entry) }, withToken(header, token));
}
