import { expect, test } from 'vitest';
import type { JsonObject } from '../../json.js';
import { checkOn } from '../../testing/checks.js';
import { answer, type Sent } from '../../testing/host.js';
import { sortHolds } from './sort-holds.js';

const SORT = (values: string) => `{ name: sort, in: query, schema: { type: string, enum: [${values}] } }`;
const PATHS = (...parameters: string[]) => `/boats: { get: { parameters: [${parameters.join(', ')}] } }`;
const BOTH = SORT('berths, -berths');
const BOATS = [
  { id: 1, berths: 9, built: '2001-05-01', name: 'Émile' },
  { id: 2, berths: 10, built: '1999-01-01', name: 'Anna' },
  { id: 3, berths: null, built: null, name: 'otter' },
  { id: 4, berths: 2, built: '2010-01-01', name: 'Zora' },
  { id: 5, berths: 9, built: '1999-01-01', name: 'anna' },
];
type Boat = (typeof BOATS)[number];
type Host = (sent: Sent) => ReturnType<typeof answer>;
const query = ({ url }: Sent) => new URL(url).searchParams;

/** Sorts as it is asked to, by a key of the boats; the boats without one come last. */
function host(
  keyOf: (boat: Boat) => number | string | null,
  isDown: (asked: URLSearchParams) => boolean,
): Host {
  return (sent) => {
    if (!query(sent).has('sort')) return answer(200, BOATS);
    const sign = isDown(query(sent)) ? -1 : 1;
    const sorted = BOATS.toSorted((a, b) => {
      const [one, other] = [keyOf(a), keyOf(b)];
      if (one === other) return 0;
      if (one === null) return 1;
      return other === null ? -1 : one < other ? -sign : sign;
    });
    return answer(200, sorted);
  };
}
const byBerths = ({ berths }: Boat) => berths;
const isMinus = (asked: URLSearchParams) => asked.get('sort')?.startsWith('-') ?? false;
const other =
  (reply: ReturnType<typeof answer>): Host =>
  (sent) =>
    query(sent).has('sort') ? reply : answer(200, BOATS);

test.each<[what: string, parameters: string[], host: Host, gives: string]>([
  ['sorts numbers both ways', [BOTH], host(byBerths, isMinus), 'passed'],
  [
    'sorts numbers as texts',
    [BOTH],
    host(({ berths }) => (berths === null ? null : String(berths)), isMinus),
    'not-in-order',
  ],
  ['ignores the order', [BOTH], () => answer(200, BOATS), 'not-in-order'],
  ['only goes up', [BOTH], host(byBerths, () => false), 'not-in-order'],
  ['goes down where nothing says that it goes up', [SORT('berths')], host(byBerths, () => true), 'passed'],
  ['is in no order where nothing says which', [SORT('berths')], () => answer(200, BOATS), 'not-in-order'],
  [
    'sorts dates',
    [SORT('built_asc, built_desc')],
    host(
      ({ built }) => built,
      (asked) => asked.get('sort') === 'built_desc',
    ),
    'passed',
  ],
  ['does not sort dates', [SORT('built_asc')], () => answer(200, BOATS), 'not-in-order'],
  [
    'takes the direction apart',
    [SORT('berths'), '{ name: direction, in: query, schema: { type: string, enum: [asc, desc] } }'],
    host(byBerths, (asked) => asked.get('direction') !== 'asc'),
    'passed',
  ],
  [
    'has a direction that nobody describes',
    [SORT('berths'), '{ name: direction, in: query, schema: { type: string } }'],
    () => answer(200, BOATS),
    'not-applicable',
  ],
  ['sorts names', [SORT('name, -name')], () => answer(200, BOATS), 'not-applicable'],
  [
    'describes it',
    ['{ name: sort, in: query, schema: { type: string, description: "By `berths` or `-berths`" } }'],
    () => answer(200, BOATS),
    'not-in-order',
  ],
  ['has no order', [], () => answer(200, BOATS), 'not-applicable'],
  ['has two things', [BOTH], () => answer(200, BOATS.slice(0, 2)), 'not-applicable'],
  ['has dates that are written differently', [SORT('at, -at')], () => answer(200, times()), 'not-applicable'],
  ...[400, 401, 404, 429, 500].map((status): [string, string[], Host, string] => [
    `answers ${status}`,
    [BOTH],
    other(answer(status)),
    'inconclusive',
  ]),
  ['breaks off', [BOTH], other(answer(200, '{"a"', {}, 'cut off')), 'inconclusive'],
])('a host that %s', async (_, parameters, given, gives) => {
  const found = await checkOn(sortHolds, {
    paths: PATHS(...parameters),
    operation: 'GET /boats',
    host: given,
  });
  expect(found.gives).toBe(gives);
});

function times(): JsonObject[] {
  return ['2001-01-01T10:00:00Z', '2001-01-01T10:00:00+02:00', '2001-01-01T09:00:00.5Z'].map((at, id) => ({
    id,
    at,
  }));
}

test('numbers are looked at first, on a page with many things', async () => {
  const { calls } = await checkOn(sortHolds, {
    paths: PATHS(
      SORT('built, -built, berths, -berths'),
      '{ name: limit, in: query, schema: { type: integer, maximum: 40 } }',
    ),
    operation: 'GET /boats',
    host: host(byBerths, isMinus),
  });
  expect(calls).toEqual(['GET /boats?sort=berths&limit=40', 'GET /boats?sort=-berths&limit=40']);
});

const LIMIT = (more = '') => `{ name: limit, in: query, schema: { type: integer${more} } }`;

test.each<[parameters: string[], calls: string[]]>([
  [[SORT('-berths, berths')], ['?sort=berths', '?sort=-berths']],
  [[SORT('berths_desc, berths')], ['?sort=berths', '?sort=berths_desc']],
  [[SORT('berths_desc')], ['?sort=berths_desc']],
  [[SORT('berths'), LIMIT()], ['?sort=berths&limit=50']],
  [[SORT('berths'), LIMIT(', maximum: 90')], ['?sort=berths&limit=50']],
])('with %j, first is asked what goes up, then the opposite', async (parameters, calls) => {
  const found = await checkOn(sortHolds, {
    ...{ paths: PATHS(...parameters), operation: 'GET /boats' },
    host: host(byBerths, (asked) => /^-|desc/.test(asked.get('sort') ?? '')),
  });
  expect([found.gives, found.calls]).toEqual(['passed', calls.map((call) => `GET /boats${call}`)]);
});

test('what others change all the time is not held to an order', async () => {
  const data = [3, 1, 2].map((updated, id) => ({ id, updated }));
  const found = await checkOn(sortHolds, {
    ...{ paths: PATHS(SORT('updated, -updated')), operation: 'GET /boats', host: () => answer(200, data) },
  });
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test('one of two orders is enough to judge by', async () => {
  const up = host(byBerths, () => false);
  const found = await checkOn(sortHolds, {
    ...{ paths: PATHS(BOTH), operation: 'GET /boats' },
    host: (sent) => (isMinus(query(sent)) ? answer(400) : up(sent)),
  });
  expect(found.gives).toBe('passed');
});

test('the member and the parameter are named', async () => {
  const of = { paths: PATHS(BOTH), operation: 'GET /boats', host: () => answer(200, BOATS) };
  expect((await checkOn(sortHolds, of)).messages).toEqual([
    'the things are not in the order of ‘berths’ that was asked for with ‘sort’',
  ]);
});

test.each<[values: string, calls: string[]]>([
  ['berths, -built', ['?sort=berths']],
  ['berths_asc, +berths', ['?sort=berths_asc']],
])('of %s none is the opposite of the other', async (values, calls) => {
  const found = await checkOn(sortHolds, {
    ...{ paths: PATHS(SORT(values)), operation: 'GET /boats' },
    host: host(byBerths, () => false),
  });
  expect([found.gives, found.calls]).toEqual(['passed', calls.map((call) => `GET /boats${call}`)]);
});

test('what is no list has no order', async () => {
  const of = { paths: PATHS(BOTH), operation: 'GET /boats', host: () => answer(200, { name: 'Anna' }) };
  expect(await checkOn(sortHolds, of)).toMatchObject({ gives: 'not-applicable', calls: [] });
});
