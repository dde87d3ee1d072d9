import { describe, expect, test } from 'vitest';
import { contractOf } from './contract.js';
import { CREDENTIAL_KINDS, credentialOf, type CredentialKind } from './credentials.js';
import { ORDINARY_CONTRACT, ORDINARY_HOST } from './habits.js';
import type { Incoming } from './incoming.js';
import { createVendor } from './vendor.js';

/*
 * What a host wants of each kind of credential, shown by requests written by hand: what the program makes of its
 * targets is measured by this.
 */

const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
const CLIENT = { client_id: 'client-id-for-tests', client_secret: 'client-secret-for-tests' };
const USER = { username: 'username-for-tests', password: 'password-for-tests', realm: 'tests' };
const AS_CLIENT = {
  authorization: `Basic ${Buffer.from('client-id-for-tests:client-secret-for-tests').toString('base64')}`,
};
const AS_USER = {
  authorization: `Basic ${Buffer.from('username-for-tests:password-for-tests').toString('base64')}`,
};
const BEARER = { authorization: 'Bearer static-token-for-tests' };
const KEY = { 'x-api-key': 'api-key-for-tests' };
const IN_QUERY = '?api_key=api-key-for-tests';

/** How a token is asked for, and how a request is sent with it. */
interface Way {
  token?: { path: string; headers?: Record<string, string>; body: string; word?: string };
  headers?: Record<string, string>;
  query?: string;
}

const WAYS: Record<CredentialKind, Way> = {
  'oauth-json': { token: { path: '/oauth/token', body: JSON.stringify(CLIENT) } },
  'oauth-form': { token: { path: '/oauth/token', body: form(CLIENT) } },
  static: { headers: BEARER },
  'key-in-header-sample': { headers: KEY },
  'key-in-query-sample': { query: IN_QUERY },
  'static-and-key-sample': { headers: { ...BEARER, ...KEY } },
  'oauth json body': { token: { path: '/oauth/token', body: JSON.stringify(CLIENT) } },
  'oauth json basic': { token: { path: '/oauth/token', headers: AS_CLIENT, body: '{}', word: 'Token' } },
  'oauth form body': { token: { path: '/oauth/token', body: form(CLIENT) } },
  'oauth form basic': { token: { path: '/oauth/token', headers: AS_CLIENT, body: 'scope=items' } },
  bearer: { headers: BEARER },
  'apiKey header': { headers: KEY },
  'apiKey query': { query: IN_QUERY },
  'apiKey cookie': { headers: { cookie: 'other=1; api_key=api-key-for-tests' } },
  basic: { headers: AS_USER },
  header: { headers: BEARER },
  'login json': { token: { path: '/login', body: JSON.stringify(USER) } },
  'login form': { token: { path: '/login', body: form(USER) } },
  'bearer and apiKey': { headers: { ...BEARER, ...KEY } },
  'oauth and apiKey': { token: { path: '/oauth/token', body: JSON.stringify(CLIENT) }, query: IN_QUERY },
};

/** A host that wants this kind, and what it answers to a request for its listing. */
function hostOf(kind: CredentialKind) {
  const credential = credentialOf(kind);
  const vendor = createVendor({
    contract: contractOf(ORDINARY_CONTRACT, '201-id', credential),
    contractHabits: ORDINARY_CONTRACT,
    habits: ORDINARY_HOST,
    credential,
    prefix: [],
    elsewhere: 'http://elsewhere.example',
  });
  const send = (method: string, url: string, headers: Record<string, string> = {}, body = '') =>
    vendor.answer({ method, url, headers, body } satisfies Incoming);
  return { credential, send };
}

describe.each(CREDENTIAL_KINDS)('a host that wants %s', (kind) => {
  const { token, headers = {}, query = '' } = WAYS[kind];

  test('lets in who has it, and nobody else', () => {
    const { credential, send } = hostOf(kind);
    const given = token && JSON.stringify(send('POST', token.path, token.headers, token.body).body);
    const value = /"(?:access_token|auth_token|token)":"([^"]+)"/.exec(given ?? '')?.[1];
    expect(value === undefined).toBe(token === undefined);
    const authorization = { authorization: `${token?.word ?? 'Bearer'} ${value ?? ''}` };
    const all = { ...headers, ...(token === undefined ? {} : authorization) };
    expect(send('GET', `/v1/items/${query}`, all).status).toBe(200);
    expect(send('GET', '/v1/items/').status).toBe(401);
    const changed = Object.fromEntries(Object.entries(all).map(([name, text]) => [name, `${text}-not`]));
    const without = query === '' ? changed : all;
    expect(send('GET', `/v1/items/${query === '' ? '' : `${query}-not`}`, without).status).toBe(401);
    const sent = [...Object.values(all), query].join(' ');
    expect(credential.secrets().some((secret) => sent.includes(secret))).toBe(true);
  });

  if (token !== undefined) {
    test('gives a token to nobody who does not know the secret', () => {
      const { send } = hostOf(kind);
      const spoilt = token.body.replaceAll('for-tests', 'not');
      expect(send('POST', token.path, {}, spoilt).status).toBe(401);
    });
  }
});
