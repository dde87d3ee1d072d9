import { describe, expect, test } from 'vitest';
import type { HttpRequest } from '../targets/reply.js';
import { answer, silence } from '../testing/host.js';
import { createAnswerDigest } from './answer-digest.js';

const digestOf = createAnswerDigest('salt of a test');

function asked(path: string, given: Partial<HttpRequest> = {}): HttpRequest {
  return { method: 'GET', url: `https://api.shop.example${path}`, headers: {}, ...given };
}

/** Whether two answers are the same, and as what. */
function compared(
  one: [HttpRequest, ReturnType<typeof answer>],
  other: [HttpRequest, ReturnType<typeof answer>],
): 'same' | 'same but for numbers' | 'other' {
  const [first, second] = [digestOf(...one), digestOf(...other)];
  if (first.exact === second.exact) return 'same';
  return first.loose === second.loose ? 'same but for numbers' : 'other';
}

const UNKNOWN = asked('/api/__absent_ab12/');
const KNOWN = asked('/api/warehouses/');

describe('two answers are the same, whatever they repeat of the request', () => {
  test.each([
    ['the path', (path: string) => ({ error: `no route for ${path}` })],
    [
      'the path without its prefix',
      (path: string) => ({ error: `no route for ${path.replace('/api', '')}` }),
    ],
    ['the path without slashes around it', (path: string) => ({ error: `no resource ${path.slice(1, -1)}` })],
    ['its last segment alone', (path: string) => ({ error: `no resource ${path.split('/')[2] ?? ''}.` })],
    ['the method', () => ({ error: 'cannot GET it' })],
    ['the whole address', (path: string) => ({ error: `https://api.shop.example${path}` })],
    ['the path in a page', (path: string) => `<html><pre>Cannot GET ${path}</pre></html>`],
    ['the path in a page, escaped', (path: string) => `<html>${path.replaceAll('/', '&#x2F;')}</html>`],
    ['a time', (path: string) => ({ at: `2026-11-26T10:00:${path.length}Z`, error: 'no' })],
    ['a time in words', () => ({ at: 'Thu, 26 Nov 2026 10:00:00 GMT', error: 'no' })],
  ] as const)('%s', (_, body) => {
    expect(
      compared(
        [UNKNOWN, answer(404, body('/api/__absent_ab12/'))],
        [KNOWN, answer(404, body('/api/warehouses/'))],
      ),
    ).toBe('same');
  });

  test('the query, decoded or not', () => {
    const one = asked('/a/?name=O%27Neill%20Street');
    const other = asked('/a/?name=Baker%20Street');
    expect(
      compared(
        [one, answer(400, "nothing for O'Neill Street")],
        [other, answer(400, 'nothing for Baker Street')],
      ),
    ).toBe('same');
  });

  test.each([
    ['the path with its query', (path: string, query: string) => `no route for ${path}?${query}`],
    ['the query in a page', (_: string, query: string) => `<p>?${query.replaceAll('&', '&amp;')}</p>`],
    [
      'the address with its query',
      (path: string, query: string) => `https://api.shop.example${path}?${query}`,
    ],
    ['the path without its last slash', (path: string, query: string) => `${path.slice(0, -1)}?${query}`],
    ['the query alone', (_: string, query: string) => `unknown ?${query}`],
  ])('%s', (_, body) => {
    const of = (path: string, query: string) =>
      [asked(`${path}?${query}`), answer(404, body(path, query))] as [HttpRequest, ReturnType<typeof answer>];
    expect(compared(of('/a/b/', 'sort=name&x=%C3%A4'), of('/c/d/', 'order=date&y=%C3%B6'))).toBe('same');
  });

  test('what was sent, also where it stands within a longer word', () => {
    const of = (value: string) => asked(`/a?key=${value}`);
    expect(
      compared([of('quokkas1'), answer(403, 'xxquokkas1xx')], [of('wombats2'), answer(403, 'xxwombats2xx')]),
    ).toBe('same');
    // A short one may be a part of any word.
    expect(
      compared([of('quokka'), answer(403, 'xxquokkaxx')], [of('wombat'), answer(403, 'xxwombatxx')]),
    ).toBe('other');
  });

  test('words of a path, the longest first', () => {
    expect(
      compared(
        [asked('/item/item-a'), answer(404, 'no item-a')],
        [asked('/shop/shop-b-c'), answer(404, 'no shop-b-c')],
      ),
    ).toBe('same');
  });

  test('in lists, and in headers that say who answers', () => {
    const location = (path: string) => ({ location: `https://login.shop.example/?from=${path}` });
    expect(
      compared(
        [UNKNOWN, answer(404, ['no', '/api/__absent_ab12/', null], location('/api/__absent_ab12/'))],
        [KNOWN, answer(404, ['no', '/api/warehouses/', null], location('/api/warehouses/'))],
      ),
    ).toBe('same');
  });

  test('beyond the first 64 KiB', () => {
    const long = 'x '.repeat(40_000);
    for (const of of [
      (end: string) => `${long}${end}`,
      (end: string) => [long, end],
      (end: string) => ({ a: long + end }),
    ])
      expect(compared([KNOWN, answer(404, of('one'))], [KNOWN, answer(404, of('other'))])).toBe('same');
  });

  test('the token', () => {
    const of = (token: string): HttpRequest => asked('/a', { headers: { authorization: `Bearer ${token}` } });
    expect(
      compared(
        [of('good-token-for-tests'), answer(403, "not a key: 'Bearer good-token-for-tests'")],
        [of('other-token-for-tests'), answer(403, "not a key: 'Bearer other-token-for-tests'")],
      ),
    ).toBe('same');
  });

  test.each([
    ['ids of requests', 'id 3f2504e0-4f89-41d3-9a0c-0305e82c3301', 'id 9b2e04e0-4f89-41d3-9a0c-0305e82c3777'],
    [
      'hashes',
      "'q1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8l9z0x1c='",
      "'z1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8l9z0x1c='",
    ],
    ['hexadecimal digits', 'trace 5f3a9c0b1d2e4f60', 'trace 0b1d2e4f605f3a9c'],
    ['times in milliseconds', { at: 1790000000000 }, { at: 1790000000001 }],
    ['durations', 'after 12.5 ms', 'after 7 ms'],
  ])('%s', (_, one, other) => {
    expect(compared([KNOWN, answer(404, one)], [KNOWN, answer(404, other)])).toBe('same');
  });
});

describe('two answers are kept apart', () => {
  test.each([
    ['by their words', { error: 'not found' }, { error: 'no such key' }],
    ['by a word that is not of the request', { error: 'no such zone' }, { error: 'no such server' }],
    ['by the names of their members', { error: 'no' }, { message: 'no' }],
    ['by a word that is only a part of one of the request', 'warehousesystem', 'othersystem'],
  ])('%s', (_, one, other) => {
    expect(compared([KNOWN, answer(404, one)], [KNOWN, answer(404, other)])).toBe('other');
  });

  test.each([
    ['by what changes in them', 'at 2026-11-26T10:00:00Z', 'at 3f2504e0-4f89-41d3-9a0c-0305e82c3301'],
    ['by a time in the place of a number', { at: 17 }, { at: 1790000000000 }],
    ['by a number that one of them has alone', 'code E7', 'code E'],
    ['by what stands in a list', ['a'], ['b']],
    ['by a member that is null', { a: null }, { a: 'x' }],
    ['by whether there is a body', undefined, 'no'],
    ['by the kind of body', '<p>no</p>', '<html><p>no</p>'],
    ['by letters in the place of a dot', 'axb', 'a.b'],
  ])('%s', (_, one, other) => {
    expect(compared([KNOWN, answer(404, one)], [KNOWN, answer(404, other)])).toBe('other');
  });

  test('by words that only look like one of the request', () => {
    const of = (path: string, text: string) =>
      [asked(path), answer(404, text)] as [HttpRequest, ReturnType<typeof answer>];
    expect(compared(of('/a.c/', 'no abc'), of('/a.c/', 'no adc'))).toBe('other');
    // One letter is too little to be the word of a path.
    expect(compared(of('/x/', 'x y'), of('/z/', 'z y'))).toBe('other');
  });

  test('by their bytes, and by why they cannot be read', () => {
    const bytes = (...body: number[]) => ({ ...answer(404), body: Buffer.from(body) });
    expect(compared([KNOWN, bytes(0xff, 1)], [KNOWN, bytes(0xff, 1)])).toBe('same');
    expect(compared([KNOWN, bytes(0xff, 1)], [KNOWN, bytes(0xff, 2)])).toBe('other');
    const json = { 'content-type': 'application/json' };
    expect(compared([KNOWN, answer(404, 'one', json)], [KNOWN, answer(404, 'other', json)])).toBe('other');
    expect(
      compared([KNOWN, answer(404, 'a', {}, 'cut off')], [KNOWN, answer(404, 'a', {}, 'too large')]),
    ).toBe('other');
  });

  test('by numbers of one digit and of many, with and without decimals, only where numbers count', () => {
    for (const [one, other] of [
      ['code 7', 'code 1234'],
      ['rate 1.5', 'rate 22'],
      ['rate 1.25', 'rate 1.5'],
    ] as const)
      expect(compared([KNOWN, answer(404, one)], [KNOWN, answer(404, other)])).toBe('same but for numbers');
    expect(compared([KNOWN, answer(404, 'a 1.b')], [KNOWN, answer(404, 'a 1 b')])).toBe('other');
  });

  test('by their status', () => {
    expect(compared([KNOWN, answer(404, 'no')], [KNOWN, answer(403, 'no')])).toBe('other');
  });

  test.each([
    ['the media type', { 'content-type': 'text/plain' }, { 'content-type': 'text/html' }],
    ['the challenge', { 'www-authenticate': 'Bearer' }, { 'www-authenticate': 'Basic' }],
    ['the kind of error', { 'x-amzn-errortype': 'A' }, { 'x-amzn-errortype': 'B' }],
  ])('by %s', (_, one, other) => {
    expect(compared([KNOWN, answer(404, 'no', one)], [KNOWN, answer(404, 'no', other)])).toBe('other');
  });

  test('by codes, unless numbers are not looked at', () => {
    expect(compared([KNOWN, answer(404, { code: 1001 })], [KNOWN, answer(404, { code: 1002 })])).toBe(
      'same but for numbers',
    );
  });

  test('by the member of a body that has the name of a segment', () => {
    const one = asked('/errors');
    const other = asked('/__absent_ab12');
    const body = { errors: ['no'] };
    expect(compared([one, answer(404, body)], [other, answer(404, body)])).toBe('same');
  });

  test('by the error code where no answer came', () => {
    const of = (code: string) => digestOf(KNOWN, silence(code)).exact;
    expect(of('ECONNRESET')).not.toBe(of('ETIMEDOUT'));
  });
});

test('the digests of two runs cannot be compared, so that none can be guessed', () => {
  const reply = answer(404, { error: 'no' });
  expect(createAnswerDigest('one')(KNOWN, reply).exact).not.toBe(
    createAnswerDigest('other')(KNOWN, reply).exact,
  );
});

test('an answer of a megabyte is compared in time, also one that was made to take long', () => {
  for (const text of [
    'a'.repeat(1_000_000),
    '0'.repeat(1_000_000),
    'Mon '.repeat(250_000),
    '-'.repeat(1_000_000),
    'a1'.repeat(500_000),
  ]) {
    expect(digestOf(KNOWN, answer(404, text)).exact).toHaveLength(44);
  }
});
