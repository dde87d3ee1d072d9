import { expect, test } from 'vitest';
import { checkOn } from '../../testing/checks.js';
import { answer, type Sent } from '../../testing/host.js';
import { boundary } from './boundary.js';

const pathsOf = (parameters: string) => `/boats: { get: { parameters: [${parameters}] } }`;
const NAME = '{ name: name, in: query, schema: { type: string, maxLength: 12 } }';
const LIMIT = '{ name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 50 } }';
const PAGE = '{ name: page, in: query, schema: { type: integer, minimum: 1, maximum: 900 } }';

type Host = (query: URLSearchParams) => ReturnType<typeof answer>;
const fine: Host = () => answer(200, { data: [{ id: 1 }] });
const where =
  (meets: (query: URLSearchParams) => boolean, other: ReturnType<typeof answer>): Host =>
  (query) =>
    meets(query) ? other : fine(query);
const isLong = (query: URLSearchParams) => (query.get('name') ?? '').length >= 10;
const isNamed = (query: URLSearchParams) => query.has('name');

const on = (host: Host, parameters = [NAME, LIMIT, PAGE].join(', ')) =>
  checkOn(boundary, {
    paths: pathsOf(parameters),
    operation: 'GET /boats',
    host: ({ url }: Sent) => host(new URL(url).searchParams),
  });

test.each<[what: string, host: Host, gives: string]>([
  ['accepts all', fine, 'passed'],
  ['fails for the longest text', where(isLong, answer(500)), 'fails'],
  ['refuses the longest text', where(isLong, answer(400)), 'refused'],
  ['refuses every such text', where(isNamed, answer(400)), 'inconclusive'],
  ['fails for the last page', where((query) => query.get('page') === '900', answer(500)), 'fails'],
  ['has no page so far behind', where((query) => query.get('page') === '900', answer(404)), 'inconclusive'],
  [
    'refuses a page so far behind',
    where((query) => query.get('page') === '900', answer(400)),
    'inconclusive',
  ],
  ['refuses the largest page', where((query) => query.get('limit') === '50', answer(422)), 'refused'],
  ['fails for a page of one', where((query) => query.get('limit') === '1', answer(500)), 'fails'],
  ...[401, 403, 404, 429, 503, 504].map((status): [string, Host, string] => [
    `answers ${status}`,
    where((query) => query.size > 0, answer(status)),
    'inconclusive',
  ]),
])('a host that %s', async (_, host, gives) => {
  expect((await on(host)).gives).toBe(gives);
});

test('a host that has failed meanwhile does not fail because of a value', async () => {
  let asked = 0;
  expect((await on((query) => (asked++ === 0 ? fine(query) : answer(500)))).gives).toBe('inconclusive');
});

test('the values are those of the contract', async () => {
  expect((await on(fine)).calls).toEqual([
    `GET /boats?name=${'a'.repeat(12)}`,
    ...['GET /boats?limit=1', 'GET /boats?limit=50', 'GET /boats?page=1', 'GET /boats?page=900'],
  ]);
});

test.each([
  '{ name: day, in: query, schema: { type: string, format: date, maxLength: 10 } }',
  "{ name: code, in: query, schema: { type: string, pattern: '^[A-Z]+$', maxLength: 10 } }",
  '{ name: kind, in: query, schema: { type: string, enum: [a, b], maxLength: 10 } }',
  '{ name: text, in: query, schema: { type: string, maxLength: 100000 } }',
  '{ name: limit, in: query, schema: { type: integer, maximum: 100000 } }',
  '{ name: name, in: query, schema: { type: string } }',
])('no bound of %s is tried', async (parameter) => {
  expect(await on(fine, parameter)).toMatchObject({ gives: 'not-applicable', calls: [] });
});
