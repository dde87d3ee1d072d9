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
