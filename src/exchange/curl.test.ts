import { describe, expect, test } from 'vitest';
import { INVALID } from '../request/security/credential.js';
import type { HttpRequest } from '../target/reply.js';
import { credentialVariables, curlFor } from './curl.js';

const SHOWN = 'https://api.shop.example/v1/things/things-1?page=2';

function curl(given: Partial<HttpRequest>, shown = SHOWN): string {
  const request: HttpRequest = { method: 'GET', url: shown, headers: {}, ...given };
  return curlFor(request, shown, (text) => text.includes('secret-for-tests'));
}

describe('a command shows a credential as a variable', () => {
  test.each<[string, Partial<HttpRequest>, string]>([
    [
      'a token',
      { headers: { authorization: 'Bearer secret-for-tests' } },
      '-H "Authorization: Bearer $TOKEN"',
    ],
    [
      'a token of another scheme',
      { headers: { authorization: 'Token secret-for-tests' } },
      '-H "Authorization: Token $TOKEN"',
    ],
    [
      'a token without a scheme',
      { headers: { authorization: 'secret-for-tests' } },
      '-H "Authorization: Bearer $TOKEN"',
    ],
    [
      'user and password',
      { headers: { authorization: 'Basic secret-for-tests' } },
      '-H "Authorization: Basic $BASIC"',
    ],
    ['a key in a header', { headers: { 'x-api-key': 'secret-for-tests' } }, '-H "x-api-key: $X_API_KEY"'],
    ['an invalid key', { headers: { 'x-api-key': INVALID } }, '-H "x-api-key: $X_API_KEY"'],
    [
      'a key in a cookie',
      { headers: { cookie: 'a=1; sid=secret-for-tests' } },
      '-H "Cookie: a=$A; sid=$SID"',
    ],
    ['any other header not at all', { headers: { accept: 'application/json' } }, ''],
    [
      'the type of a body',
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' },
      '-H "Content-Type: application/json" -d @body.json',
    ],
  ])('%s', (_, given, expected) => {
    const method = given.method === undefined ? '' : `-X ${given.method} `;
    expect(curl(given)).toBe(
      `curl -i ${method}"$BASE_URL/v1/things/things-1?page=2"${expected === '' ? '' : ` ${expected}`}`,
    );
  });

  test('a key in the query', () => {
    expect(curl({ url: `${SHOWN}&api_key=secret-for-tests` })).toBe(
      'curl -i "$BASE_URL/v1/things/things-1?page=2&api_key=$API_KEY"',
    );
    const bare = 'https://api.shop.example/v1/things';
    expect(curl({ url: `${bare}?key=secret-for-tests` }, bare)).toBe(
      'curl -i "$BASE_URL/v1/things?key=$KEY"',
    );
  });

  test('what a shell would take for its own is quoted', () => {
    expect(curl({}, 'https://api.shop.example/a"b$c`d')).toBe('curl -i "$BASE_URL/a\\"b\\$c\\`d"');
  });
});

test('the variables of a command are known', () => {
  expect(credentialVariables('curl -i "$BASE_URL/a\\$NO?k=$KEY" -H "x: $X_1" -H "y: $X_1"')).toEqual([
    'KEY',
    'X_1',
  ]);
});
