import { describe, expect, test } from 'vitest';
import { INVALID } from '../request/security/credential.js';
import type { HttpRequest } from '../targets/reply.js';
import { recorded, RECORDINGS } from '../testing/recorded.js';
import { capability } from '../testing/runs.js';
import { commandOf, credentialVariables, curlFor, sendsInvalidCredential } from './curl.js';

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
    [
      'a body whose line ends count, as it is',
      { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=b' }, body: '{}' },
      '-H "Content-Type: multipart/form-data; boundary=b" --data-binary @body.json',
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

describe('a text in a command stays a text', () => {
  test.each<[string, Partial<HttpRequest>, string]>([
    [
      'quotes, variables, commands',
      { headers: { 'content-type': 'a"b$(c)`d`\\e' } },
      '"a\\"b\\$(c)\\`d\\`\\\\e"',
    ],
    ['the history', { headers: { 'content-type': 'a!b' } }, `"a"'!'"b"`],
    ['a line break', { headers: { 'content-type': 'a\nb' } }, `"a"$'\\x0a'"b"`],
    ['a mark of direction', { headers: { 'content-type': '\u202e' } }, `""$'\\xe2\\x80\\xae'`],
  ])('%s', (_, given, expected) => {
    const written = `-H "Content-Type: ${expected.slice(1)}`;
    expect(curl(given)).toBe(`curl -i "$BASE_URL/v1/things/things-1?page=2" ${written}`);
  });

  test('the name of a key is no variable that a shell has already', () => {
    expect(curl({ headers: { path: 'secret-for-tests', base_url: 'secret-for-tests' } })).toBe(
      'curl -i "$BASE_URL/v1/things/things-1?page=2" -H "path: $KEY_PATH" -H "base_url: $KEY_BASE_URL"',
    );
  });

  test('a header with a name that none can have is left out', () => {
    expect(curl({ headers: { '@file': 'secret-for-tests' } })).not.toContain('@file');
    expect(curl({ headers: { 'x-method: delete, x': 'secret-for-tests' } })).not.toContain('x-method');
  });

  test('brackets are no pattern, and what follows the host is not a part of its name', () => {
    expect(curl({}, 'https://api.shop.example/things/[1-9]{a,b}')).toBe(
      'curl -i -g "$BASE_URL/things/[1-9]{a,b}"',
    );
    expect(curl({}, 'https://api.shop.example?@elsewhere.example')).toBe(
      'curl -i "$BASE_URL?@elsewhere.example"',
    );
  });
});

describe('a credential that was invalid on purpose is in the command as it was sent', () => {
  const basic = Buffer.from(`${INVALID}:${INVALID}`).toString('base64');
  test.each<[string, Partial<HttpRequest>, string]>([
    [
      'a token',
      { headers: { authorization: `Bearer ${INVALID}` } },
      `"$BASE_URL/v1/things/things-1?page=2" -H "Authorization: Bearer ${INVALID}"`,
    ],
    [
      'user and password',
      { headers: { authorization: `Basic ${basic}` } },
      `"$BASE_URL/v1/things/things-1?page=2" -H "Authorization: Basic ${basic}"`,
    ],
    [
      'a key in a header',
      { headers: { 'x-api-key': INVALID } },
      `"$BASE_URL/v1/things/things-1?page=2" -H "x-api-key: ${INVALID}"`,
    ],
    [
      'a key in a cookie',
      { headers: { cookie: `sid=${INVALID}` } },
      `"$BASE_URL/v1/things/things-1?page=2" -H "Cookie: sid=${INVALID}"`,
    ],
    [
      'a key in the query',
      { url: `${SHOWN}&api_key=${INVALID}` },
      `"$BASE_URL/v1/things/things-1?page=2&api_key=${INVALID}"`,
    ],
  ])('%s', (_, given, expected) => {
    const command = curl({ method: 'POST', ...given });
    expect(command).toBe(`curl -i -X POST ${expected}`);
    const [kept] = capability({ id: 'POST /v1/things/{id}' }).exchanges;
    if (!kept) throw new Error('there is no exchange');
    const exchange = { ...kept, method: 'POST', url: SHOWN, curl: command };
    expect(commandOf(exchange)).toBe(command);
    expect(credentialVariables(exchange)).toEqual([]);
    expect(sendsInvalidCredential(exchange)).toBe(true);
  });
});

describe('the command of an exchange', () => {
  test.each(RECORDINGS)('is the one that the program has kept: %s', async (name) => {
    const exchanges = (await recorded(name)).operations.flatMap((operation) => operation.exchanges);
    expect(exchanges.map(commandOf)).toEqual(exchanges.map((one) => one.curl));
  });

  test.each([
    'touch canary',
    'curl -i "$BASE_URL/things"; touch canary',
    'curl -i "$BASE_URL/things$(touch canary)"',
    'curl -i "$BASE_URL/things" -o canary',
    'curl -i "$BASE_URL/things"\ntouch canary',
    'curl -i "$BASE_URL/other"',
    'curl -i "https://elsewhere.example/things"',
    'curl -i -X DELETE "$BASE_URL/things"',
    'curl -i "$BASE_URL/things?path=$PATH"',
    'curl -i "$BASE_URL/things" -H "x: $HOME"',
    'curl -i "$BASE_URL/things" -H "x-method: DELETE"',
    `curl -i "$BASE_URL/things?a=b&key=${INVALID}"`,
  ])('is rebuilt where another is kept: %s', (kept) => {
    const [exchange] = capability({ id: 'GET /things' }).exchanges;
    if (!exchange) throw new Error('there is no exchange');
    const made = 'curl -i "$BASE_URL/things" -H "Authorization: Bearer $TOKEN"';
    expect(commandOf({ ...exchange, curl: kept })).toBe(made);
    expect(credentialVariables({ ...exchange, curl: kept })).toEqual(['TOKEN']);
  });
});
