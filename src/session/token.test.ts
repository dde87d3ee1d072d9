import { describe, expect, test } from 'vitest';
import { standingClock } from '../testing/clock.js';
import { answer, silence } from '../testing/host.js';
import type { HttpRequest, Reply } from '../targets/reply.js';
import { Secrets } from '../targets/secrets.js';
import { createTokenSource, readGrant, tokenRequest, type TokenTarget } from './token.js';

const TARGET: TokenTarget = {
  baseUrl: 'https://api.shop.example/v2',
  oauth: { url: '/token', body: 'json', tokenField: 'access_token', lifetimeField: 'expires_in' },
};
const CREDENTIALS = { clientId: 'client-id-for-tests', clientSecret: 'client-secret-for-tests' };
const FIELDS = { tokenField: 'access_token', lifetimeField: 'expires_in' };

/** A token endpoint that gives `token-1-for-tests` and so on, and a clock that the test turns. */
function sourceOf(give: (count: number) => Reply) {
  const clock = standingClock(new Date('2026-02-02T12:00:00Z'));
  const secrets = new Secrets();
  const sent: HttpRequest[] = [];
  const send = (request: HttpRequest) => Promise.resolve(give(sent.push(request)));
  const tokens = createTokenSource({ target: TARGET, credentials: CREDENTIALS, secrets, send, clock });
  return { clock, secrets, sent, tokens };
}

const granted = (lifetime: unknown) => (count: number) =>
  answer(200, JSON.stringify({ access_token: `token-${count}-for-tests`, expires_in: lifetime }));

describe('a token', () => {
  test('is a secret from the moment that it is known', async () => {
    const { tokens, secrets } = sourceOf(granted(3600));
    expect(secrets.foundIn('token-1-for-tests')).toBe(false);
    await tokens.get();
    expect(secrets.foundIn('token-1-for-tests')).toBe(true);
  });

  test.each([
    ['a minute before its end', 3600, 3_539_999, 3_540_000],
    ['a minute before its end, also where its lifetime is a text', '3600', 3_539_999, 3_540_000],
    ['at half its life, where that is short', 20, 9_999, 10_000],
    ['after an hour but a minute, where its lifetime is not given', undefined, 3_539_999, 3_540_000],
  ])('is renewed %s', async (_, lifetime, still, over) => {
    const { clock, tokens } = sourceOf(granted(lifetime));
    expect(await tokens.get()).toBe('token-1-for-tests');
    clock.advance(still);
    expect(await tokens.get()).toBe('token-1-for-tests');
    clock.advance(over - still);
    expect(await tokens.get()).toBe('token-2-for-tests');
  });

  test('is asked for once by all who need it at the same time', async () => {
    const { tokens, sent } = sourceOf(granted(3600));
    await Promise.all([tokens.get(), tokens.get(), tokens.get()]);
    expect(sent).toHaveLength(1);
  });

  test('is asked for again when it was forgotten', async () => {
    const { tokens } = sourceOf(granted(3600));
    await tokens.get();
    tokens.forget();
    expect(await tokens.get()).toBe('token-2-for-tests');
  });

  test('that cannot be had leaves the answer that says why', async () => {
    const refusal = answer(401, { error: 'invalid_client' });
    const { tokens } = sourceOf(() => refusal);
    expect(await tokens.get()).toBeUndefined();
    expect(tokens.lastReply()).toBe(refusal);
  });
});

describe('a token that no header can hold', () => {
  test.each([
    'token\r\nx-admin: 1',
    'token\nfor-tests',
    'token-\0-for-tests',
    'größer-for-tests',
    '\ud800-for-tests',
  ])('is not used, is a secret, and is reported as what it is: %j', async (token) => {
    const given = answer(200, { access_token: token });
    const { tokens, secrets } = sourceOf((count) => (count === 1 ? given : granted(3600)(count)));
    expect(tokens.gaveUnsendable()).toBe(false);
    expect(await tokens.get()).toBeUndefined();
    expect(tokens.gaveUnsendable()).toBe(true);
    expect(tokens.lastReply()).toBe(given);
    expect(secrets.foundIn(`x${Buffer.from(token).toString()}x`)).toBe(true);
    expect(await tokens.get()).toBe('token-2-for-tests');
    expect(tokens.gaveUnsendable()).toBe(false);
  });

  test('is another thing than no token', async () => {
    const { tokens } = sourceOf(() => answer(200, {}));
    expect(await tokens.get()).toBeUndefined();
    expect(tokens.gaveUnsendable()).toBe(false);
  });
});

describe('a token answer', () => {
  test.each<[what: string, reply: Reply]>([
    ['another status than 200', answer(201, { access_token: 'x' })],
    ['no answer', silence('ECONNRESET')],
    ['no JSON', answer(200, 'token=x')],
    ['no object', answer(200, ['x'])],
    ['no token', answer(200, { token: 'x' })],
    ['an empty token', answer(200, { access_token: '' })],
    ['a token that is no text', answer(200, { access_token: 7 })],
  ])('gives no token: %s', (_, reply) => {
    expect(readGrant(reply, FIELDS)).toBeUndefined();
  });
});

describe('the token request', () => {
  test('goes to the host of the target with its credentials in the body, and with no token', () => {
    expect(tokenRequest(TARGET, CREDENTIALS)).toEqual({
      method: 'POST',
      url: 'https://api.shop.example/token',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({
        grant_type: 'client_credentials',
        client_id: CREDENTIALS.clientId,
        client_secret: CREDENTIALS.clientSecret,
      }),
    });
  });

  test('is not made where there is no token endpoint, or no host', () => {
    expect(tokenRequest({ ...TARGET, oauth: undefined }, CREDENTIALS)).toBeUndefined();
    expect(tokenRequest({ ...TARGET, baseUrl: undefined }, CREDENTIALS)).toBeUndefined();
  });
});
