import { expect, test } from 'vitest';
import { checkOn } from '../../testing/checks.js';
import { answer, silence, type Sent } from '../../testing/host.js';
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

const on = (host: Host, parameters = [NAME, LIMIT, PAGE].join(', '), path = '/boats') =>
  checkOn(boundary, {
    paths: pathsOf(parameters),
    ...{ operation: 'GET /boats', path },
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
  '{ name: name, in: query, schema: { type: string, maxLength: 1 } }',
  '{ name: name, in: query, schema: { type: string, maxLength: 1001 } }',
  '{ name: name, in: header, schema: { type: string, maxLength: 12 } }',
  '{ name: name, in: query, content: { application/json: { schema: { type: string, maxLength: 12 } } } }',
  '{ name: name, in: query, schema: { type: string, const: a, maxLength: 12 } }',
  '{ name: size, in: query, schema: { type: integer, multipleOf: 5, minimum: 5 } }',
  '{ name: size, in: query, schema: { type: integer, minimum: 5, exclusiveMinimum: true } }',
  '{ name: size, in: query, schema: { type: integer, maximum: 5, exclusiveMaximum: true } }',
  '{ name: size, in: query, schema: { type: number, minimum: 5 } }',
  '{ name: size, in: query, schema: { type: integer, minimum: 0.5 } }',
  '{ name: limit, in: query, schema: { type: integer, maximum: 101 } }',
])('no bound of %s is tried', async (parameter) => {
  expect(await on(fine, parameter)).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test.each([
  ['{ name: n, in: query, schema: { type: string, maxLength: 2 } }', ['n=aa']],
  ['{ name: n, in: query, schema: { type: string, maxLength: 1000 } }', [`n=${'a'.repeat(1000)}`]],
  ['{ name: n, in: query, schema: { type: integer, format: int32, minimum: 5 } }', ['n=5']],
  ['{ name: n, in: query, schema: { type: integer, format: int64, maximum: 7 } }', ['n=7']],
  ['{ name: limit, in: query, schema: { type: integer, maximum: 100 } }', ['limit=100']],
  ['{ name: n, in: query, schema: { type: integer, maximum: 101 } }', ['n=101']],
])('the bound of %s is tried', async (parameter, queries) => {
  expect((await on(fine, parameter)).calls).toEqual(queries.map((query) => `GET /boats?${query}`));
});

test.each([
  ['{ name: n, in: query, schema: { type: string, maxLength: 12 } }', 'aaaa'],
  ['{ name: n, in: query, schema: { type: string, maxLength: 3 } }', 'aa'],
  ['{ name: n, in: query, schema: { type: string, maxLength: 2 } }', 'a'],
  ['{ name: n, in: query, schema: { type: string, maxLength: 12, minLength: 6 } }', 'aaaaaa'],
  ['{ name: limit, in: query, schema: { type: integer, minimum: 10, maximum: 20 } }', '11'],
  ['{ name: limit, in: query, schema: { type: integer, maximum: 20 } }', '19'],
])('where an extreme of %s is refused, an ordinary value is tried', async (parameter, ordinary) => {
  const own = await on((query) => (query.size > 0 ? answer(400) : fine(query)), parameter);
  expect(own.gives).toBe('inconclusive');
  expect(own.calls.at(-1)).toBe(`GET /boats?${parameter.includes('limit') ? 'limit' : 'n'}=${ordinary}`);
});

test('which value it is about, is said', async () => {
  const limited = (value: string) => where((query) => query.get('limit') === value, answer(500));
  expect((await on(limited('1'))).messages).toEqual([
    'it fails with 500 for the least value of ‘limit’ that the contract allows',
  ]);
  expect((await on(limited('50'))).messages).toEqual([
    'it fails with 500 for the greatest value of ‘limit’ that the contract allows',
  ]);
  expect((await on(where(isLong, answer(414)))).messages).toEqual([
    'it answers 414 for the longest value of ‘name’ that the contract allows, and accepts another one',
  ]);
});

test('a value that was sent already is not tried', async () => {
  expect((await on(fine, LIMIT, '/boats?limit=50')).calls).toEqual(['GET /boats?limit=1']);
});

test('of many bounds only some are tried', async () => {
  const many = [1, 2, 3, 4, 5].map(
    (number) => `{ name: n${number}, in: query, schema: { type: integer, minimum: 1, maximum: 9 } }`,
  );
  expect((await on(fine, many.join(', '))).calls).toHaveLength(8);
});

test('that an ordinary parameter has values which are refused, may be because of others', async () => {
  const year = '{ name: year, in: query, schema: { type: integer, minimum: 1900, maximum: 2100 } }';
  const cursor = '{ name: cursor, in: query, schema: { type: string, maxLength: 12 } }';
  expect(
    (
      await on(
        where((query) => query.get('year') === '1900', answer(400)),
        year,
      )
    ).gives,
  ).toBe('inconclusive');
  expect(
    (
      await on(
        where((query) => query.get('cursor')?.length === 12, answer(400)),
        cursor,
      )
    ).gives,
  ).toBe('inconclusive');
});

test('what lists nothing has bounds as well', async () => {
  const limit = '{ name: limit, in: query, schema: { type: integer, maximum: 50 } }';
  const thing: Host = (query) => (query.size > 0 ? answer(400) : answer(200, { id: 1 }));
  expect((await on(thing, limit)).gives).toBe('inconclusive');
  expect((await on(thing, NAME)).gives).toBe('inconclusive');
});

test('what does not answer is not known', async () => {
  const found = await checkOn(boundary, {
    ...{ paths: pathsOf(NAME), operation: 'GET /boats' },
    host: ({ path }) => (path.includes('name') ? silence('ECONNRESET') : answer(200, [])),
  });
  expect(found.gives).toBe('inconclusive');
});
