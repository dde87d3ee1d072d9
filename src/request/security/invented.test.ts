import { expect, test } from 'vitest';
import type { SecurityScheme } from '../../contract/security.js';
import { fixedCredential } from './credential.js';
import { inventedCredentials } from './invented.js';
import { credentialsFor } from './match.js';

const place = { in: 'header', name: 'authorization' } as const;
const bearer = fixedCredential(
  { kind: 'fixed-header', scheme: undefined, place, bad: 'Bearer bad' },
  'Bearer good',
);

const SCHEMES: [SecurityScheme, place: string | undefined, value: RegExp][] = [
  [{ name: 'basic', type: 'http', scheme: 'basic' }, 'header authorization', /^Basic [A-Za-z0-9+/=]+$/],
  [{ name: 'token', type: 'http', scheme: 'bearer' }, 'header authorization', /^Bearer good$/],
  [{ name: 'oauth', type: 'oauth2' }, 'header authorization', /^Bearer good$/],
  [{ name: 'key', type: 'apiKey', in: 'header', parameter: 'X-Key' }, 'header x-key', /^mock-/],
  [{ name: 'query', type: 'apiKey', in: 'query', parameter: 'Key' }, 'query Key', /^mock-/],
  [{ name: 'cookie', type: 'apiKey', in: 'cookie', parameter: 'key' }, 'cookie key', /^mock-/],
];

test.each(SCHEMES)(
  '$name is satisfied by what is given, else by what is invented',
  async (scheme, where, value) => {
    const operation = { id: 'GET /things', security: [[scheme]] };
    const credentials = [bearer, ...inventedCredentials([operation], [bearer])];
    const [first, ...more] = credentialsFor(operation, { silentAboutSecurity: false }, credentials);
    expect(more).toEqual([]);
    expect(`${first?.place.in} ${first?.place.name}`).toBe(where);
    expect(await first?.value()).toMatch(value);
  },
);

test('nothing is invented for what is given by name, or what has no form', () => {
  const named = fixedCredential({ kind: 'api-key', scheme: 'basic', place, bad: 'bad' }, 'good');
  const security = [
    [{ name: 'basic', type: 'http', scheme: 'basic' } as const],
    [{ name: 'tls', type: 'mutualTLS' } as const],
  ];
  expect(inventedCredentials([{ security }], [named])).toEqual([]);
});
