import { at } from '../../json.js';
import { Problem } from '../../problem.js';
import type { ValuedLogin } from '../../targets/credential-entry.js';
import { isSuccess, type HttpRequest, type Reply } from '../../targets/reply.js';
import { createGrantSource, jsonOf, writtenFields, type Grant } from '../token.js';
import { fromSource, tokenPlaced, type Credential, type Means } from './credential.js';

/**
 * A token that an operation of the API gives.
 * @throws Problem when it would be asked of another host than that of the target
 */
export function loginCredential(
  entry: ValuedLogin & { scheme: string | undefined },
  means: Means,
): Credential {
  const request = loginRequest(entry, means.baseUrl);
  const source = createGrantSource({
    ...means,
    request: () => request,
    read: (reply) => grantOf(reply, entry),
  });
  return {
    ...{ kind: 'login', scheme: entry.scheme, ...tokenPlaced(entry), ...fromSource(source, entry) },
    tokenRequest: () => request,
  };
}

function loginRequest(entry: ValuedLogin, baseUrl: string | undefined): HttpRequest | undefined {
  if (baseUrl === undefined) return undefined;
  const url = entry.path.startsWith('/') ? baseUrl.replace(/\/+$/, '') + entry.path : entry.path;
  if (!URL.canParse(url) || new URL(url).origin !== new URL(baseUrl).origin) {
    throw new Problem(
      'CONFORM_E_TARGET_ADDRESS_INVALID',
      `the login “${entry.path}” is not on the host of the target`,
      {
        remedy: 'Name a path, or a URL that begins like the baseUrl of the target.',
      },
    );
  }
  return { method: entry.method, url, ...writtenFields(entry.body, entry.fields) };
}

function grantOf(reply: Reply, { tokenAt, lifetimeSeconds }: ValuedLogin): Grant | undefined {
  if (reply.kind !== 'answer' || !isSuccess(reply.status)) return undefined;
  const token = at(jsonOf(reply), tokenAt);
  return typeof token === 'string' && token !== ''
    ? { token, lifetimeMs: lifetimeSeconds * 1000 }
    : undefined;
}
