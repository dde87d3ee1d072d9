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

const endOn = async (given: (sent: Sent) => ReturnType<typeof answer>, paths = PATHS) => {
  const { gives, why, calls } = await checkOn(pagesEnd, { paths, operation: 'GET /trays', host: given });
  return { gives, why, calls: calls.map((call) => call.replace('GET /trays', '')) };
};

test('what is no list has no pages', async () => {
  expect(await endOn(() => answer(200, { name: 'a' }))).toEqual({
    ...{ gives: 'not-applicable', why: 'it lists nothing', calls: [] },
  });
});

test('a cursor for which there is no parameter leads nowhere', async () => {
  const { gives, why } = await endOn(() => answer(200, { data: TRAYS, nextCursor: 'c' }));
  expect([gives, why]).toEqual(['inconclusive', 'no second page came']);
});

test('a link that has lost something is seen also where it does not work', async () => {
  const broken = (sent: Sent) => (sent.url.includes('offset') ? answer(500) : host(without('limit'))(sent));
  expect((await endOn(broken)).gives).toBe('drops-parameter');
});

test('where the size is lost, no filter is tried', async () => {
  const { calls } = await endOn(host(without('limit')));
  expect(calls.filter((call) => call.includes('colour'))).toEqual([]);
});

test('a page that comes again and leads elsewhere, or nowhere, is no circle', async () => {
  const again = (next: (offset: number) => string | null) =>
    endOn(({ url }) => {
      const offset = Number(new URL(url).searchParams.get('offset') ?? 0);
      return answer(200, { data: TRAYS.slice(0, 2), next: next(offset) });
    }, '/trays: { get: {} }');
  expect((await again((offset) => `/trays?offset=${offset + 2}`)).gives).toBe('passed');
  expect((await again((offset) => (offset === 0 ? '/trays?offset=2' : null))).gives).toBe('passed');
  expect((await again(() => '/trays?offset=2')).gives).toBe('no-end');
});

test('a circle is seen also where the pages between were others', async () => {
  const round = ({ url }: Sent) => {
    const offset = Number(new URL(url).searchParams.get('offset') ?? 0);
    return answer(200, { data: TRAYS.slice(offset, offset + 2), next: `/trays?offset=${(offset + 2) % 6}` });
  };
  expect((await endOn(round, '/trays: { get: {} }')).gives).toBe('no-end');
});

test('the filter is tried by a value that few things have, but more than one, on a page of one less', async () => {
  expect((await endOn(host(without('nothing')))).calls.at(-1)).toBe('?limit=2&colour=blue');
  const colours = ['red', 'blue', 'green', 'red', 'green', 'red', 'red', 'green'];
  const trays = colours.map((colour, id) => ({ id, colour }));
  const green = PATHS.replace('[red, blue]', '[red, blue, green]');
  const plain = ({ url }: Sent) =>
    answer(200, { data: trays, ...(url.includes('offset') ? {} : { next: '/trays?limit=2&offset=8' }) });
  expect((await endOn(plain, green)).calls.at(-1)).toBe('?limit=2&colour=green');
  const many = ({ url }: Sent) =>
    answer(200, {
      data: Array.from({ length: 20 }, (_, id) => ({ id, colour: id < 10 ? 'red' : 'blue' })),
      ...(url.includes('offset') ? {} : { next: '/trays?limit=4&offset=20' }),
    });
  expect((await endOn(many)).calls.at(-1)).toBe('?limit=5&colour=red');
});

test.each<[what: string, paths: string]>([
  ['a switch', PATHS.replace('{ type: string, enum: [red, blue] }', '{ type: boolean }')],
  ['a value of one thing', PATHS],
])('%s is not tried as a filter', async (_, paths) => {
  const values = paths === PATHS ? ['red', 'blue'] : [true, true, false, false];
  const data = values.map((colour, id) => ({ id, colour }));
  const plain = ({ url }: Sent) =>
    answer(200, { data, ...(url.includes('offset') ? {} : { next: '/trays?limit=1&offset=4' }) });
  const { gives, calls } = await endOn(plain, paths);
  expect([gives, calls.some((call) => call.includes('colour='))]).toEqual(['passed', false]);
});

test.each<[what: string, change: (data: typeof TRAYS) => typeof TRAYS]>([
  ['is not applied', () => TRAYS],
  ['gives nothing', () => []],
])('a filter that %s is not said to be lost', async (_, change) => {
  const given = (sent: Sent) =>
    sent.url.includes('colour=')
      ? answer(200, { data: change(TRAYS), next: '/trays?limit=2&offset=2' })
      : host(without('nothing'))(sent);
  expect((await endOn(given)).gives).toBe('passed');
});

test('a link to another path says nothing of what it has lost', async () => {
  const elsewhere: Linked = (query, start) => `/v1${without('limit')(query, start)}`;
  expect((await endOn(host(elsewhere))).gives).toBe('passed');
  expect((await endOn(host(() => 'https://[/trays'))).gives).toBe('passed');
});

test('behind a filtered page that only the host can read, only two further ones are looked at', async () => {
  const trays = Array.from({ length: 30 }, (_, id) => ({ id, colour: id < 26 ? 'red' : 'blue' }));
  const late = ({ url }: Sent) => {
    const query = new URL(url).searchParams;
    if (query.has('offset')) return answer(200, { data: [] });
    const place = Number(/\d/.exec(query.get('cursor') ?? '')?.[0] ?? 0);
    if (place === 0 && !query.has('colour'))
      return answer(200, { data: trays, next: '/trays?limit=6&offset=30' });
    const data = place < 3 ? trays.slice(26 + place, 27 + place) : trays.slice(0, 1);
    return answer(200, { data, next: `/trays?limit=3&cursor=x${place + 1}y` });
  };
  const { gives, calls } = await endOn(late);
  expect([gives, calls.slice(-3)]).toEqual([
    'passed',
    ['?limit=3&colour=blue', '?limit=3&cursor=x1y', '?limit=3&cursor=x2y'],
  ]);
});

test('cursors lead from page to page where there is a parameter for them', async () => {
  const paths = '/trays: { get: { parameters: [{ name: cursor, in: query, schema: { type: string } }] } }';
  const { gives, calls } = await endOn(({ url }) => {
    const place = Number(new URL(url).searchParams.get('cursor') ?? 0);
    return answer(200, {
      data: TRAYS.slice(place, place + 3),
      ...(place < 6 ? { nextCursor: `${place + 3}` } : {}),
    });
  }, paths);
  expect([gives, calls]).toEqual(['passed', ['', '?cursor=3', '?cursor=6']]);
});

test('a later page that is the first one again, and leads elsewhere, is no circle', async () => {
  const { gives } = await endOn(({ url }) => {
    const offset = Number(new URL(url).searchParams.get('offset') ?? 0);
    const start = offset === 4 ? 0 : offset;
    return answer(200, { data: TRAYS.slice(start, start + 2), next: `/trays?offset=${offset + 2}` });
  }, '/trays: { get: {} }');
  expect(gives).toBe('passed');
});

test('a filtered page behind which there is none shows nothing of its link', async () => {
  const whole = (sent: Sent) =>
    sent.url.includes('colour=')
      ? answer(200, { data: TRAYS.filter(({ colour }) => colour === 'blue') })
      : host(without('nothing'))(sent);
  expect((await endOn(whole)).gives).toBe('passed');
});
