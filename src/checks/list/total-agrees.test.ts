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

type Answers = ReturnType<typeof answer>;
/** A list of trays without pages, that answers so to a filter. */
const filtered = (toFilter: Answers, paths = PATHS()) =>
  on(({ url }) => (url.includes('colour') ? toFilter : answer(200, { data: TRAYS, total: 9 })), paths);
const blue = TRAYS.filter(({ colour }) => colour === 'blue');

test.each<[what: string, toFilter: Answers, gives: string]>([
  ['is that of the page', answer(200, { data: blue, total: 3 }), 'passed'],
  ['is another one', answer(200, { data: blue, total: 9 }), 'total-ignores-filter'],
  ['is not there', answer(200, { data: blue }), 'passed'],
  [
    'is another one, with a next page',
    answer(200, { data: blue, total: 9, next: '/trays?page=2' }),
    'passed',
  ],
  ['is another one, of a full page', answer(200, { data: TRAYS, total: 12 }), 'passed'],
  [
    'is another one, where others came as well',
    answer(200, { data: [...blue, TRAYS[1] ?? null], total: 9 }),
    'passed',
  ],
  [
    'is another one, beside that of what was found',
    answer(200, { data: blue, total: 9, meta: { hits: 3 } }),
    'passed',
  ],
  [
    'is another one, beside another number',
    answer(200, { data: blue, total: 9, found: 4, size: 3 }),
    'total-ignores-filter',
  ],
  [
    'is another one, of as many things as the plain page has',
    answer(200, { data: TRAYS.map(({ id }) => ({ id: id + 20, colour: 'blue' })), total: 12 }),
    'passed',
  ],
  ['is another one, beside null', answer(200, { data: blue, total: 9, note: null }), 'total-ignores-filter'],
  ['is another one, in a header', answer(200, blue, { 'x-total-count': '9' }), 'total-ignores-filter'],
  ['does not come', answer(500, { data: blue, total: 9 }), 'passed'],
])('a total with a filter that %s', async (_, toFilter, gives) => {
  expect(await filtered(toFilter)).toBe(gives);
});

test('a filter is tried by the value that the fewest have, and by few values', async () => {
  const colours = ['red', 'red', 'red', 'blue', 'blue', 'green', 'green', 'green', 'green'];
  const trays = colours.map((colour, id) => ({ id, colour }));
  const found = await checkOn(totalAgrees, {
    ...{ paths: PATHS().replace('[red, blue]', '[red, blue, green]'), operation: 'GET /trays' },
    host: ({ url }) => (url.includes('colour') ? answer(404) : answer(200, { data: trays, total: 9 })),
  });
  expect(found.calls.filter((call) => call.includes('colour'))).toEqual([
    'GET /trays?colour=blue',
    'GET /trays?colour=red',
  ]);
});

test('things that come twice, or have no id, are not counted', async () => {
  const twice = TRAYS.map((tray, index) => (index === 8 ? { ...tray, id: 0 } : tray));
  for (const trays of [
    twice,
    TRAYS.map(({ colour }) => ({ colour })),
    TRAYS.map((tray, index) => (index === 8 ? { colour: 'red' } : tray)),
  ])
    expect(
      await on(({ url }) => {
        const query = new URL(url).searchParams;
        const [page, limit] = [Number(query.get('page') ?? 1), Number(query.get('limit') ?? 9)];
        const found = trays.filter(({ colour }) => (query.get('colour') ?? colour) === colour);
        const total = query.has('colour') ? found.length : 20;
        return answer(200, { data: found.slice((page - 1) * limit, page * limit), total });
      }),
    ).toBe('passed');
});

test('how many the total should be is said', async () => {
  const messagesOf = async (total: (asked: Asked) => number) =>
    (await checkOn(totalAgrees, { paths: PATHS(), operation: 'GET /trays', host: host(total) })).messages;
  expect(await messagesOf(({ met, isFiltered }) => met + (isFiltered ? 0 : 1))).toEqual([
    'the total is 10 on one page, and it should be 9',
  ]);
  expect(await messagesOf(({ met, page }) => met + (page === 3 ? 1 : 0))).toEqual([
    'the total is 10 on one page, and it should be 9',
  ]);
  expect(await messagesOf(() => 9)).toEqual([
    'the total is 9 where 3 things meet the filter and all of them are on the page',
  ]);
});

test('what is no list has no total', async () => {
  expect(await on(() => answer(200, { name: 'a' }))).toBe('not-applicable');
});

/** Pages that have their own totals; one that is undefined has none. */
const totals =
  (totalOf: (page: number, time: number) => number | undefined) =>
  (again?: Answers): ((sent: Sent) => Answers) => {
    const times = new Map<string, number>();
    return ({ url }) => {
      const query = new URL(url).searchParams;
      const time = (times.get(url) ?? 0) + 1;
      times.set(url, time);
      if (time > 1 && again) return again;
      if (query.has('colour')) return answer(404);
      const [page, limit] = [Number(query.get('page') ?? 1), Number(query.get('limit') ?? 9)];
      const total = query.has('limit') ? totalOf(page, time) : 9;
      return answer(200, {
        data: TRAYS.slice((page - 1) * limit, page * limit),
        ...(total === undefined ? {} : { total }),
      });
    };
  };

test.each<[what: string, totalOf: (page: number, time: number) => number | undefined, gives: string]>([
  ['is missing on the first page', (page) => (page === 1 ? undefined : 9), 'passed'],
  ['is missing on a later page', (page) => (page === 3 ? undefined : 9), 'passed'],
  ['was another one on a later page', (page, time) => (page === 3 && time === 1 ? 10 : 9), 'inconclusive'],
  ['was another one on the first page', (page, time) => (page === 1 && time > 1 ? 9 : 10), 'inconclusive'],
])('a total that %s', async (_, totalOf, gives) => {
  expect(await on(totals(totalOf)())).toBe(gives);
});

test('a total that cannot be looked at again is not said to be another one', async () => {
  expect(await on(totals(() => 10)(answer(500)))).toBe('inconclusive');
});

test('along links, neither an empty page nor as many things as are counted show another total', async () => {
  const linked =
    (totalOf: (start: number) => number, end: number) =>
    ({ url }: Sent) => {
      const start = Number(new URL(url).searchParams.get('after') ?? 0);
      const data = Array.from({ length: start < end ? 2 : 0 }, (_, index) => ({ id: start + index }));
      return answer(200, {
        data,
        total: totalOf(start),
        next: start < end ? `/trays?after=${start + 2}` : null,
      });
    };
  expect(
    await on(
      linked((start) => (start < 4 ? 4 : 0), 4),
      '/trays: { get: {} }',
    ),
  ).toBe('passed');
  expect(
    await on(
      linked(() => 16, 90),
      '/trays: { get: {} }',
    ),
  ).toBe('passed');
  expect(
    await on(
      linked(() => 15, 90),
      '/trays: { get: {} }',
    ),
  ).toBe('other-total');
});
