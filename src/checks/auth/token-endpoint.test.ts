import { expect, test } from 'vitest';
import type { TokenEndpoint } from '../../request/security/credential.js';
import { Secrets } from '../../targets/secrets.js';
import { entryOf } from '../../targets/credential-entry.js';
import type { Answer, NoAnswer } from '../../targets/reply.js';
import { oauthCredential } from '../../session/credentials/oauth.js';
import { leapingClock, standingClock } from '../../testing/clock.js';
import { answer, converseWith, exchangeOf, seenOf, silence } from '../../testing/host.js';
import type { Json } from '../../json.js';
import { driveTwice } from '../drive-twice.js';
import { isGiven, tokenEndpoint } from './token-endpoint.js';

const SECRET = 'client-secret-for-tests';
const HEADERS = { 'cache-control': 'no-store' };
const GIVEN = { access_token: 'token-for-tests', token_type: 'Bearer', expires_in: 3600 };
const REFUSED = answer(401, { error: 'invalid_client' });

function endpointOf(tokenField = 'access_token', clientSecret = SECRET): TokenEndpoint {
  const entry = entryOf({
    oauth: { url: '/token', clientId: 'client-id-for-tests', clientSecret, tokenField },
  });
  if (entry.kind !== 'oauth') throw new Error('it is not OAuth');
  const secrets = new Secrets();
  const { endpoint } = oauthCredential(
    entry,
    {
      ...{ baseUrl: 'https://api.shop.example', secrets, clock: standingClock() },
      send: () => Promise.resolve(silence('ABORTED')),
    },
    secrets,
  );
  if (!endpoint) throw new Error('it has no endpoint');
  return endpoint;
}

/** What comes of an endpoint that gave one answer to the right secret, and gives these to wrong ones. */
async function on(
  given: Answer,
  toWrong: readonly (Answer | NoAnswer)[] = [REFUSED],
  endpoint = endpointOf(),
): Promise<{ gives: string; sent: (string | undefined)[]; messages: string[] }> {
  const host = converseWith(() => toWrong[Math.min(host.sent.length, toWrong.length) - 1] ?? REFUSED);
  const request = endpoint.wrongRequest();
  const wrong = request && {
    token: 'none' as const,
    probe: { operation: 'token', role: 'control' as const, request, shown: request.url },
  };
  const found = await driveTwice(
    tokenEndpoint,
    { endpoint, given: { ...seenOf(exchangeOf()), reply: given }, wrong },
    'POST /token',
    { conversation: host, clock: leapingClock(), signal: new AbortController().signal },
  );
  const { results = [], findings = [] } = found.get('POST /token') ?? {};
  return {
    gives:
      findings.length > 0
        ? findings.map(({ code, severity }) => `${code} ${severity}`).join(', ')
        : results.map(({ result }) => result).join(),
    sent: host.sent.map(({ body }) => body),
    messages: findings.map(({ message }) => message),
  };
}

test('one that gives a token to the right secret only', async () => {
  const { gives, sent } = await on(answer(200, GIVEN, HEADERS));
  expect(gives).toBe('passed');
  expect(sent).toHaveLength(1);
  expect(sent[0]).toContain('client_secret=');
  expect(sent[0]).not.toContain(SECRET);
});

test.each<[what: string, body: Json, headers: Record<string, string>, gives: string]>([
  ['digits for the lifetime', { ...GIVEN, expires_in: '3600' }, HEADERS, 'passed'],
  ['no lifetime, which is only recommended', { access_token: 'a', token_type: 'bearer' }, HEADERS, 'passed'],
  ['more in Cache-Control', GIVEN, { 'cache-control': 'no-cache, No-Store' }, 'passed'],
  [
    'JSON of a kind of its own',
    GIVEN,
    { ...HEADERS, 'content-type': 'application/token+json; charset=utf-8' },
    'passed',
  ],
  ['no type', { access_token: 'a', expires_in: 1 }, HEADERS, 'no-type warning'],
  ['an empty type', { ...GIVEN, token_type: '' }, HEADERS, 'no-type warning'],
  ['a lifetime in words', { ...GIVEN, expires_in: 'an hour' }, HEADERS, 'odd-lifetime warning'],
  [
    'a date for the lifetime',
    { ...GIVEN, expires_in: '2026-02-02T12:00:00Z' },
    HEADERS,
    'odd-lifetime warning',
  ],
  ['no time left', { ...GIVEN, expires_in: 0 }, HEADERS, 'passed'],
  ['less than no time left', { ...GIVEN, expires_in: -1 }, HEADERS, 'odd-lifetime warning'],
  ['digits behind a sign', { ...GIVEN, expires_in: '-36' }, HEADERS, 'odd-lifetime warning'],
  ['a list with digits', { ...GIVEN, expires_in: ['36'] }, HEADERS, 'odd-lifetime warning'],
  ['a list', [GIVEN], HEADERS, 'passed'],
  ['null for the lifetime', { ...GIVEN, expires_in: null }, HEADERS, 'odd-lifetime warning'],
  ['nothing about caches', GIVEN, {}, 'stored warning'],
  ['a cache for itself', GIVEN, { 'cache-control': 'private' }, 'stored warning'],
  ['text', JSON.stringify(GIVEN), { ...HEADERS, 'content-type': 'text/plain' }, 'no-json warning'],
  ['the secret in its body', { ...GIVEN, asked: { client_secret: SECRET } }, HEADERS, 'secret-shown error'],
  ['the secret in a header', GIVEN, { ...HEADERS, 'x-client': `id:${SECRET}` }, 'secret-shown error'],
  ['several faults', { access_token: 'a' }, {}, 'no-type warning, stored warning'],
])('an answer with %s', async (_, body, headers, gives) => {
  expect((await on(answer(200, body, headers))).gives).toBe(gives);
});

test.each<[what: string, toWrong: (Answer | NoAnswer)[], gives: string, sent: number]>([
  ['400', [answer(400, { error: 'invalid_client' })], 'passed', 1],
  ['401 without a body', [answer(401)], 'passed', 1],
  ['a token', [answer(200, GIVEN)], 'wrong-secret-taken error', 2],
  ['a token and an error status', [answer(400, GIVEN)], 'wrong-secret-taken error', 2],
  ['a token once only', [answer(200, GIVEN), REFUSED], 'inconclusive', 2],
  ['a success without a token', [answer(200, { error: 'invalid_client' })], 'inconclusive', 1],
  ['an empty token', [answer(200, { access_token: '' })], 'inconclusive', 1],
  ['a body that is cut off', [answer(200, '{"access_token":"a', {}, 'cut off')], 'inconclusive', 1],
  ...[302, 403, 404, 429, 500].map((status): [string, Answer[], string, number] => [
    String(status),
    [answer(status)],
    'inconclusive',
    1,
  ]),
  ['nothing', [silence('ECONNRESET')], 'inconclusive', 1],
])('one that answers a wrong secret with %s', async (_, toWrong, gives, count) => {
  const found = await on(answer(200, GIVEN, HEADERS), toWrong);
  expect(found.gives).toBe(gives);
  expect(found.sent).toHaveLength(count);
});

test('one with names of its own is not held to OAuth, but to its secret', async () => {
  const given = answer(200, { auth_token: 'a' });
  expect((await on(given, [REFUSED], endpointOf('auth_token'))).gives).toBe('passed');
  const taken = await on(given, [answer(200, { auth_token: 'b' })], endpointOf('auth_token'));
  expect(taken.gives).toBe('wrong-secret-taken error');
});

test('a secret of which no wrong one can be made is not tried', async () => {
  const found = await on(answer(200, GIVEN, HEADERS), [REFUSED], endpointOf('access_token', '------'));
  expect(found).toMatchObject({ gives: 'not-applicable', sent: [] });
});

test('it is said what came', async () => {
  const text = answer(200, JSON.stringify(GIVEN), { ...HEADERS, 'content-type': 'text/plain' });
  expect((await on(text)).messages).toEqual([expect.stringContaining('text/plain')]);
  expect((await on(answer(200, GIVEN, HEADERS), [answer(201, GIVEN)])).messages).toEqual([
    'it answers 201 with a token to a client with a wrong secret',
  ]);
});

test.each<[is: boolean, what: string, reply: Answer | NoAnswer | undefined]>([
  [true, 'a success with a token', answer(200, GIVEN)],
  [true, 'a success with a token', answer(201, GIVEN)],
  [false, 'a refusal with a token', answer(400, GIVEN)],
  [false, 'a success without a token', answer(200, {})],
  [false, 'silence', silence('ECONNRESET')],
  [false, 'nothing', undefined],
])('it has given a token: %s, with %s', (is, _, reply) => {
  expect(isGiven(reply, endpointOf())).toBe(is);
});
