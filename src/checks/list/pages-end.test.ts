import { expect, test } from 'vitest';
import { checkOn } from '../../testing/checks.js';
import { answer, type Sent } from '../../testing/host.js';
import { pagesEnd } from './pages-end.js';

const PATHS = `/trays:
  get:
    parameters:
      - { name: limit, in: query, schema: { type: integer } }
      - { name: offset, in: query, schema: { type: integer } }
      - { name: colour, in: query, schema: { type: string, enum: [red, blue] } }
`;
const TRAYS = Array.from({ length: 9 }, (_, id) => ({ id, colour: id % 3 === 0 ? 'blue' : 'red' }));
type Linked = (query: URLSearchParams, start: number) => string;

/** A host whose links to the next page are written so. */
function host(linked: Linked) {
  return ({ url }: Sent) => {
    const { searchParams: query } = new URL(url);
    const held = new URLSearchParams(atob(query.get('cursor') ?? ''));
    const read = (name: string) => held.get(name) ?? query.get(name);
    const start = Number(read('offset') ?? 0);
    const limit = Number(read('limit') ?? 9);
    const colour = read('colour');
    const trays = TRAYS.filter((tray) => colour === null || tray.colour === colour);
    const next = start + limit < trays.length ? { next: linked(query, start + limit) } : {};
    return answer(200, { data: trays.slice(start, start + limit), ...next });
  };
}

const all = (query: URLSearchParams, start: number) => {
  const copy = new URLSearchParams(query);
  copy.set('offset', String(start));
  return copy;
};
const without =
  (name: string): Linked =>
  (query, start) => {
    const copy = all(query, start);
    copy.delete(name);
    return `/trays?${copy}`;
  };
const sealed =
  (...forgotten: string[]): Linked =>
  (query, start) => {
    const known = query.get('cursor') === null ? query : new URLSearchParams(atob(query.get('cursor') ?? ''));
    const copy = all(known, start);
    for (const name of forgotten) copy.delete(name);
    return `/trays?cursor=${encodeURIComponent(btoa(copy.toString()))}`;
  };

test.each<[what: string, linked: Linked, gives: string]>([
  ['keeps all', without('nothing'), 'passed'],
  ['keeps all in a cursor', sealed(), 'passed'],
  [
    'keeps the size under another name',
    (query, start) => without('nothing')(query, start).replace('limit=', 'page_size='),
    'passed',
  ],
  ['drops the filter', without('colour'), 'drops-parameter'],
  ['drops the size', without('limit'), 'drops-parameter'],
  ['forgets the filter in a cursor', sealed('colour'), 'drops-parameter'],
  ['leads to the same page', (query) => `/trays?${all(query, 2)}`, 'no-end'],
  ['leads to another host', (query, start) => `https://inner.example/trays?${all(query, start)}`, 'passed'],
])('a host that %s', async (_, linked, gives) => {
  expect((await checkOn(pagesEnd, { paths: PATHS, operation: 'GET /trays', host: host(linked) })).gives).toBe(
    gives,
  );
});

test('a filter that is forgotten is seen also where the next thing meets it by chance', async () => {
  const trays = TRAYS.map(({ id }) => ({ id, colour: id < 4 || id > 7 ? 'blue' : 'red' }));
  const forgetful = ({ url }: Sent) => {
    const { searchParams: query } = new URL(url);
    const held = new URLSearchParams(atob(query.get('cursor') ?? ''));
    const start = Number(held.get('offset') ?? 0);
    const limit = Number(held.get('limit') ?? query.get('limit') ?? 9);
    const met = trays.filter(({ colour }) => query.get('colour') === null || colour === query.get('colour'));
    const next = `/trays?cursor=${btoa(`offset=${start + limit}&limit=${limit}`)}`;
    return answer(200, {
      data: met.slice(start, start + limit),
      ...(start + limit < met.length ? { next } : {}),
    });
  };
  const found = await checkOn(pagesEnd, { paths: PATHS, operation: 'GET /trays', host: forgetful });
  expect(found.gives).toBe('drops-parameter');
});

test('applies where answers say where the next page is', async () => {
  const found = await checkOn(pagesEnd, {
    paths: PATHS,
    operation: 'GET /trays',
    host: () => answer(200, TRAYS),
  });
  expect(found.gives).toBe('not-applicable');
});

test('a feed that can be asked again and again', async () => {
  const feed = ({ url }: Sent) =>
    url.includes('after=')
      ? answer(200, { data: [], next: '/trays?after=9' })
      : answer(200, { data: TRAYS, next: '/trays?after=9' });
  expect(
    (await checkOn(pagesEnd, { paths: '/trays: { get: {} }', operation: 'GET /trays', host: feed })).gives,
  ).toBe('passed');
});

test.each([
  ...[400, 401, 404, 429, 500].map((status) => [String(status), answer(status)] as const),
  ['a body that breaks off', answer(200, '{"a"', {}, 'cut off')] as const,
])('%s', async (_, other) => {
  const failing = (sent: Sent) => (sent.url.includes('?') ? other : host(without('nothing'))(sent));
  expect((await checkOn(pagesEnd, { paths: PATHS, operation: 'GET /trays', host: failing })).gives).toBe(
    'inconclusive',
  );
});
