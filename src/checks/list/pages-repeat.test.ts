import { expect, test } from 'vitest';
import { checkOn } from '../../testing/checks.js';
import { answer, type Sent } from '../../testing/host.js';
import {
  ALL_STYLES,
  changingTrays,
  NINE,
  NO_PAGES,
  trays,
  traysPaths,
  type Style,
} from '../../testing/trays.js';
import { pagesRepeat } from './pages-repeat.js';

const on = async (style: Style, host: (sent: Sent) => ReturnType<typeof answer>) =>
  (await checkOn(pagesRepeat, { paths: traysPaths(style), operation: 'GET /trays', host })).gives;

test.each(ALL_STYLES)('by %s', async (style) => {
  for (const given of [
    {},
    { silent: true },
    { silent: true, ids: NINE.slice(0, 8) },
    { clamps: true, silent: true },
  ]) {
    expect(await on(style, trays(style, given))).toBe('passed');
  }
  expect(await on(style, trays(style, { shift: -1 }))).toBe('repeated');
});

test('a page that is no other one than the first', async () => {
  expect(await on('page', () => answer(200, { data: NINE.map((id) => ({ id })) }))).toBe('inconclusive');
  const ignoring = ({ url }: Sent) =>
    answer(200, {
      data: NINE.slice(0, Number(new URL(url).searchParams.get('limit') ?? 9)).map((id) => ({ id })),
    });
  expect(await on('page', ignoring)).toBe('repeated');
  expect(await on('offset', ignoring)).toBe('repeated');
});

test('a list that others add to and take from', async () => {
  for (const style of ALL_STYLES) {
    for (const host of changingTrays(style)) expect(await on(style, host)).toMatch(/inconclusive|passed/);
  }
});

test.each(NO_PAGES)('%s', async (_, other) => {
  const host = (sent: Sent) => (sent.url.includes('?') ? other : trays('page')(sent));
  expect(await on('page', host)).toBe('inconclusive');
});

test('things without ids of their own', async () => {
  for (const things of [[{ name: 'a' }], [{ id: 1 }, { id: 1 }]]) {
    expect(await on('page', () => answer(200, { data: things }))).toBe('not-applicable');
  }
});

const PAGED = `/trays:
  get:
    parameters:
      - { name: limit, in: query, schema: { type: integer } }
      - { name: page, in: query, schema: { type: integer, default: 1 } }
`;
/** A check of a list of these pages; from the first repetition of a request on it is answered so. */
async function repeating(pages: number[][], again?: ReturnType<typeof answer>) {
  const asked = new Set<string>();
  const { gives, why, messages, calls } = await checkOn(pagesRepeat, {
    ...{ paths: PAGED, operation: 'GET /trays' },
    host: ({ url }) => {
      if (asked.has(url) && again) return again;
      asked.add(url);
      const query = new URL(url).searchParams;
      const ids = query.has('limit') ? (pages[Number(query.get('page') ?? 1) - 1] ?? []) : NINE;
      return answer(200, { data: ids.map((id) => ({ id })) });
    },
  });
  return { gives, why, messages, calls: calls.map((call) => call.replace('GET /trays', '')) };
}

test('how many things are repeated, and on how many pages, is said', async () => {
  const found = await repeating([
    [1, 2],
    [2, 3],
    [3, 4, 1],
  ]);
  expect(found.messages).toEqual(['3 things are on more than one of 3 pages']);
  expect(found.calls.at(-1)).toBe('?limit=2');
});

test('the earlier page of a thing is asked for once more', async () => {
  const { gives, calls } = await repeating([
    [1, 2],
    [3, 4],
    [5, 4],
  ]);
  expect([gives, calls.at(-1)]).toEqual(['repeated', '?page=2&limit=2']);
});

test('what is twice on one page only is not repeated on another', async () => {
  expect(
    (
      await repeating([
        [1, 1],
        [2, 3],
      ])
    ).gives,
  ).toBe('passed');
});

test.each([
  ['has moved', answer(200, { data: [{ id: 1 }] }), 'the list has changed in the meantime'],
  ['cannot be looked for again', answer(500), 'it did not answer with a page'],
])('a thing that %s is not said to be repeated', async (_, again, why) => {
  expect(
    await repeating(
      [
        [1, 2],
        [2, 3],
      ],
      again,
    ),
  ).toMatchObject({ gives: 'inconclusive', why });
});

test('where no second page comes, nothing is repeated', async () => {
  const host = ({ url }: Sent) =>
    url.includes('page=') ? answer(500) : answer(200, { data: NINE.map((id) => ({ id })) });
  const found = await checkOn(pagesRepeat, { paths: PAGED, operation: 'GET /trays', host });
  expect(found).toMatchObject({ gives: 'inconclusive', why: 'no second page came' });
});

test('a second page that is the first one is one that repeats where links lead to it', async () => {
  const host = ({ url }: Sent) =>
    answer(200, { data: NINE.map((id) => ({ id })), next: url.includes('page=2') ? null : '/trays?page=2' });
  const found = await checkOn(pagesRepeat, { paths: PAGED, operation: 'GET /trays', host });
  expect(found.gives).toBe('repeated');
});

test('things without ids on the pages are none that come twice', async () => {
  const host = ({ url }: Sent) => {
    const query = new URL(url).searchParams;
    const page = Number(query.get('page') ?? 1);
    const small = page < 3 ? [{ id: page }, { name: 'a' }] : [];
    return answer(200, { data: query.has('limit') ? small : NINE.map((id) => ({ id })) });
  };
  const found = await checkOn(pagesRepeat, { paths: PAGED, operation: 'GET /trays', host });
  expect(found.gives).toBe('passed');
});

test('pages that nothing counts are led to by links', async () => {
  const host = ({ url }: Sent) =>
    answer(200, {
      data: url.includes('after') ? [{ id: 3 }, { id: 2 }] : [{ id: 1 }, { id: 2 }],
      next: url.includes('after') ? null : '/trays?after=2',
    });
  const found = await checkOn(pagesRepeat, { paths: '/trays: { get: {} }', operation: 'GET /trays', host });
  expect(found.gives).toBe('repeated');
});

test('a cursor is not shown', async () => {
  const paths = '/trays: { get: { parameters: [{ name: cursor, in: query, schema: { type: string } }] } }';
  const host = ({ url }: Sent) =>
    answer(200, url.includes('cursor') ? { data: [{ id: 3 }] } : { data: [{ id: 1 }], nextCursor: 'c7' });
  const { sent } = await checkOn(pagesRepeat, { paths, operation: 'GET /trays', host });
  expect(sent.map(({ shown }) => new URL(shown).searchParams.get('cursor'))).toEqual([null, '‹cursor›']);
});
