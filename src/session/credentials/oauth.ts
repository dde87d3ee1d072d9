import type { OAuthEntry } from '../../targets/credential-entry.js';
import type { Secrets } from '../../targets/secrets.js';
import type { HttpRequest } from '../../targets/reply.js';
import { isObject } from '../../json.js';
import { createTokenSource, jsonOf, tokenRequest, wellFormed } from '../token.js';
import { wrongSecret } from '../wrong-secret.js';
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
  const wrong = wrongSecret(entry.clientSecret);
  const wrongRequest = (): HttpRequest | undefined => {
    if (wrong === undefined) return undefined;
    const request = tokenRequest(target, { ...entry, clientSecret: wrong });
    // It is almost the right one, so nobody may see it either.
    for (const text of [wrong, request?.headers['authorization']?.replace(/^Basic /, '')])
      own.add(text ?? '');
    return request;
  };
  return {
    ...{ kind: 'oauth', scheme: entry.scheme, ...tokenPlaced(entry), ...fromSource(source, entry) },
    tokenRequest: request,
    endpoint: {
      wrongRequest,
      givesToken: (reply) => {
        const body = reply.kind === 'answer' ? jsonOf(reply) : undefined;
        const token = isObject(body) ? body[entry.tokenField] : undefined;
        if (typeof token !== 'string' || token === '') return false;
        means.secrets.add(wellFormed(token));
        return true;
      },
      isStandard: entry.tokenField === 'access_token',
      isShownIn: (text) => text.includes(entry.clientSecret),
    },
  };
}
