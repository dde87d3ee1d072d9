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
import { pagesLose } from './pages-lose.js';

const on = async (style: Style, host: (sent: Sent) => ReturnType<typeof answer>) =>
  (await checkOn(pagesLose, { paths: traysPaths(style), operation: 'GET /trays', host })).gives;

test.each(ALL_STYLES)('by %s', async (style) => {
  for (const given of [
    {},
    { silent: true },
    { silent: true, ids: NINE.slice(0, 8) },
    { clamps: true, silent: true },
  ]) {
    expect(await on(style, trays(style, given))).toBe('passed');
  }
  expect(await on(style, trays(style, { shift: 1 }))).toBe('lost');
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

test('a list that is too long to be walked to its end is looked at in pages that are smaller than the own one', async () => {
  const losing =
    (lost: number) =>
    ({ url }: Sent) => {
      const query = new URL(url).searchParams;
      const [page, limit] = [Number(query.get('page') ?? 1), Number(query.get('limit') ?? 20)];
      const start = (page - 1) * limit + (page > 1 ? lost : 0);
      const data = Array.from({ length: page * limit - start }, (_, index) => ({ id: start + index }));
      return answer(200, { data, total: 842 });
    };
  const paths = `/trays:
  get:
    parameters:
      - { name: limit, in: query, schema: { type: integer, default: 20 } }
      - { name: page, in: query, schema: { type: integer, default: 1 } }
    responses: { '200': { description: trays } }
`;
  const of = async (lost: number) =>
    (await checkOn(pagesLose, { paths, operation: 'GET /trays', host: losing(lost) })).gives;
  expect([await of(0), await of(1)]).toEqual(['passed', 'lost']);
});

const PAGED = `/trays:
  get:
    parameters:
      - { name: limit, in: query, schema: { type: integer } }
      - { name: page, in: query, schema: { type: integer, default: 1 } }
`;
interface Shown {
  /** The ids of the large page, of all small pages, and of the large page once more. */
  before?: readonly number[];
  small?: readonly number[];
  after?: readonly number[] | ReturnType<typeof answer>;
  isCounted?: boolean;
}
const ONE_TO_NINE = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const things = (ids: readonly number[]) => ids.map((id) => ({ id }));

/** A check of a list that shows these things, one time after the other. */
async function losing({ before = ONE_TO_NINE, small = before, after = before, isCounted = true }: Shown) {
  let large = 0;
  const total = isCounted ? { total: small.length } : {};
  const { gives, why, messages } = await checkOn(pagesLose, {
    ...{ paths: PAGED, operation: 'GET /trays' },
    host: ({ url }) => {
      const query = new URL(url).searchParams;
      if (query.has('limit')) {
        const [page, limit] = [Number(query.get('page') ?? 1), Number(query.get('limit'))];
        return answer(200, { data: things(small.slice((page - 1) * limit, page * limit)), ...total });
      }
      const shown = (large += 1) === 1 ? before : after;
      return 'status' in shown ? shown : answer(200, { data: things(shown), ...total });
    },
  });
  return { gives, why, messages };
}
const without = (...ids: number[]) => ONE_TO_NINE.filter((id) => !ids.includes(id));
const CHANGED = 'the list has changed in the meantime';

test.each<[what: string, shown: Shown, gives: string]>([
  ['lack one between others', { small: without(4) }, 'lost'],
  ['lack two between others', { small: without(4, 6) }, 'lost'],
  ['lack the first one', { small: without(1) }, 'passed'],
  ['lack the last one', { small: without(9) }, 'passed'],
  ['have none of them', { small: [11, 12, 13, 14, 15, 16, 17, 18, 19] }, 'passed'],
  ['lack one that is gone', { small: without(4), after: without(4) }, 'passed'],
  ['lack one, and others came before', { small: without(4), after: [0, ...ONE_TO_NINE] }, 'lost'],
  ['lack one, and the last was pushed out', { small: without(4), after: [0, ...without(9)] }, 'lost'],
  ['lack one, and another one is gone', { small: without(4), after: without(2) }, 'inconclusive'],
  [
    'lack one, and the order is another',
    { small: without(4), after: [1, 3, 2, 4, 5, 6, 7, 8, 9] },
    'inconclusive',
  ],
  [
    'lack one, and another moved to the end',
    { small: without(4), after: [...without(2), 2] },
    'inconclusive',
  ],
])('small pages that %s', async (_, shown, gives) => {
  expect((await losing(shown)).gives).toBe(gives);
});

test('how many are lost, and of how many pages, is said, and that a list has changed', async () => {
  expect((await losing({ small: without(4, 6) })).messages).toEqual([
    '2 things that are between others on one large page are on none of 4 small ones',
  ]);
  expect((await losing({ small: without(4), after: without(2) })).why).toBe(CHANGED);
});

test.each([
  ['does not come', answer(500)],
  ['has things without ids', answer(200, { data: [{ name: 'a' }] })],
])('a large page that %s once more', async (_, after) => {
  expect((await losing({ small: without(4), after })).gives).toBe('inconclusive');
});

test('pages in another order that do not come to an end show nothing', async () => {
  const mixed = [3, 1, 2, 5, 4, 6, 7, 8, 9];
  const more = Array.from({ length: 9 }, (_, index) => 10 + index);
  const found = await losing({ small: [...mixed, ...more], isCounted: false });
  expect(found.why).toBe('the pages have another order, and did not come to an end');
  const inOrder = [...ONE_TO_NINE, ...more];
  expect((await losing({ small: inOrder, isCounted: false })).gives).toBe('passed');
  expect((await losing({ small: inOrder.filter((id) => id !== 4), isCounted: false })).gives).toBe('lost');
  expect((await losing({ small: mixed })).gives).toBe('passed');
});

test('where no second page comes, nothing is lost', async () => {
  const host = ({ url }: Sent) =>
    url.includes('page=') ? answer(500) : answer(200, { data: things(ONE_TO_NINE), total: 9 });
  const found = await checkOn(pagesLose, { paths: PAGED, operation: 'GET /trays', host });
  expect([found.gives, found.why]).toEqual(['inconclusive', 'no second page came']);
});

test.each<[what: string, paths: string, path: string, why: string]>([
  ['no size', '/trays: { get: {} }', '/trays', 'the contract names no parameter for the size of a page'],
  ['a later page', PAGED, '/trays?page=2', 'the page that is known is not the first one'],
])('a list with %s is not walked', async (_, paths, path, why) => {
  const host = () => answer(200, { data: things(ONE_TO_NINE) });
  const found = await checkOn(pagesLose, { paths, path, operation: 'GET /trays', host });
  expect([found.gives, found.why, found.calls]).toEqual(['not-applicable', why, []]);
});

test('two pages are enough, and a thing that comes twice is in no order', async () => {
  expect((await losing({ before: [1, 2, 3, 4], small: [1, 3, 4] })).gives).toBe('lost');
  const more = Array.from({ length: 15 }, (_, index) => 10 + index);
  const twice = await losing({ small: [1, 2, 2, 3, 5, ...more], isCounted: false });
  expect(twice.why).toBe('the pages have another order, and did not come to an end');
});

test('the large page is asked for once more, whoever has asked for it before', async () => {
  const host = ({ url }: Sent) => {
    const query = new URL(url).searchParams;
    const [page, limit] = [Number(query.get('page') ?? 1), Number(query.get('limit') ?? 9)];
    return answer(200, { data: things(ONE_TO_NINE.slice((page - 1) * limit, page * limit)), total: 9 });
  };
  const found = await checkOn(pagesLose, { paths: PAGED, operation: 'GET /trays', times: 2, host });
  expect([found.gives, found.calls]).toEqual(['passed', ['GET /trays']]);
});
