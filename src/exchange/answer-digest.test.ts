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
