import { expect, test } from 'vitest';
import { fixedCredential, type Credential, type Place } from '../request/security/credential.js';
import { contractOf } from '../testing/host.js';
import { authenticatorOf } from './authenticator.js';
import { noCallers, type Callers } from './callers.js';
import type { Identity } from './effect.js';

const signal = new AbortController().signal;
const request = { method: 'GET', url: 'https://api.shop.example/things/', headers: {} };
const AUTHORIZATION: Place = { in: 'header', name: 'authorization' };
const KEY: Place = { in: 'query', name: 'key' };

const keyed = (place: Place, bad = 'bad'): Credential =>
  fixedCredential({ kind: 'api-key', scheme: undefined, place, bad }, 'good');
const token: Credential = fixedCredential(
  { kind: 'bearer', scheme: 'bearer', place: AUTHORIZATION, bad: 'Bearer bad' },
  'Bearer good',
);

const contract = contractOf('/things/: { get: {}, delete: { security: [] } }');

function authenticator(
  credentials: readonly Credential[],
  given: Partial<Parameters<typeof authenticatorOf>[0]> = {},
) {
  const own = authenticatorOf({ contract, target: { unsecuredContract: 'send' }, credentials, ...given });
  const place = async (...asked: Parameters<typeof own.place>) => {
    const came = await own.place(...asked);
    if (!came) throw new Error('nothing was placed');
    return came;
  };
  return { ...own, place, tryToPlace: own.place };
}

const READ = 'GET /things/';
const FREE = 'DELETE /things/';

test('an operation gets the credentials that the contract wants for it, and what it does not know gets all', async () => {
  const { place } = authenticator([token, keyed(KEY)]);
  expect((await place(request, READ, 'valid', signal)).request).toEqual({
    ...request,
    headers: { authorization: 'Bearer good' },
  });
  expect((await place(request, FREE, 'valid', signal)).request).toEqual(request);
  expect((await place(request, 'GET /nowhere/', 'valid', signal)).request).toEqual({
    ...request,
    url: `${request.url}?key=good`,
    headers: { authorization: 'Bearer good' },
  });
});

test('where no good value can be had the bad one is placed', async () => {
  const { place } = authenticator([{ ...token, value: () => Promise.resolve(undefined) }]);
  const { request: sent } = await place(request, READ, 'valid', signal);
  expect(sent.headers).toEqual({ authorization: 'Bearer bad' });
});

test('what may be a key, from the environment, goes with good credentials only', async () => {
  const asked = { ...request, url: `${request.url}?tenant=of-ours&page=1`, headers: { 'x-key': 'of-ours' } };
  const { place } = authenticator([token], {
    environmentAt: (id) =>
      id === READ
        ? [
            { in: 'header', name: 'X-Key' },
            { in: 'query', name: 'tenant' },
          ]
        : [],
  });
  const sent = async (identity: Identity) => (await place(asked, READ, identity, signal)).request;
  expect(await sent('valid')).toEqual({
    ...asked,
    headers: { 'x-key': 'of-ours', authorization: 'Bearer good' },
  });
  const bare = { ...asked, url: `${request.url}?page=1` };
  expect(await sent('invalid')).toEqual({ ...bare, headers: { authorization: 'Bearer bad' } });
  expect(await sent('none')).toEqual({ ...bare, headers: {} });
});

test('what was at the place of any credential goes neither with invalid ones nor without', async () => {
  const asked = {
    ...request,
    url: `${request.url}?key=of-a-sample`,
    headers: { authorization: 'of a sample' },
  };
  const { place } = authenticator([token, keyed(KEY)]);
  expect((await place(asked, READ, 'invalid', signal)).request).toEqual({
    ...request,
    headers: { authorization: 'Bearer bad' },
  });
  expect((await place(asked, READ, 'none', signal)).request).toEqual(request);
});

test('that credentials were placed is shown by a text, and nothing where none were', async () => {
  const { place, invalidCredentials } = authenticator([token, keyed(KEY)]);
  const shown = async (operation: string, identity: 'valid' | 'invalid' | 'none') =>
    (await place(request, operation, identity, signal)).credentials;
  expect(await shown(READ, 'valid')).toBe('valid');
  expect(await shown(READ, 'invalid')).toBe('[["header","authorization","Bearer bad"]]');
  expect(await shown(READ, 'none')).toBe('');
  expect(await shown(FREE, 'valid')).toBe('');
  expect(await shown(FREE, 'invalid')).toBe('');
  expect([invalidCredentials(READ), invalidCredentials(FREE)]).toEqual([await shown(READ, 'invalid'), '']);
});

test('the same invalid credentials are one text, in whatever order; others are another', () => {
  const textOf = (...credentials: Credential[]) =>
    authenticator(credentials).invalidCredentials('of no contract');
  const cookie: Place = { in: 'cookie', name: 'key' };
  expect(textOf(token, keyed(KEY))).toBe(textOf(keyed(KEY), token));
  const others = [keyed(KEY), keyed({ ...KEY, name: 'other' }), keyed(cookie), keyed(KEY, 'worse')];
  expect(new Set(others.map((one) => textOf(one))).size).toBe(4);
});

test('where the contract is silent about security, the target says whether credentials are sent', () => {
  const silent = { contract: { ...contract, silentAboutSecurity: true } };
  expect(authenticator([token], silent).invalidCredentials(READ)).not.toBe('');
  const omitting = { ...silent, target: { unsecuredContract: 'omit' as const } };
  expect(authenticator([token], omitting).invalidCredentials(READ)).toBe('');
});

test('a sample that is a credential does not go where none is to go', async () => {
  const security = [[{ name: 'key', type: 'apiKey' as const, in: 'query' as const, parameter: 'key' }]];
  const operations = contract.operations.map((operation) => ({ ...operation, security }));
  const given = { contract: { ...contract, operations }, samples: () => 'of a sample' };
  const { place } = authenticator([], given);
  const asked = { ...request, url: `${request.url}?key=of-a-sample` };
  expect((await place(asked, READ, 'none', signal)).request.url).toBe(request.url);
});

test('credentials are newer when they differ from those that were sent', async () => {
  const { hasNewer } = authenticator([token]);
  expect(await hasNewer({ ...request, headers: { authorization: 'Bearer good' } }, READ, signal)).toBe(false);
  expect(await hasNewer({ ...request, headers: { authorization: 'Bearer old' } }, READ, signal)).toBe(true);
});

const theirToken = (value: string | undefined): Credential => ({
  ...token,
  value: () => Promise.resolve(value),
});
const withReader = (...credentials: Credential[]): Callers => ({
  ...noCallers('not named'),
  reader: { credentials },
});

test('another caller is given its own credentials, and nothing of ours goes with them', async () => {
  const asked = {
    ...request,
    url: `${request.url}?key=of-ours&tenant=of-ours&page=1`,
    headers: { authorization: 'of a sample' },
  };
  const { place } = authenticator([token, keyed(KEY)], {
    callers: withReader(theirToken('Bearer of a reader')),
    environmentAt: () => [{ in: 'query', name: 'tenant' }],
  });
  expect(await place(asked, READ, 'reader', signal)).toEqual({
    request: {
      ...request,
      url: `${request.url}?page=1`,
      headers: { authorization: 'Bearer of a reader' },
    },
    credentials: 'reader',
  });
});

test.each<[what: string, callers: Callers | undefined, operation: string]>([
  ['is not known', undefined, READ],
  ['has no credentials', noCallers('not named'), READ],
  ['is given no token', withReader(theirToken(undefined)), READ],
  [
    'has one of two only',
    withReader(theirToken('Bearer of a reader'), theirToken(undefined)),
    'of no contract',
  ],
  ['comes with ours', withReader(theirToken('Bearer good')), READ],
  ['asks what everybody may', withReader(theirToken('Bearer of a reader')), FREE],
])('a caller that %s is asked for by nobody', async (_, callers, operation) => {
  const { tryToPlace } = authenticator([token], callers ? { callers } : {});
  expect(await tryToPlace(request, operation, 'reader', signal)).toBeUndefined();
});
