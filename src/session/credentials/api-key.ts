import { fixedCredential, INVALID } from '../../request/security/credential.js';
import type { ApiKeyEntry } from '../../targets/credential-entry.js';
import type { Credential } from './credential.js';

/** A key in a header, query parameter or cookie (OpenAPI 3.0.3, section 4.7.27). */
export function apiKeyCredential(entry: ApiKeyEntry & { scheme: string | undefined }): Credential {
  const { scheme, in: where, name, value } = entry;
  return fixedCredential({ kind: 'api-key', scheme, place: { in: where, name }, bad: INVALID }, value);
}
