import { NotApplicable, type Ask } from '../../drive/drive.js';
import type { Seen } from '../../drive/seen.js';
import { isJsonType, isObject } from '../../json.js';
import type { TokenEndpoint } from '../../request/security/credential.js';
import { header, isSuccess, type Answer, type Reply } from '../../targets/reply.js';
import { inconclusive, passed, type Broken } from '../check.js';
import { hostCheck } from '../host-check.js';
import { mediaType, status } from '../fact.js';
import { jsonOf } from '../subject.js';

/** A token endpoint, the answer that gave the run its token, and how to ask with a wrong secret. */
export interface AskedForToken {
  endpoint: TokenEndpoint;
  given: Seen & { reply: Answer };
  wrong: Ask | undefined;
}

type Code = 'wrong-secret-taken' | 'secret-shown' | 'no-json' | 'no-type' | 'odd-lifetime' | 'stored';

export const tokenEndpoint = hostCheck<AskedForToken, Code>({
  id: 'auth/token-endpoint',
  promise: 'A token is given for the right secret only, and as OAuth says.',
  source: {
    kind: 'contract',
    ref: 'the credentials of the target; RFC 6749, sections 5.1 and 5.2',
    url: 'https://www.rfc-editor.org/rfc/rfc6749#section-5.1',
  },
  since: '0.2.0',
  severity: 'error',
  // Tokens are given and taken all the same: the contract need not promise what the standard does.
  warnings: ['no-json', 'no-type', 'odd-lifetime', 'stored'],
  asks: { atMost: 1 },
  messages: {
    'wrong-secret-taken': ({ came }) => `it answers ${came} with a token to a client with a wrong secret`,
    'secret-shown': () => 'its answer has the secret of the client in it',
    'no-json': ({ came }) => `its answer with a token is of the media type ${came}, where OAuth says JSON`,
    'no-type': () => 'its answer with a token has no token_type, which OAuth requires',
    'odd-lifetime': () => 'expires_in of its answer with a token is no number of seconds',
    stored: () => 'its answer with a token may be stored: Cache-Control does not say no-store',
  },
  *run({ endpoint, given, wrong }) {
    const broken: Broken<Code>[] = endpoint.isStandard
      ? faultsOf(given.reply).map((one) => ({ ...one, at: { seen: [given] } }))
      : [];
    if (isSecretShown(given.reply, endpoint))
      broken.push({ code: 'secret-shown', facts: {}, at: { seen: [given] } });
    const refusal = wrong && (yield wrong);
    if (refusal) {
      const seen = [refusal];
      if (endpoint.givesToken(refusal.reply)) {
        const facts = { came: status(refusal.exchange.status) };
        broken.push({ code: 'wrong-secret-taken', facts, at: { seen } });
      }
    }
    if (broken.length > 0) return { kind: 'failed', broken };
    if (!refusal) return new NotApplicable('its secret is too short for a wrong one like it');
    return isRefusal(refusal.reply)
      ? passed
      : inconclusive('to a wrong secret it answers neither with a token nor with 400 or 401');
  },
});

/** What RFC 6749, section 5.1, says of an answer with a token, and this one does not keep. */
function faultsOf(reply: Answer): Broken<Code>[] {
  const type = header(reply, 'content-type');
  if (!isJsonType(type ?? '')) return [{ code: 'no-json', facts: { came: mediaType(type) } }];
  const body = jsonOf(reply);
  if (!isObject(body)) return [];
  const { token_type: kind, expires_in: lifetime } = body;
  const isLifetime =
    lifetime === undefined ||
    (typeof lifetime === 'number' && lifetime >= 0) ||
    (typeof lifetime === 'string' && /^\d+$/.test(lifetime));
  const cache = (header(reply, 'cache-control') ?? '').toLowerCase();
  return [
    ...(typeof kind === 'string' && kind !== '' ? [] : [{ code: 'no-type' as const, facts: {} }]),
    ...(isLifetime ? [] : [{ code: 'odd-lifetime' as const, facts: {}, pointer: '/expires_in' }]),
    ...(cache.split(',').some((one) => one.trim() === 'no-store')
      ? []
      : [{ code: 'stored' as const, facts: {} }]),
  ];
}

function isSecretShown({ body, headers }: Answer, { isShownIn }: TokenEndpoint): boolean {
  return isShownIn(body.toString('utf8')) || headers.some(([, value]) => isShownIn(value));
}

function isRefusal(reply: Reply): boolean {
  return reply.kind === 'answer' && (reply.status === 400 || reply.status === 401);
}

/** Whether a reply has given the run a token. */
export function isGiven(reply: Reply | undefined, endpoint: TokenEndpoint): reply is Answer {
  return reply?.kind === 'answer' && isSuccess(reply.status) && endpoint.givesToken(reply);
}
