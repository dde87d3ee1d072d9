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
