import { expect, test } from 'vitest';
import type { JsonObject } from '../../json.js';
import { checkOn } from '../../testing/checks.js';
import { answer, type Sent } from '../../testing/host.js';
import { pageOrigin } from './page-origin.js';
import { pagesLose } from './pages-lose.js';
import { pagesRepeat } from './pages-repeat.js';
import { totalAgrees } from './total-agrees.js';

const PATHS = (name: string, schema: string, description = '') => `
/boats:
  get:
    responses: { '200': {}, '400': {} }
    parameters:
      - { name: limit, in: query, schema: { type: integer } }
      - { name: ${name}, in: query, description: '${description}', schema: ${schema} }`;
const FROM_0 = '{ type: integer, minimum: 0, default: 0 }';
const FROM_1 = '{ type: integer, minimum: 1, default: 1 }';
const BOATS = Array.from({ length: 9 }, (_, index) => ({ id: `b${index}` }));
const PLAIN = '{ type: integer }';

/** From which boat on a page of so many begins, where a number of it was asked for. */
type Begins = (number: number, size: number) => number;
const hostOf =
  (begins: Begins, name = 'page', boats = BOATS) =>
  ({ url }: Sent) => {
    const asked = new URL(url).searchParams;
    const size = Number(asked.get('limit') ?? 20);
    const number = asked.get(name);
    const from = number === null ? 0 : begins(Number(number), size);
    return from < 0 ? answer(400) : answer(200, { data: boats.slice(from, from + size) });
  };
const from =
  (origin: number): Begins =>
  (number, size) =>
    (number - origin) * size;

test.each<[what: string, schema: string, begins: Begins, gives: string]>([
  ['counts from 0 as it says', FROM_0, from(0), 'passed'],
  ['counts from 1 as it says', FROM_1, from(1), 'passed'],
  ['counts from 0 although it says 1', FROM_1, from(0), 'first-differs'],
  [
    'counts from 1 although it says 0',
    FROM_0,
    (number, size) => Math.max(0, number - 1) * size,
    'second-is-first',
  ],
  ['refuses the first page that it says', FROM_0, from(1), 'inconclusive'],
  ['ignores the number', FROM_1, () => 0, 'second-is-first'],
  [
    'gives the first page for a number below it',
    FROM_1,
    (number, size) => Math.max(0, number - 1) * size,
    'below-is-first',
  ],
  ['says nothing of it', PLAIN, () => 0, 'not-applicable'],
])('a host that %s', async (_, schema, begins, gives) => {
  const of = { paths: PATHS('page', schema), operation: 'GET /boats', host: hostOf(begins) };
  expect((await checkOn(pageOrigin, of)).gives).toBe(gives);
});

test.each<[description: string, gives: string]>([
  ['The first page is 1.', 'first-differs'],
  ['Pages start at 1.', 'first-differs'],
  ['1-based number of the page', 'first-differs'],
  ['Zero-based number of the page', 'passed'],
  ['The first page is 0.', 'passed'],
  ['Zero-based; starts with 1 after a search', 'not-applicable'],
  ['The number of the page', 'not-applicable'],
])('a host that counts from 0 and says “%s”', async (description, gives) => {
  const of = { paths: PATHS('page', PLAIN, description), operation: 'GET /boats', host: hostOf(from(0)) };
  expect((await checkOn(pageOrigin, of)).gives).toBe(gives);
});

test.each<[what: string, schema: string, begins: Begins, gives: string]>([
  ['counts from 0 as it says', FROM_0, (number) => number, 'passed'],
  ['counts from 1 as it says', FROM_1, (number) => Math.max(0, number - 1), 'passed'],
  ['counts from 0 although it says 1', FROM_1, (number) => number, 'first-differs'],
  ['ignores it', FROM_0, () => 0, 'second-is-first'],
])('a host that counts things and %s', async (_, schema, begins, gives) => {
  const of = { paths: PATHS('offset', schema), operation: 'GET /boats', host: hostOf(begins, 'offset') };
  expect((await checkOn(pageOrigin, of)).gives).toBe(gives);
});

test('a list of one page has no second one', async () => {
  const host = hostOf(() => 0, 'page', BOATS.slice(0, 1));
  const of = { paths: PATHS('page', FROM_0), operation: 'GET /boats', host };
  expect((await checkOn(pageOrigin, of)).gives).toBe('inconclusive');
});

test('a number below the first one may be taken where the contract has no refusal for it', async () => {
  const paths = PATHS('page', FROM_1).replace(", '400': {}", '');
  const host = hostOf((number, size) => Math.max(0, number - 1) * size);
  expect((await checkOn(pageOrigin, { paths, operation: 'GET /boats', host })).gives).toBe('passed');
});

test('a list that changes is not blamed', async () => {
  let asked = 0;
  const host = () => answer(200, { data: BOATS.slice(asked++ % 5) });
  const of = { paths: PATHS('page', FROM_1), operation: 'GET /boats', host };
  expect((await checkOn(pageOrigin, of)).gives).toBe('inconclusive');
});

test('that pages are counted from elsewhere is no repetition as well', async () => {
  for (const begins of [(number: number, size: number) => Math.max(0, number - 1) * size, () => 0]) {
    const of = { paths: PATHS('page', FROM_0), operation: 'GET /boats', host: hostOf(begins) };
    expect((await checkOn(pageOrigin, of)).gives).toBe('second-is-first');
    expect((await checkOn(pagesRepeat, of)).gives).toBe('inconclusive');
  }
});

test('that pages are counted from elsewhere is no loss and no other total as well', async () => {
  const host = ({ url }: Sent) => {
    const asked = new URL(url).searchParams;
    const size = Number(asked.get('limit') ?? 20);
    const begin = Number(asked.get('page') ?? 0) * size;
    return answer(200, { total: BOATS.length, data: BOATS.slice(begin, begin + size) });
  };
  const of = { paths: PATHS('page', FROM_1), operation: 'GET /boats', host };
  expect((await checkOn(pageOrigin, of)).gives).toBe('first-differs');
  expect((await checkOn(pagesLose, of)).gives).toBe('inconclusive');
  expect((await checkOn(totalAgrees, of)).gives).toBe('inconclusive');
});

test.each([
  ...[400, 401, 404, 429, 500].map((status) => [String(status), answer(status)] as const),
  ['a body that is cut off', answer(200, '{"a"', {}, 'cut off')] as const,
])('%s shows nothing', async (_, reply) => {
  const host = ({ url }: Sent) => (url.includes('page=') ? reply : answer(200, { data: BOATS }));
  const of = { paths: PATHS('page', FROM_1), operation: 'GET /boats', host };
  expect((await checkOn(pageOrigin, of)).gives).toBe('inconclusive');
});

const originOn = async (host: (sent: Sent) => ReturnType<typeof answer>, paths = PATHS('page', FROM_1)) => {
  const found = await checkOn(pageOrigin, { paths, operation: 'GET /boats', host });
  return { ...found, calls: found.calls.map((call) => call.replace('GET /boats', '')) };
};

test.each<[what: string, paths: string, host: (sent: Sent) => ReturnType<typeof answer>]>([
  ['has no page', '/boats: { get: {} }', hostOf(from(1))],
  ['has a cursor', PATHS('cursor', FROM_1), hostOf(from(1), 'cursor')],
  ['is no list', PATHS('page', FROM_1), () => answer(200, { name: 'Anna' })],
])('what %s is not counted', async (_, paths, host) => {
  expect(await originOn(host, paths)).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test.each([
  ['has no ids', [{ name: 'Anna' }, { name: 'Otto' }]],
  ['is empty', []],
])('a first page that %s shows nothing', async (_, data) => {
  const host = ({ url }: Sent) => answer(200, { data: url.includes('limit') ? data : BOATS });
  const { gives, calls } = await originOn(host);
  expect([gives, calls]).toEqual(['not-applicable', ['?limit=2']]);
});

test('where no first page comes, none is asked for by its number', async () => {
  const host = ({ url }: Sent) => (url.includes('limit') ? answer(500) : answer(200, { data: BOATS }));
  const { gives, calls } = await originOn(host);
  expect([gives, calls]).toEqual(['inconclusive', ['?limit=2']]);
});

test('the second page begins behind the things of the first one, where things are counted', async () => {
  const paths = PATHS('offset', FROM_0);
  const { calls } = await originOn(
    hostOf((number) => number, 'offset'),
    paths,
  );
  expect(calls).toEqual(['?limit=2', '?offset=0&limit=2', '?offset=2&limit=2']);
});

test('the number below the first one is said, and asked for only where the contract has a least one', async () => {
  const clamped = hostOf((number, size) => Math.max(0, number - 1) * size);
  expect((await originOn(clamped)).messages).toEqual([
    'with ‘page’ at 0, which is less than the contract allows, the first page came',
  ]);
  expect((await originOn(clamped, PATHS('page', PLAIN, '1-based'))).gives).toBe('passed');
});

/** A host that always gives the first two boats. */
const stuck = (more: JsonObject) => () => answer(200, { data: BOATS.slice(0, 2), ...more });
test.each<[what: string, more: JsonObject, gives: string]>([
  ['a next page', { next: '/boats?page=2' }, 'second-is-first'],
  ['a total of more', { total: 9 }, 'second-is-first'],
  ['a total of more that is an estimate', { total: 9, estimated: true }, 'inconclusive'],
  ['a total of as many', { total: 2 }, 'inconclusive'],
  ['nothing more', {}, 'inconclusive'],
])('that there is a second page is seen by %s', async (_, more, gives) => {
  expect((await originOn(stuck(more))).gives).toBe(gives);
});
