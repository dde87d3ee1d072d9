import { expect, test } from 'vitest';
import { resultOn, type CheckedHost } from '../../testing/checks.js';
import { answer, type Sent } from '../../testing/host.js';
import { statedLists } from '../stated/lists.js';
import { walk } from './walk.js';

const LIMIT = '{ name: limit, in: query, schema: { type: integer } }';
const sized = (schema: string) => `{ name: limit, in: query, schema: ${schema} }`;
const at = (name: string, schema = '{ type: integer }') => `{ name: ${name}, in: query, schema: ${schema} }`;
const boats = (size: number) => Array.from({ length: size }, (_, index) => ({ id: index + 1 }));
type Host = (query: URLSearchParams, sent: Sent) => ReturnType<typeof answer>;

/** The pages of a list, each as how many things it has, how the walk has ended, and what was asked. */
async function walkOn(parameters: string[], host: Host, more: Partial<CheckedHost> = {}) {
  const { result, calls } = await resultOn(walk, {
    paths: `/boats: { get: { parameters: [${parameters.join(', ')}] } }`,
    operation: 'GET /boats',
    host: (sent) => host(new URL(sent.url).searchParams, sent),
    ...more,
  });
  return {
    pages: result?.pages.map(({ things }) => things.length),
    end: result?.end,
    calls: calls.map((call) => call.replace('GET /boats', '')),
  };
}
const number = (query: URLSearchParams, name: string, or: number) => Number(query.get(name) ?? or);
/** Gives pages of the size that is asked for, counted from one. */
const byPage =
  (size: number, first = 1): Host =>
  (query) => {
    const limit = number(query, 'limit', 10);
    const from = (number(query, 'page', first) - first) * limit;
    return answer(200, { data: boats(size).slice(from, from + limit), total: size });
  };
const byOffset =
  (name: string, size: number, first = 0): Host =>
  (query) => {
    const from = number(query, name, first) - first;
    return answer(200, { data: boats(size).slice(from, from + number(query, 'limit', 10)), total: size });
  };

test('pages that are counted are walked to the total', async () => {
  expect(await walkOn([LIMIT, at('page', '{ type: integer, default: 1 }')], byPage(10))).toEqual({
    pages: [2, 2, 2, 2, 2],
    end: 'reached',
    calls: ['?limit=2', '?page=2&limit=2', '?page=3&limit=2', '?page=4&limit=2', '?page=5&limit=2'],
  });
});

test.each<[what: string, schema: string, first: number, calls: string[]]>([
  ['from one, by the default', '{ type: integer, default: 1 }', 1, ['page=2', 'page=3']],
  ['from one, by the least', '{ type: integer, minimum: 1 }', 1, ['page=2', 'page=3']],
  ['from zero, by the default', '{ type: integer, default: 0 }', 0, ['page=1', 'page=2']],
  ['from zero, as nobody says', '{ type: integer }', 0, ['page=1', 'page=2']],
  ['from one, as nobody says', '{ type: integer }', 1, ['page=1', 'page=2', 'page=3']],
])('pages that are counted %s', async (_, schema, first, calls) => {
  const found = await walkOn([LIMIT, at('page', schema)], byPage(6, first));
  expect(found).toEqual({
    pages: [2, 2, 2],
    end: 'reached',
    calls: ['?limit=2', ...calls.map((one) => `?${one}&limit=2`)],
  });
});

test.each<[name: string, schema: string, first: number, calls: string[]]>([
  ['offset', '{ type: integer }', 0, ['offset=2', 'offset=4']],
  ['$skip', '{ type: integer }', 0, ['%24skip=2', '%24skip=4']],
  ['start', '{ type: integer, default: 1 }', 1, ['start=3', 'start=5']],
  ['start', '{ type: integer, minimum: 0 }', 0, ['start=2', 'start=4']],
])('things that are counted by %s of %s', async (name, schema, first, calls) => {
  const found = await walkOn([LIMIT, at(name, schema)], byOffset(name, 6, first));
  expect(found).toEqual({
    pages: [2, 2, 2],
    end: 'reached',
    calls: ['?limit=2', ...calls.map((one) => `?${one}&limit=2`)],
  });
});

test('things that nobody says how to count are not walked through', async () => {
  const start = byOffset('start', 6);
  expect(await walkOn([LIMIT, at('start')], start)).toEqual({ pages: [2], end: 'open', calls: ['?limit=2'] });
  expect(await walkOn([LIMIT], start)).toEqual({ pages: [2], end: 'open', calls: ['?limit=2'] });
});

test.each([
  [0, ['?start=2&limit=2', '?start=4&limit=2']],
  [1, ['?start=3&limit=2', '?start=5&limit=2']],
] as const)('somebody may have stated that they are counted from %i', async (origin, calls) => {
  const lists = statedLists({ all: { offset: 'start', origin } });
  const found = await walkOn([LIMIT, at('start')], byOffset('start', 6, origin), { lists });
  expect(found).toEqual({ pages: [2, 2, 2], end: 'reached', calls: ['?limit=2', ...calls] });
  const ofPages = statedLists({ all: { page: 'page', origin } });
  const pages = await walkOn([LIMIT, at('page')], byPage(6, origin), { lists: ofPages });
  expect(pages.calls).toEqual(['?limit=2', `?page=${origin + 1}&limit=2`, `?page=${origin + 2}&limit=2`]);
});

const linked =
  (size: number, next: (from: number) => string | null): Host =>
  (query) => {
    const from = number(query, 'after', 0);
    return answer(200, {
      data: boats(size).slice(from, from + 2),
      next: from + 2 < size ? next(from + 2) : null,
    });
  };

test('links are followed to the page that has none', async () => {
  const found = await walkOn(
    [at('after')],
    linked(6, (from) => `/boats?after=${from}`),
  );
  expect(found).toEqual({ pages: [2, 2, 2], end: 'reached', calls: ['', '?after=2', '?after=4'] });
});

test('links to elsewhere are not followed', async () => {
  const found = await walkOn(
    [at('after')],
    linked(6, (from) => `/hulls?after=${from}`),
  );
  expect(found).toEqual({ pages: [2], end: 'open', calls: [''] });
});

test('cursors are sent where the contract has a parameter for them', async () => {
  const cursors = linked(6, String);
  expect(await walkOn([LIMIT, at('after', '{ type: string }')], cursors)).toEqual({
    pages: [2, 2, 2],
    end: 'reached',
    calls: ['?limit=1', '?after=2&limit=1', '?after=4&limit=1'],
  });
  expect(await walkOn([], cursors)).toEqual({ pages: [2], end: 'open', calls: [''] });
  expect(await walkOn([at('page')], cursors)).toEqual({ pages: [2], end: 'open', calls: [''] });
});

test('no more pages are asked for than a walk may have', async () => {
  const exact = await walkOn(
    [at('after')],
    linked(16, (from) => `/boats?after=${from}`),
  );
  expect([exact.pages?.length, exact.end]).toEqual([8, 'reached']);
  const more = await walkOn(
    [at('after')],
    linked(17, (from) => `/boats?after=${from}`),
  );
  expect([more.pages?.length, more.end]).toEqual([8, 'open']);
});

test('a page that came before ends the walk', async () => {
  const same: Host = () => answer(200, { data: boats(2), next: '/boats?after=2' });
  expect(await walkOn([at('after')], same)).toMatchObject({ pages: [2, 2], end: 'again' });
});

test('the last page may be given for every number beyond it', async () => {
  const clamped: Host = (query) => {
    const page = Math.min(3, number(query, 'page', 1));
    return answer(200, { data: boats(6).slice(2 * page - 2, 2 * page) });
  };
  const found = await walkOn([LIMIT, at('page', '{ type: integer, default: 1 }')], clamped);
  expect(found).toMatchObject({ pages: [2, 2, 2], end: 'reached' });
});

test('a page that comes again before all is seen is one that repeats', async () => {
  const stuck: Host = (query) => {
    const all = boats(9);
    return answer(200, { data: query.has('limit') ? all.slice(0, 2) : all });
  };
  const found = await walkOn([LIMIT, at('page', '{ type: integer, default: 1 }')], stuck);
  expect(found).toMatchObject({ pages: [2, 2], end: 'again' });
});

test('an empty page is behind the last one, and another answer leaves the end open', async () => {
  const page = at('page', '{ type: integer, default: 1 }');
  const noTotal =
    (beyond: ReturnType<typeof answer>): Host =>
    (query) =>
      number(query, 'page', 1) > 2
        ? beyond
        : answer(200, { data: boats(9).slice(number(query, 'page', 1), number(query, 'page', 1) + 1) });
  expect(await walkOn([page], noTotal(answer(200, { data: [] })))).toMatchObject({
    pages: [1, 1],
    end: 'reached',
  });
  expect(await walkOn([page], noTotal(answer(404)))).toMatchObject({ pages: [1, 1], end: 'open' });
});

test('a total that is less than what is there does not say where the end is', async () => {
  const page = at('page', '{ type: integer, default: 1 }');
  const host: Host = (query) => {
    const from = 2 * (number(query, 'page', 1) - 1);
    return answer(200, { data: query.has('limit') ? boats(9).slice(from, from + 2) : boats(9), total: 2 });
  };
  expect(await walkOn([LIMIT, page], host)).toMatchObject({ pages: [2, 2, 2, 2, 1], end: 'reached' });
});

test('where no first page comes there is no walk', async () => {
  let asked = 0;
  const host: Host = () => (asked++ === 0 ? answer(200, boats(3)) : answer(500));
  expect(await walkOn([at('page')], host)).toMatchObject({ pages: undefined, end: undefined });
});

test.each<[own: number, total: number | undefined, schema: string, size: number]>([
  [1, undefined, '{ type: integer }', 1],
  [3, undefined, '{ type: integer }', 1],
  [4, undefined, '{ type: integer }', 2],
  [10, undefined, '{ type: integer }', 2],
  [11, undefined, '{ type: integer }', 3],
  [10, 50, '{ type: integer }', 10],
  [10, 200, '{ type: integer }', 25],
  [10, 201, '{ type: integer }', 2],
  [3, 201, '{ type: integer }', 25],
  [10, 5, '{ type: integer }', 2],
  [10, 50, '{ type: integer, maximum: 7 }', 7],
  [10, 50, '{ type: integer, maximum: 70 }', 10],
  [10, 50, '{ type: integer, minimum: 15 }', 15],
  [10, 50, '{ type: integer, minimum: 5 }', 10],
  [10, 50, '{ type: integer, enum: [20, 5, 10] }', 5],
  [10, 50, '{ type: integer, enum: [all] }', 10],
])('of %i things of %s and a size of %s', async (own, total, schema, size) => {
  const host: Host = () => answer(200, { data: boats(own), ...(total === undefined ? {} : { total }) });
  expect((await walkOn([sized(schema)], host)).calls).toEqual([`?limit=${size}`]);
});

test('the number of the page that the run has asked for is left out', async () => {
  const found = await walkOn([at('page')], byPage(3), { path: '/boats?page=1' });
  expect(found.calls[0]).toBe('');
});

test('what is no list is not walked through', async () => {
  expect(await walkOn([LIMIT, at('page')], () => answer(200, { name: 'a' }))).toEqual({
    ...{ pages: undefined, end: undefined, calls: [] },
  });
});

/** Gives the last page for every number beyond it, and has more on its plain page. */
const clampedAt =
  (last: number): Host =>
  (query) => {
    const page = Math.min(last, number(query, 'page', 1));
    return answer(200, { data: query.has('limit') ? boats(9).slice(2 * page - 2, 2 * page) : boats(9) });
  };

test('a later page that comes again ends the walk, wherever pages are counted from', async () => {
  expect(await walkOn([LIMIT, at('page')], clampedAt(2))).toEqual({
    pages: [2, 2, 2],
    end: 'again',
    calls: ['?limit=2', '?page=1&limit=2', '?page=2&limit=2', '?page=3&limit=2'],
  });
});

test('where somebody has stated from where pages are counted, the second one that is the first ends the walk', async () => {
  const lists = statedLists({ all: { page: 'page', origin: 1 } });
  expect(await walkOn([LIMIT, at('page')], clampedAt(1), { lists })).toEqual({
    pages: [2, 2],
    end: 'again',
    calls: ['?limit=2', '?page=2&limit=2'],
  });
});
