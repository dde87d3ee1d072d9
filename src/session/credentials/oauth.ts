import type { OAuthEntry } from '../../target/credential-entry.js';
import type { Secrets } from '../../target/secrets.js';
import { createTokenSource, tokenRequest } from '../token.js';
import { fromSource, tokenPlaced, type Credential, type Means } from './credential.js';

/** A token for client credentials (RFC 6749, section 4.4). */
export function oauthCredential(
  entry: OAuthEntry & { scheme: string | undefined },
  means: Means,
  own: Secrets,
): Credential {
  const target = { baseUrl: means.baseUrl, oauth: entry };
  const source = createTokenSource({ ...means, target, credentials: entry });
  const request = () => tokenRequest(target, entry);
  // With HTTP Basic the two are written as one text.
  const written = request()?.headers['authorization']?.replace(/^Basic /, '');
  if (written !== undefined) own.add(written);
  return {
    ...{ kind: 'oauth', scheme: entry.scheme, ...tokenPlaced(entry), ...fromSource(source, entry) },
    tokenRequest: request,
  };
}
