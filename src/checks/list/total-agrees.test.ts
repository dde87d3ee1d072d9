import { expect, test } from 'vitest';
import { checkOn } from '../../testing/checks.js';
import { answer, type Sent } from '../../testing/host.js';
import { totalAgrees } from './total-agrees.js';

const PATHS = (description = 'Shows trays.', ofTotal = 'How many there are.') => `/trays:
  get:
    description: ${description}
    parameters:
      - { name: limit, in: query, schema: { type: integer } }
      - { name: page, in: query, schema: { type: integer, default: 1 } }
      - { name: colour, in: query, schema: { type: string, enum: [red, blue] } }
    responses:
      200:
        description: trays
        content: { application/json: { schema: { properties: { total: { description: ${ofTotal} } } } } }
`;
const TRAYS = Array.from({ length: 9 }, (_, id) => ({ id, colour: id % 3 === 0 ? 'blue' : 'red' }));

interface Asked {
  /** How many things are on the page, and how many meet the filter. */
  onPage: number;
  met: number;
  page: number;
  isFiltered: boolean;
  /** How many requests there were before. */
  before: number;
}

function host(total: (asked: Asked) => number, beside: Record<string, number> = {}) {
  let before = 0;
  return ({ url }: Sent) => {
    const query = new URL(url).searchParams;
    const [page, limit, colour] = [query.get('page') ?? 1, query.get('limit') ?? 9, query.get('colour')];
    const met = TRAYS.filter((tray) => colour === null || tray.colour === colour);
    const data = met.slice((Number(page) - 1) * Number(limit), Number(page) * Number(limit));
    const asked = {
      onPage: data.length,
      met: met.length,
      page: Number(page),
      isFiltered: colour !== null,
      before,
    };
    before += 1;
    return answer(200, { data, total: total(asked), ...beside });
  };
}

const on = async (given: (sent: Sent) => ReturnType<typeof answer>, paths = PATHS()) =>
  (await checkOn(totalAgrees, { paths, operation: 'GET /trays', host: given })).gives;

test.each<[what: string, total: (asked: Asked) => number, gives: string]>([
  ['how many there are', ({ met }) => met, 'passed'],
  ['how many are on the page', ({ onPage }) => onPage, 'other-total'],
  ['another number on another page', ({ met, page }) => met + (page === 3 ? 1 : 0), 'other-total'],
  ['one more than came', ({ met, isFiltered }) => met + (isFiltered ? 0 : 1), 'other-total'],
  ['those without the filter', () => 9, 'total-ignores-filter'],
  [
    'what changes all the time',
    ({ before, met, isFiltered }) => (isFiltered ? met : 9 + before),
    'inconclusive',
  ],
])('a total that is %s', async (_, total, gives) => {
  expect(await on(host(total))).toBe(gives);
});

test('a total that is no more than an estimate', async () => {
  const wrong = host(() => 20);
  expect(await on(wrong, PATHS('The total is approximate.'))).toBe('not-applicable');
  expect(await on(wrong, PATHS(undefined, 'About how many there are.'))).toBe('not-applicable');
  expect(await on(host(() => 20, { estimated: 1 }))).toBe('not-applicable');
  expect(await on(wrong, PATHS('All about trays.'))).toBe('other-total, total-ignores-filter');
});

test('a total beside which the number of those that meet the filter is said', async () => {
  expect(await on(host(() => 9, { filteredCount: 3 }))).toBe('passed');
});

test('a total that ignores the filter is seen where many things have the first value', async () => {
  const many = (sent: Sent) => {
    const colour = new URL(sent.url).searchParams.get('colour');
    const data = TRAYS.map(({ id }) => ({ id: id + 20, colour: 'red' }));
    return colour === 'red' ? answer(200, { data, total: 40 }) : host(() => 40)(sent);
  };
  const reversed = (sent: Sent) =>
    sent.url.includes('?') ? many(sent) : answer(200, { data: TRAYS.toReversed(), total: 40 });
  expect(await on(reversed)).toContain('total-ignores-filter');
});

test('answers without a total', async () => {
  expect(await on(() => answer(200, TRAYS))).toBe('not-applicable');
});

test.each([
  ...[400, 401, 404, 429, 500].map((status) => [String(status), answer(status)] as const),
  ['a body that breaks off', answer(200, '{"a"', {}, 'cut off')] as const,
])('%s', async (_, other) => {
  const right = host(({ met }) => met);
  expect(await on((sent) => (sent.url.includes('?') ? other : right(sent)))).toBe('inconclusive');
});

test('a total that ignores the filter is seen also where the list changes all the time', async () => {
  expect(await on(host(({ isFiltered, before }) => (isFiltered ? 99 : 9 + before)))).toBe(
    'total-ignores-filter',
  );
});

test('a total that is less than what has come is wrong, wherever the end of the list is', async () => {
  const long =
    (total: (onPage: number) => number) =>
    ({ url }: Sent) => {
      const query = new URL(url).searchParams;
      const [page, limit] = [Number(query.get('page') ?? 1), Number(query.get('limit') ?? 20)];
      const data = Array.from({ length: limit }, (_, index) => ({ id: (page - 1) * limit + index }));
      return answer(200, { data, total: total(data.length) });
    };
  expect([await on(long(() => 842)), await on(long((onPage) => onPage))]).toEqual(['passed', 'other-total']);
});
