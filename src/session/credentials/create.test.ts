import { describe, expect, test } from 'vitest';
import { systemClock } from '../../clock.js';
import { answer, targetOf } from '../../testing/host.js';
import { standingClock } from '../../testing/clock.js';
import { serve as startServer } from '../../testing/serve.js';
import { entryOf, type CredentialForm } from '../../targets/credential-entry.js';
import type { HttpRequest, Reply } from '../../targets/reply.js';
import { Secrets } from '../../targets/secrets.js';
import { createSender } from '../send.js';
import type { Target } from '../../targets/targets.js';
import { createCredentials } from './create.js';

const INVALID = 'conform-deliberately-invalid-token';
const ENVIRONMENT = {
  ID: 'client id/of+ours',
  SECRET: 'client:secret%of-ours',
  TOKEN: "token-of-ours-$&-$1-$'",
  KEY: 'key-of-ours',
  USER: 'us:er-of-ours',
  PASSWORD: 'pässword-of-ours',
};
const OAUTH = { url: '/token', clientId: 'ID', clientSecret: 'SECRET' };

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

function create(
  forms: readonly CredentialForm[],
  given: {
    environment?: Record<string, string>;
    target?: Partial<Target>;
    answers?: (request: HttpRequest) => Reply;
  } = {},
) {
  const secrets = new Secrets();
  const sent: HttpRequest[] = [];
  const clock = standingClock();
  const credentials = createCredentials({
    target: targetOf({ ...given.target, credentials: forms.map(entryOf) }),
    environment: given.environment ?? ENVIRONMENT,
    secrets,
    send: (request) => {
      sent.push(request);
      return Promise.resolve(given.answers?.(request) ?? answer(404));
    },
    clock,
  });
  return { credentials, secrets, sent, clock };
}

/** What a credential sends of `{token}`-like values, and what it sends instead when it is to be refused. */
const KINDS: [string, CredentialForm, string, string, string][] = [
  [
    'bearer',
    { bearer: { token: 'TOKEN' } },
    'header authorization',
    `Bearer ${ENVIRONMENT.TOKEN}`,
    `Bearer ${INVALID}`,
  ],
  [
    'bearer in another header',
    { bearer: { token: 'TOKEN', headerName: 'X-Auth', header: 't={token}' } },
    'header x-auth',
    `t=${ENVIRONMENT.TOKEN}`,
    `t=${INVALID}`,
  ],
  [
    'key in a header',
    { apiKey: { in: 'header', name: 'X-Key', value: 'KEY' } },
    'header x-key',
    ENVIRONMENT.KEY,
    INVALID,
  ],
  [
    'key in the query',
    { apiKey: { in: 'query', name: 'Key', value: 'KEY' } },
    'query Key',
    ENVIRONMENT.KEY,
    INVALID,
  ],
  [
    'key in a cookie',
    { apiKey: { in: 'cookie', name: 'Key', value: 'KEY' } },
    'cookie Key',
    ENVIRONMENT.KEY,
    INVALID,
  ],
  [
    'basic',
    { basic: { user: 'USER', password: 'PASSWORD' } },
    'header authorization',
    `Basic ${base64(`${ENVIRONMENT.USER}:${ENVIRONMENT.PASSWORD}`)}`,
    `Basic ${base64(`${INVALID}:${INVALID}`)}`,
  ],
  [
    'fixed, with a scheme',
    { header: { value: 'Token t=fixed of ours' } },
    'header authorization',
    'Token t=fixed of ours',
    `Token ${INVALID}`,
  ],
  [
    'fixed, without a scheme',
    { header: { value: 'fixed-of-ours' } },
    'header authorization',
    'fixed-of-ours',
    INVALID,
  ],
  [
    'fixed, of Basic',
    { header: { value: `Basic ${base64('user:password')}` } },
    'header authorization',
    `Basic ${base64('user:password')}`,
    `Basic ${base64(`${INVALID}:${INVALID}`)}`,
  ],
  [
    'fixed, in another header',
    { header: { name: 'X-Key', value: 'fixed of-ours' } },
    'header x-key',
    'fixed of-ours',
    INVALID,
  ],
  [
    'oauth',
    { oauth: { ...OAUTH, header: 'Token {token}' } },
    'header authorization',
    "Token given-$&-$1-$'",
    `Token ${INVALID}`,
  ],
  [
    'login',
    { login: { path: '/login', fields: { key: { env: 'KEY' } }, tokenAt: '/access_token' } },
    'header authorization',
    "Bearer given-$&-$1-$'",
    `Bearer ${INVALID}`,
  ],
];

describe('a credential', () => {
  test.each(KINDS)('has its place, its value and its bad form: %s', async (_, form, place, value, bad) => {
    const given = answer(200, { access_token: "given-$&-$1-$'" });
    const { credentials, secrets } = create([{ ...form, scheme: 'name' }], { answers: () => given });
    const [credential] = credentials;
    expect(`${credential?.place.in ?? ''} ${credential?.place.name ?? ''}`).toBe(place);
    expect(credential?.scheme).toBe('name');
    expect(await credential?.value()).toBe(value);
    expect(credential?.bad).toBe(bad);
    expect(secrets.foundIn(bad)).toBe(false);
    expect(secrets.foundIn(value)).toBe(true);
  });

  test('several are in the order of the list', () => {
    const { credentials } = create([
      { bearer: { token: 'TOKEN' } },
      { basic: { user: 'USER', password: 'KEY' } },
    ]);
    expect(credentials.map(({ kind }) => kind)).toEqual(['bearer', 'basic']);
  });
});

describe('what the environment lacks', () => {
  const ALL: CredentialForm[] = [
    { oauth: OAUTH },
    { bearer: { token: 'TOKEN' } },
    { basic: { user: 'USER', password: 'PASSWORD' } },
    { login: { path: '/login', fields: { a: 'text', b: { env: 'KEY' }, c: { env: 'KEY' } }, tokenAt: '/t' } },
  ];

  test('is reported at once, by names and not by values', () => {
    const make = () => create(ALL, { environment: { ID: ENVIRONMENT.ID, TOKEN: '' } });
    expect(make).toThrow(
      expect.objectContaining({
        exitCode: 3,
        message: 'no credentials for the target “live”: SECRET, TOKEN, USER, PASSWORD and KEY not set',
      }),
    );
  });

  test('is no fault where the server is started by ourselves', async () => {
    const { credentials, secrets } = create(ALL, { environment: {}, target: { serve: 'mock' } });
    expect(credentials[0]?.tokenRequest()?.body).toContain('client_id=client-id-for-tests');
    expect(await credentials[1]?.value()).toBe('Bearer bearer-for-tests');
    expect(secrets.foundIn('client-secret-for-tests user-for-tests')).toBe(false);
  });

  test.each([
    ['KEY', 'key-of-ours\n', 'the variable KEY holds a line break or another control character'],
    ['KEY', 'key\r\nx-admin: of-ours', 'the variable KEY holds a line break'],
    ['KEY', 'key-of-ours\u{7f}', 'the variable KEY holds a line break'],
    ['KEY', 'key-“of-ours”', 'the variable KEY holds a character that no header can hold'],
  ])('or holds what cannot be sent: %s %j', (name, value, says) => {
    const form: CredentialForm = { apiKey: { in: 'header', name: 'X-Key', value: 'KEY' } };
    const make = () => create([form], { environment: { [name]: value } });
    expect(make).toThrow(says);
    expect(make).not.toThrow(/of-ours/);
    expect(make).toThrow(expect.objectContaining({ exitCode: 2 }));
  });
});

describe('a token request', () => {
  /** What a token endpoint is sent, as it sees it. */
  async function seenBy(form: CredentialForm) {
    const seen: { method?: string; url?: string; authorization?: string; type?: string; body: string }[] = [];
    await using host = await startServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        const { authorization = 'none', 'content-type': type = '' } = headers;
        seen.push({ method, url, authorization, type, body });
        response.setHeader('content-type', 'application/json');
        response.end('{"access_token":"given-for-tests","data":{"tokens":["given-for-tests"]}}');
      });
    });
    const sender = createSender(targetOf(), systemClock);
    const [credential] = createCredentials({
      target: targetOf({ baseUrl: `${host.url}/v2`, credentials: [entryOf(form)] }),
      environment: ENVIRONMENT,
      secrets: new Secrets(),
      send: (request, signal) => sender.send(request, signal),
      clock: systemClock,
    });
    const value = await credential?.value();
    await sender.close();
    return { seen, value };
  }

  const FORM = 'application/x-www-form-urlencoded';
  const POST = { method: 'POST', url: '/token' };
  test.each<[string, CredentialForm, object]>([
    [
      'oauth, by form',
      { oauth: OAUTH },
      {
        ...{ ...POST, authorization: 'none', type: FORM },
        body: 'grant_type=client_credentials&client_id=client+id%2Fof%2Bours&client_secret=client%3Asecret%25of-ours',
      },
    ],
    [
      'oauth, by JSON, with scope and audience',
      { oauth: { ...OAUTH, body: 'json', scope: 'read write', audience: 'https://shop.example' } },
      {
        ...{ ...POST, authorization: 'none', type: 'application/json' },
        body: JSON.stringify({
          grant_type: 'client_credentials',
          client_id: ENVIRONMENT.ID,
          client_secret: ENVIRONMENT.SECRET,
          scope: 'read write',
          audience: 'https://shop.example',
        }),
      },
    ],
    [
      'oauth, by Basic',
      { oauth: { ...OAUTH, clientAuthentication: 'basic', scope: 'a b' } },
      {
        ...{ ...POST, type: FORM, body: 'grant_type=client_credentials&scope=a+b' },
        authorization: `Basic ${base64('client+id%2Fof%2Bours:client%3Asecret%25of-ours')}`,
      },
    ],
    [
      'login, by JSON',
      {
        login: {
          ...{ path: '/login', tokenAt: '/data/tokens/0' },
          fields: { user: 'us', password: { env: 'PASSWORD' } },
        },
      },
      {
        ...{ method: 'POST', url: '/v2/login', authorization: 'none', type: 'application/json' },
        body: JSON.stringify({ user: 'us', password: ENVIRONMENT.PASSWORD }),
      },
    ],
    [
      'login, by form and PUT',
      {
        login: {
          ...{ method: 'PUT', body: 'form', path: '/login?a=b', tokenAt: '/data/tokens/0' },
          fields: { password: { env: 'PASSWORD' } },
        },
      },
      {
        ...{ method: 'PUT', url: '/v2/login?a=b', authorization: 'none', type: FORM },
        body: 'password=p%C3%A4ssword-of-ours',
      },
    ],
  ])('is seen as it was intended: %s', async (_, form, request) => {
    const { seen, value } = await seenBy(form);
    expect(seen).toEqual([request]);
    expect(value).toBe('Bearer given-for-tests');
  });

  test('of a login goes to no other host than that of the target', () => {
    const login = { fields: {}, tokenAt: '/t' };
    for (const path of [
      'https://other.example/login',
      'http://api.shop.example/login',
      'https://api.shop.example:444/',
    ]) {
      expect(() => create([{ login: { ...login, path } }])).toThrow('is not on the host of the target');
    }
    const { credentials } = create([{ login: { ...login, path: 'https://api.shop.example/login' } }]);
    expect(credentials[0]?.tokenRequest()?.url).toBe('https://api.shop.example/login');
  });

  test('is shared by all who ask at the same time, made again when the token was forgotten or ran out', async () => {
    let count = 0;
    const { credentials, sent, clock, secrets } = create(
      [{ login: { path: '/login', fields: {}, tokenAt: '/t', lifetimeSeconds: 600 } }],
      { answers: () => answer(201, { t: `token-${++count}-for-tests` }) },
    );
    const [login] = credentials;
    const values = await Promise.all([login?.value(), login?.value()]);
    expect([values, sent.length]).toEqual([['Bearer token-1-for-tests', 'Bearer token-1-for-tests'], 1]);
    login?.forget();
    expect(await login?.value()).toBe('Bearer token-2-for-tests');
    clock.advance(539_999);
    expect(await login?.value()).toBe('Bearer token-2-for-tests');
    clock.advance(1);
    expect(await login?.value()).toBe('Bearer token-3-for-tests');
    expect(secrets.foundIn('token-3-for-tests')).toBe(true);
  });

  test.each<[string, Reply]>([
    ['a refusal', answer(401, { t: 'token' })],
    ['no JSON', answer(200, 'token')],
    ['nothing where the token should be', answer(200, { u: 'token' })],
    ['no text', answer(200, { t: 7 })],
    ['what no header can hold', answer(200, { t: 'token\r\nx-admin: 1' })],
  ])('that is answered with %s gives no value, and says what came', async (_, reply) => {
    const { credentials } = create([{ login: { path: '/login', fields: {}, tokenAt: '/t' } }], {
      answers: () => reply,
    });
    expect(credentials[0]?.lastReply()).toBeUndefined();
    expect(await credentials[0]?.value()).toBeUndefined();
    expect(credentials[0]?.lastReply()).toBe(reply);
  });

  test('is made of nobody as long as there is no host', async () => {
    const means = { environment: ENVIRONMENT, secrets: new Secrets(), clock: standingClock() };
    const forms: CredentialForm[] = [
      { oauth: OAUTH },
      { login: { path: '/login', fields: {}, tokenAt: '/t' } },
    ];
    const credentials = createCredentials({
      ...{ ...means, send: () => Promise.reject(new Error('nothing is to be sent')) },
      target: { name: 'live', serve: undefined, baseUrl: undefined, credentials: forms.map(entryOf) },
    });
    for (const credential of credentials) {
      expect(credential.tokenRequest()).toBeUndefined();
      expect(await credential.value()).toBeUndefined();
    }
  });
});
