import { describe, expect, test } from 'vitest';
import type { SecurityScheme } from '../../contract/security.js';
import { samplesAt, samplesOf } from '../../probe/samples.js';
import { Secrets } from '../../targets/secrets.js';
import { fixedCredential, type Credential } from './credential.js';
import { credentialsFor } from './match.js';

function credential(
  kind: Credential['kind'],
  given: { in?: Credential['place']['in']; name?: string; bad?: string; scheme?: string } = {},
): Credential {
  const { in: where = 'header', name = 'authorization', bad = 'Bearer bad', scheme } = given;
  return fixedCredential({ kind, scheme, place: { in: where, name }, bad }, 'good');
}

const CREDENTIALS = {
  oauth: credential('oauth'),
  bearer: credential('bearer'),
  login: credential('login', { name: 'x-auth-token', bad: 'bad' }),
  basic: credential('basic', { bad: 'Basic bad' }),
  'fixed bearer': credential('fixed-header'),
  'fixed basic': credential('fixed-header', { bad: 'Basic bad' }),
  'fixed digest': credential('fixed-header', { bad: 'Digest bad' }),
  'fixed x-tenant': credential('fixed-header', { name: 'x-tenant', bad: 'bad' }),
  'header key': credential('api-key', { name: 'x-api-key', bad: 'bad' }),
  'query key': credential('api-key', { in: 'query', name: 'key', bad: 'bad' }),
  'cookie key': credential('api-key', { in: 'cookie', name: 'key', bad: 'bad' }),
} as const;
type Name = keyof typeof CREDENTIALS;
const NAMES = Object.keys(CREDENTIALS) as Name[];

const nameOf = (found: Credential) => NAMES.find((name) => CREDENTIALS[name] === found) ?? found;

const key = (where: 'header' | 'query' | 'cookie', parameter: string, name = 's'): SecurityScheme => ({
  ...{ name, type: 'apiKey', in: where, parameter },
});
const http = (scheme: string, name = 's'): SecurityScheme => ({ name, type: 'http', scheme });
const oauth2: SecurityScheme = { name: 'o', type: 'oauth2' };

const ask = (
  security: readonly (readonly SecurityScheme[])[],
  given: readonly Credential[],
  options: Parameters<typeof credentialsFor>[3] = {},
  silentAboutSecurity = false,
) => credentialsFor({ id: 'GET /things', security }, { silentAboutSecurity }, given, options).map(nameOf);

const TOKENS: Name[] = ['oauth', 'bearer', 'login', 'fixed bearer', 'fixed digest'];
/** In the order of `NAMES`. */
const MATCHES: [string, SecurityScheme, Name[]][] = [
  ['oauth2', oauth2, TOKENS],
  ['openIdConnect', { name: 's', type: 'openIdConnect' }, TOKENS],
  ['http bearer', http('bearer'), TOKENS],
  ['http basic', http('basic'), ['basic', 'fixed basic']],
  ['http digest', http('digest'), ['fixed digest']],
  ['key in header', key('header', 'X-API-Key'), ['header key']],
  ['key in query', key('query', 'key'), ['query key']],
  ['key in query of another name', key('query', 'Key'), []],
  ['key in cookie', key('cookie', 'key'), ['cookie key']],
  [
    'key called Authorization',
    key('header', 'Authorization'),
    NAMES.filter((name) => CREDENTIALS[name].place.name === 'authorization'),
  ],
  ['mutual TLS', { name: 's', type: 'mutualTLS' }, []],
  ['unknown', { name: 's', type: 'unknown' }, []],
];

/** Goes with it in every case, so that what matches is distinguished from “all there are”. */
const other = credential('api-key', { in: 'query', name: 'other', scheme: 'other', bad: 'bad' });

describe('a scheme of the contract is satisfied by the credentials that can be meant', () => {
  test.each(MATCHES)('%s', (_, scheme, matching) => {
    const found = NAMES.filter((name) => {
      const [first, ...more] = ask([[scheme]], [other, CREDENTIALS[name]]);
      return first === name && more.length === 0;
    });
    expect(found).toEqual(matching);
  });

  test('first by the one that names it, whatever its kind', () => {
    const named = credential('api-key', { name: 'x-other', scheme: 's', bad: 'bad' });
    expect(ask([[http('bearer')]], [CREDENTIALS.bearer, named])).toEqual([named]);
    expect(ask([[{ name: 's', type: 'unknown' }]], [CREDENTIALS.bearer, named])).toEqual([named]);
  });

  test('not by one that names another scheme of the operation', () => {
    const named = credential('bearer', { scheme: 'b' });
    expect(ask([[http('bearer', 'a'), key('query', 'key', 'b')]], [named, CREDENTIALS.oauth])).toEqual([
      'oauth',
      named,
    ]);
  });
});

describe('an operation is sent', () => {
  const { bearer, basic, oauth } = CREDENTIALS;
  const headerKey = CREDENTIALS['header key'];

  test('the first alternative that can be satisfied whole', () => {
    const security = [[oauth2, key('header', 'X-API-Key')], [http('basic')], [http('bearer')]];
    expect(ask(security, [bearer, basic])).toEqual(['basic']);
    expect(ask(security, [bearer, basic, headerKey])).toEqual(['bearer', 'header key']);
  });

  test('parts of alternatives where none can be, each once', () => {
    const security = [
      [oauth2, key('query', 'none')],
      [http('bearer'), key('cookie', 'none')],
    ];
    expect(ask(security, [headerKey, bearer])).toEqual(['bearer']);
  });

  test('all there are where none is of a kind that the contract names', () => {
    expect(ask([[key('query', 'none')]], [bearer, headerKey])).toEqual(['bearer', 'header key']);
  });

  test('one credential once, also where it satisfies two schemes', () => {
    expect(ask([[oauth2, http('bearer')]], [oauth])).toEqual(['oauth']);
  });

  test('nothing where it is public', () => {
    expect(ask([], [bearer])).toEqual([]);
  });

  test('a credential where it may be sent without one, if there is the right one', () => {
    expect(ask([[], [http('bearer')]], [bearer])).toEqual(['bearer']);
    expect(ask([[], [http('bearer')]], [basic])).toEqual([]);
  });

  test('all there are where the contract is silent, or none if the target says so', () => {
    expect(ask([], [bearer, headerKey], {}, true)).toEqual(['bearer', 'header key']);
    expect(ask([], [bearer], { unsecuredContract: 'omit' }, true)).toEqual([]);
  });
});

describe('a sample that is where an API key belongs', () => {
  const samples = samplesOf({
    operations: { 'GET /things': { headers: { 'X-API-Key': { env: 'KEY' } }, query: { key: 7 } } },
  });
  const secrets = new Secrets();
  const found = (scheme: SecurityScheme, environment: Record<string, string>) =>
    credentialsFor({ id: 'GET /things', security: [[scheme]] }, { silentAboutSecurity: false }, [], {
      samples: samplesAt(samples, environment, secrets),
    });

  test('is a credential with a bad form, and its variable a secret', async () => {
    const [one] = found(key('header', 'X-API-Key'), { KEY: 'key-of-ours' });
    expect(one).toMatchObject({
      ...{ kind: 'api-key', scheme: 's', place: { in: 'header', name: 'x-api-key' } },
      bad: 'conform-deliberately-invalid-token',
    });
    expect(await one?.value()).toBe('key-of-ours');
    expect(secrets.foundIn('key-of-ours')).toBe(true);
    expect(await found(key('query', 'key'), {})[0]?.value()).toBe('7');
  });

  test('counts for nothing where it has no value, or is a cookie', () => {
    expect(found(key('header', 'X-API-Key'), {})).toEqual([]);
    expect(found(key('cookie', 'key'), {})).toEqual([]);
    expect(found(http('bearer'), { KEY: 'key-of-ours' })).toEqual([]);
  });
});
