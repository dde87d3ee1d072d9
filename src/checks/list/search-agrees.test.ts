import { expect, test } from 'vitest';
import { isObject, type Json } from '../../json.js';
import { checkOn, type CheckedHost } from '../../testing/checks.js';
import { answer, type Sent } from '../../testing/host.js';
import { searchAgrees } from './search-agrees.js';

const pathsOf = (properties: string, more = '') => `
/boats:
  get:
    parameters:
      - { name: limit, in: query, schema: { type: integer, maximum: 4 } }
      - { name: cursor, in: query, schema: { type: string } }
/boats/search:
  post:
    x-safe: true
    ${more}
    requestBody: { content: { application/json: { schema: { type: object, properties: { ${properties} } } } } }
`;
const CURSOR = 'limit: { type: integer, maximum: 4 }, cursor: { type: string }, name: { type: string }';
const NUMBER = 'perPage: { type: integer, maximum: 4 }, page: { type: integer, default: 1 }';
const BOATS = Array.from({ length: 9 }, (_, id) => ({ id: `b${id}` }));

interface Searched {
  finds?: (id: string) => boolean;
  search?: (start: number) => ReturnType<typeof answer>;
  boats?: (before: number) => { id: string }[];
}

/** A host with a list and a search, by cursor or by number, four things a page. */
function host({ finds = () => true, search, boats = () => BOATS }: Searched) {
  let lists = 0;
  return ({ method, url, body }: Sent) => {
    if (method === 'GET') {
      const all = boats((lists += 1));
      return answer(200, { data: all.slice(0, 4), ...(all.length > 4 ? { next: '/boats?cursor=4' } : {}) });
    }
    const asked: Json = JSON.parse(body ?? '{}') as Json;
    const read = (name: string) => (isObject(asked) ? asked[name] : undefined);
    const number = read('page');
    const start = number === undefined ? Number(read('cursor') ?? 0) : (Number(number) - 1) * 4;
    if (search && url.endsWith('/search')) return search(start);
    const found = BOATS.filter(({ id }) => finds(id));
    const next =
      number === undefined && start + 4 < found.length ? { next: `/boats?cursor=${start + 4}` } : {};
    return answer(200, { data: found.slice(start, start + 4), ...next });
  };
}

const on = (given: Searched, paths = pathsOf(CURSOR)) =>
  checkOn(searchAgrees, {
    paths,
    operation: 'POST /boats/search',
    others: [{ operation: 'GET /boats', path: '/boats' }],
    host: host(given),
  });

test.each<[what: string, given: Searched, gives: string]>([
  ['finds all', {}, 'passed'],
  ['does not find one', { finds: (id) => id !== 'b2' }, 'not-found'],
  ['does not find what was added last', { finds: (id) => id !== 'b0' }, 'inconclusive'],
  ['finds other things', { finds: (id) => id === 'b0' }, 'inconclusive'],
  [
    'lists what is gone afterwards',
    { finds: (id) => id !== 'b2', boats: (before) => BOATS.filter(({ id }) => before < 3 || id !== 'b2') },
    'passed',
  ],
  [
    'has a search without an end',
    { search: () => answer(200, { data: [{ id: 'b0' }], next: '/boats?cursor=0' }) },
    'inconclusive',
  ],
])('a host that %s', async (_, given, gives) => {
  expect((await on(given)).gives).toBe(gives);
  expect((await on(given, pathsOf(NUMBER))).gives).toBe(gives);
});

test.each([
  ...[400, 401, 404, 429, 500].map((status) => [String(status), answer(status)] as const),
  ['a body that breaks off', answer(200, '{"a"', {}, 'cut off')] as const,
])('a search that is answered with %s', async (_, other) => {
  let asked = 0;
  const search = () => (asked++ === 0 ? answer(200, { data: BOATS }) : other);
  expect((await on({ search })).gives).toBe('inconclusive');
});

test.each<[what: string, paths: string]>([
  [
    'conditions that are always asked for',
    pathsOf(CURSOR).replace('type: object', 'type: object, required: [name]'),
  ],
  ['a condition with a default', pathsOf(`${CURSOR}, state: { type: string, default: afloat }`)],
  ['a switch for what is left out', pathsOf(`${CURSOR}, includeArchived: { type: boolean }`)],
  ['words that leave something out', pathsOf(CURSOR, 'summary: Only boats that are afloat')],
])('a search with %s', async (_, paths) => {
  expect(await on({ finds: (id) => id !== 'b2' }, paths)).toMatchObject({
    gives: 'not-applicable',
    calls: [],
  });
});

test('it asks without conditions, page by page, with the list before and after', async () => {
  const { calls } = await on({});
  expect(calls).toEqual([
    'GET /boats?limit=4',
    ...['POST /boats/search', 'POST /boats/search', 'POST /boats/search'],
    'GET /boats?limit=4',
  ]);
});

const LISTED = [{ operation: 'GET /boats', path: '/boats' }];
/** What a search is asked with, on a host of which it is known how it answers to the n-th search. */
async function asking(properties: string, search: (time: number) => Json, more: Partial<CheckedHost> = {}) {
  let [times, isOwn] = [0, true];
  const found = await checkOn(searchAgrees, {
    ...{ paths: pathsOf(properties), operation: 'POST /boats/search', others: LISTED },
    host: ({ method }) => {
      if (method === 'GET') return answer(200, { data: BOATS.slice(0, 4) });
      const came = search(isOwn ? 0 : (times += 1));
      isOwn = false;
      return answer(200, came);
    },
    ...more,
  });
  const bodies = found.sent.flatMap(({ method, body }) => (method === 'POST' ? [body] : []));
  return { ...found, bodies };
}
const four = (from: number) => BOATS.slice(from, from + 4);

test('the pages of a search are asked for as the contract describes them', async () => {
  expect((await on({})).sent.flatMap(({ method, body }) => (method === 'POST' ? [body] : []))).toEqual([
    '{"limit":4}',
    '{"limit":4,"cursor":"4"}',
    '{"limit":4,"cursor":"8"}',
  ]);
  expect(
    (await on({}, pathsOf(NUMBER))).sent.flatMap(({ method, body }) => (method === 'POST' ? [body] : [])),
  ).toEqual([
    '{"perPage":4,"page":1}',
    '{"perPage":4,"page":2}',
    '{"perPage":4,"page":3}',
    '{"perPage":4,"page":4}',
  ]);
});

test.each(['cursor', 'pageToken', 'next_token', 'marker'])('a cursor may be called %s', async (name) => {
  const { gives, bodies } = await asking(`${name}: { type: string }`, (time) => ({
    data: four(4 * Math.max(0, time - 1)),
    ...(time < 3 ? { nextCursor: `c${time}` } : {}),
  }));
  expect([gives, bodies]).toEqual(['passed', ['{}', `{"${name}":"c1"}`, `{"${name}":"c2"}`]]);
});

test('a page may be called by its number', async () => {
  const { gives, bodies } = await asking('page_number: { type: integer }', (time) => ({
    data: time > 3 ? [] : four(4 * Math.max(0, time - 1)),
  }));
  expect([gives, bodies]).toEqual(['passed', [1, 2, 3, 4].map((number) => `{"page_number":${number}}`)]);
});

test('a search that has found its total is at its end', async () => {
  const { gives, bodies } = await asking(NUMBER, (time) => ({
    data: four(4 * Math.max(0, time - 1)),
    total: 9,
  }));
  expect([gives, bodies.length]).toEqual(['passed', 3]);
  const linked = await asking(CURSOR, (time) => ({
    data: four(0),
    total: 4,
    ...(time < 2 ? { nextCursor: 'c' } : {}),
  }));
  expect([linked.gives, linked.bodies.length]).toEqual(['passed', 2]);
});

test.each<[what: string, search: (time: number) => Json]>([
  ['gives the same page for every number', () => ({ data: four(0) })],
  ['has things without ids', () => ({ data: [...four(0), { name: 'a' }] })],
  ['has the same thing twice', () => ({ data: [...four(0), BOATS[0] ?? null] })],
  ['gives no list', () => ({ name: 'a' })],
])('a search by number that %s', async (_, search) => {
  expect((await asking(NUMBER, (time) => (time === 0 ? { data: four(0) } : search(time)))).gives).toBe(
    'inconclusive',
  );
});

test('a search without pages is at its end where it finds fewer than a page may have', async () => {
  const many = (size: number) => Array.from({ length: size }, (_, id) => ({ id: `b${id}` }));
  expect((await asking('name: { type: string }', () => ({ data: many(49) }))).gives).toBe('passed');
  expect((await asking('name: { type: string }', () => ({ data: many(50) }))).gives).toBe('inconclusive');
  expect((await asking('name: { type: string }', () => ({ data: four(0), nextCursor: 'c' }))).gives).toBe(
    'inconclusive',
  );
  expect((await asking('cursor: { type: string }', () => ({ data: many(60) }))).gives).toBe('passed');
});

test('a next page in another form than the list has is not followed', async () => {
  const link = await asking(CURSOR, () => ({ data: four(0), next: '/boats?after=4' }));
  expect(link.gives).toBe('inconclusive');
  const found = await asking(CURSOR, () => ({ data: four(0), next: 'https://[/?cursor=4' }));
  expect(found.gives).toBe('inconclusive');
});

test.each<[what: string, more: Partial<CheckedHost>]>([
  ['no list', { others: [] }],
  [
    'another list',
    { paths: `${pathsOf(CURSOR)}/hulls: { get: {} }`, others: [{ operation: 'GET /hulls', path: '/hulls' }] },
  ],
  [
    'another search',
    {
      paths: `${pathsOf(CURSOR)}/boats/find: { post: { x-safe: true } }`,
      others: [{ operation: 'POST /boats/find', path: '/boats/find' }],
    },
  ],
])('a search beside which the run has read %s', async (_, more) => {
  const { why, calls } = await asking(CURSOR, () => ({ data: four(0) }), more);
  expect([why, calls]).toEqual(['it is no search of what a list shows as well', []]);
});

test('a list is compared with no list', async () => {
  const found = await checkOn(searchAgrees, {
    ...{ paths: pathsOf(CURSOR), operation: 'GET /boats', host: () => answer(200, { data: four(0) }) },
  });
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
  expect(found.why).toBe('it is no search of what a list shows as well');
});

test('where most things are missing, the search finds things of another kind, even between others', async () => {
  const found = await asking(
    'name: { type: string }',
    () => ({ data: [BOATS[0] ?? null, BOATS[8] ?? null] }),
    {
      host: ({ method }) =>
        answer(200, { data: method === 'GET' ? BOATS : [BOATS[0] ?? null, BOATS[8] ?? null] }),
    },
  );
  expect([found.gives, found.why]).toEqual(['inconclusive', 'it finds things of another kind']);
});

test('where the contract names no largest page, fifty things are asked for', async () => {
  const paths = pathsOf(CURSOR).replaceAll(', maximum: 4', '');
  const { calls, bodies } = await asking(CURSOR, () => ({ data: four(0) }), { paths });
  expect([calls[0], bodies]).toEqual(['GET /boats?limit=50', ['{"limit":50}']]);
});

test('the size of a page is that of the member for it, whatever stands before it', async () => {
  const members = 'name: { type: string }, limit: { type: integer, maximum: 4 }';
  expect((await asking(members, () => ({ data: four(0) }))).bodies).toEqual(['{"limit":4}']);
});

test('where the answer of the run was no list, the search is not asked', async () => {
  const { gives, bodies } = await asking(CURSOR, (time) => (time === 0 ? { name: 'a' } : { data: four(0) }));
  expect([gives, bodies]).toEqual(['inconclusive', []]);
});

test('a search has no more pages than are looked at', async () => {
  const endless = (time: number) => ({ data: [{ id: `x${time}` }], nextCursor: `c${time}` });
  const { gives, bodies } = await asking(CURSOR, endless);
  expect([gives, bodies.length]).toEqual(['inconclusive', 8]);
});

test.each([CURSOR, NUMBER])('a search whose second page is the first one is left: %s', async (members) => {
  const { gives, bodies } = await asking(members, () => ({ data: four(0), nextCursor: 'c' }));
  expect([gives, bodies.length]).toEqual(['inconclusive', 2]);
});

test('a page that has some things of the one before is a further one', async () => {
  const { gives, bodies } = await asking(NUMBER, (time) => ({
    data: time > 3 ? [] : four(3 * Math.max(0, time - 1)),
  }));
  expect([gives, bodies.length]).toEqual(['passed', 4]);
});

test.each(['page', 'colour'])(
  'a link is followed by a cursor only, and not where the list has “%s”',
  async (name) => {
    const found = await asking(CURSOR, () => ({ data: four(0), next: `/boats?${name}=2` }), {
      paths: pathsOf(CURSOR).replace('{ name: cursor,', () => `{ name: ${name},`),
    });
    expect([found.gives, found.bodies.length]).toEqual(['inconclusive', 1]);
  },
);

test('half of the things may be missing, and more are of another kind', async () => {
  const without = (...ids: string[]) =>
    asking('name: { type: string }', () => ({ data: four(0).filter(({ id }) => !ids.includes(id)) }));
  expect((await without('b1', 'b2')).gives).toBe('not-found');
  expect((await without('b1', 'b2')).messages).toEqual([expect.stringContaining('does not find 2 things')]);
  expect((await without('b0', 'b1', 'b2')).gives).toBe('inconclusive');
  expect((await without('b2', 'b3')).gives).toBe('inconclusive');
  expect((await without('b0')).gives).toBe('inconclusive');
  expect((await without('b3')).gives).toBe('inconclusive');
});

test('what the list shows only once is not missing', async () => {
  let lists = 0;
  const host = ({ method }: Sent) => {
    if (method === 'POST') return answer(200, { data: [BOATS[0] ?? null, BOATS[3] ?? null] });
    lists += 1;
    return answer(200, { data: lists < 3 ? [BOATS[0] ?? null, BOATS[3] ?? null] : four(0) });
  };
  const of = {
    paths: pathsOf('name: { type: string }'),
    operation: 'POST /boats/search',
    others: LISTED,
    host,
  };
  expect((await checkOn(searchAgrees, of)).gives).toBe('passed');
});

test.each([2, 3])('a list that does not answer with a page the %i. time', async (wrong) => {
  let lists = 0;
  for (const other of [answer(500), answer(200, { data: [] }), answer(200, { data: [{ name: 'a' }] })]) {
    lists = 0;
    const host = ({ method }: Sent) =>
      method === 'GET' && (lists += 1) === wrong ? other : answer(200, { data: four(0) });
    const of = {
      paths: pathsOf('name: { type: string }'),
      operation: 'POST /boats/search',
      others: LISTED,
      host,
    };
    const { gives } = await checkOn(searchAgrees, of);
    expect(gives).toBe(wrong === 3 && other.body.toString() === '{"data":[]}' ? 'passed' : 'inconclusive');
  }
});

test('what may have changed since others asked is asked for again', async () => {
  const again = await checkOn(searchAgrees, {
    ...{
      paths: pathsOf('name: { type: string }'),
      operation: 'POST /boats/search',
      others: LISTED,
      times: 2,
    },
    host: () => answer(200, { data: four(0) }),
  });
  expect(again.calls).toEqual(['GET /boats?limit=4', 'POST /boats/search', 'GET /boats?limit=4']);
});
