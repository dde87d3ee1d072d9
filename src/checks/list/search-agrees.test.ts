import { expect, test } from 'vitest';
import { isObject, type Json } from '../../json.js';
import { checkOn } from '../../testing/checks.js';
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
