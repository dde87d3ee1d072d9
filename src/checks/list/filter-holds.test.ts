import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../json.js';
import { checkOn } from '../../testing/checks.js';
import { answer, type Sent } from '../../testing/host.js';
import { filterHolds } from './filter-holds.js';
import { filterWorks } from './filter-works.js';

const PATHS = (name: string, schema: string) =>
  `/boats: { get: { parameters: [{ name: ${name}, in: query, schema: ${schema} }] } }`;
const KIND = '{ type: string, enum: [sail, sailing, row] }';
const BOATS = [
  { id: 1, kind: 'row', name: 'Anna', berths: 2, sold: false, notes: ['ask Otto'] },
  { id: 2, kind: 'sail', name: 'Otto', berths: 4, sold: true, notes: [] },
  { id: 3, kind: 'sailing', name: 'Möwe', berths: 6, sold: false, notes: [] },
];
type Boat = (typeof BOATS)[number];
type Keeps = (boat: Boat, value: string) => boolean;

test.each<[what: string, name: string, schema: string, keeps: Keeps, gives: string]>([
  ['takes the choice exactly', 'kind', KIND, (boat, value) => boat.kind === value, 'passed'],
  [
    'takes what begins like the choice',
    'kind',
    KIND,
    (boat, value) => boat.kind.startsWith(value),
    'lets-others-through',
  ],
  ['ignores the choice', 'kind', KIND, () => true, 'inconclusive'],
  [
    'ignores the choice for some values only',
    'kind',
    KIND,
    (boat, value) => value === 'sail' || boat.kind === value,
    'lets-others-through',
  ],
  [
    'takes the number exactly',
    'berths',
    '{ type: integer }',
    (boat, value) => boat.berths === Number(value),
    'passed',
  ],
  [
    'takes the number as the least',
    'berths',
    '{ type: integer }',
    (boat, value) => boat.berths >= Number(value),
    'passed',
  ],
  [
    'takes the number as the most',
    'berths',
    '{ type: integer }',
    (boat, value) => boat.berths <= Number(value),
    'passed',
  ],
  [
    'takes one number for another',
    'berths',
    '{ type: integer }',
    (boat, value) => boat.berths !== Number(value),
    'lets-others-through',
  ],
  [
    'takes a switch exactly',
    'sold',
    '{ type: boolean }',
    (boat, value) => String(boat.sold) === value,
    'passed',
  ],
  [
    'takes a switch as one that adds',
    'sold',
    '{ type: boolean }',
    (boat, value) => value === 'true' || !boat.sold,
    'passed',
  ],
  ['ignores a switch', 'sold', '{ type: boolean }', () => true, 'inconclusive'],
  [
    'finds a text in any member',
    'name',
    '{ type: string }',
    (boat, value) => JSON.stringify(boat).toLowerCase().includes(value.toLowerCase()),
    'passed',
  ],
  [
    'finds other texts',
    'name',
    '{ type: string }',
    (boat, value) => boat.name === value || boat.id === 3,
    'lets-others-through',
  ],
  ['has no such member', 'colour', '{ type: string }', () => true, 'not-applicable'],
  ['has a bound', 'berthsMin', '{ type: integer }', () => true, 'not-applicable'],
])('a host that %s', async (_, name, schema, keeps, gives) => {
  const host = ({ url }: Sent) => {
    const value = new URL(url).searchParams.get(name);
    return answer(200, { data: BOATS.filter((boat) => value === null || keeps(boat, value)) });
  };
  expect(
    (await checkOn(filterHolds, { paths: PATHS(name, schema), operation: 'GET /boats', host })).gives,
  ).toBe(gives);
});

const ROW = { id: 1, kind: 'row' };
const SAIL = { id: 2, kind: 'sail' };
test.each<[what: string, plain: JsonObject[], filtered: ReturnType<typeof answer>, gives: string]>([
  [
    'a thing without the value',
    [ROW, SAIL],
    answer(200, [ROW, { id: 3, kind: null }]),
    'lets-others-through',
  ],
  ['few things that say it', [ROW, SAIL, { id: 3 }, { id: 4 }], answer(200, []), 'not-applicable'],
  [
    'few things that do not say null',
    [ROW, SAIL, { id: 3, kind: null }, { id: 4, kind: null }],
    answer(200, []),
    'not-applicable',
  ],
  ['an object that may hold the value', [ROW, SAIL], answer(200, [{ id: 3, kind: { code: 'x' } }]), 'passed'],
  ['a list with the value', [ROW, SAIL], answer(200, [{ id: 3, kind: ['sail', 'row'] }]), 'passed'],
  ['all with the same value', [ROW, { ...ROW, id: 5 }], answer(200, []), 'not-applicable'],
  ['nothing', [ROW, SAIL], answer(200, []), 'passed'],
  ...[400, 401, 404, 429, 500].map((status): [string, JsonObject[], ReturnType<typeof answer>, string] => [
    String(status),
    [ROW, SAIL],
    answer(status),
    'inconclusive',
  ]),
  ['a body that breaks off', [ROW, SAIL], answer(200, '{"a"', {}, 'cut off'), 'inconclusive'],
])('%s', async (_, plain, filtered, gives) => {
  const host = ({ url }: Sent) => (url.includes('?') ? filtered : answer(200, plain));
  expect(
    (await checkOn(filterHolds, { paths: PATHS('kind', KIND), operation: 'GET /boats', host })).gives,
  ).toBe(gives);
});

test.each<[what: string, whole: ReturnType<typeof answer>, gives: string]>([
  ['holds the text where the list does not show it', answer(200, { id: 3, notes: 'ask Anna' }), 'passed'],
  ['does not hold the text', answer(200, { id: 3, notes: 'ask Otto' }), 'lets-others-through'],
  ['cannot be read', answer(500), 'inconclusive'],
])('a thing that %s', async (_, whole, gives) => {
  const plain = [
    { id: 1, name: 'Anna' },
    { id: 3, name: 'Möwe' },
  ];
  const found = await checkOn(filterHolds, {
    paths: `${PATHS('name', '{ type: string }')}\n/boats/{id}: { get: {} }`,
    operation: 'GET /boats',
    host: ({ path }: Sent) =>
      path.startsWith('/boats/3') ? whole : answer(200, path.includes('no-such') ? [] : plain),
  });
  expect(found.gives).toBe(gives);
  expect(found.calls).toContain('GET /boats/3');
});

test.each([
  ['kind', KIND],
  ['name', '{ type: string }'],
  ['sold', '{ type: boolean }'],
])('that the filter %s is ignored is one finding, of list/filter-works', async (name, schema) => {
  const of = { paths: PATHS(name, schema), operation: 'GET /boats', host: () => answer(200, BOATS) };
  expect((await checkOn(filterWorks, of)).gives).toBe('ignored');
  expect((await checkOn(filterHolds, of)).gives).toBe('inconclusive');
});

const NAME = PATHS('name', '{ type: string }');
/** What comes of a filter where things are chosen so, and what is asked. */
async function holding(
  paths: string,
  things: JsonObject[],
  keeps: (thing: JsonObject, value: string) => boolean,
  whole: ReturnType<typeof answer> = answer(404),
) {
  const { gives, calls } = await checkOn(filterHolds, {
    ...{ paths, operation: 'GET /boats' },
    host: ({ url }: Sent) => {
      const { pathname, searchParams } = new URL(url);
      if (pathname !== '/boats') return whole;
      const [value] = searchParams.values();
      return answer(200, { data: things.filter((thing) => value === undefined || keeps(thing, value)) });
    },
  });
  return { gives, calls: calls.map((call) => call.replace('GET /boats', '')) };
}
const all = () => true;

test('a filter that holds, or lets only some others through, is not looked at further', async () => {
  const kinds = [ROW, SAIL, { id: 3, kind: 'row' }];
  expect(await holding(PATHS('kind', KIND), kinds, ({ kind }, value) => kind === value)).toEqual({
    ...{ gives: 'passed', calls: ['?kind=row'] },
  });
  const names = ['Anna', 'Otto', 'Birch'].map((name, id) => ({ id, name }));
  expect(await holding(NAME, names, ({ id, name }, value) => id === 1 || name === value)).toEqual({
    ...{ gives: 'lets-others-through', calls: ['?name=Anna'] },
  });
});

test.each<[schema: string, values: (Json | undefined)[], asked: string[]]>([
  ['{ type: integer }', [9, 10, 2], ['2', '10']],
  ['{ type: string, enum: [low, mid, high] }', ['mid', 'high', 'low'], ['low', 'high']],
  ['{ type: integer }', [2, 2, null], []],
  ['{ type: integer }', [2, 2], []],
])('of the levels %s, %j, those at the ends are asked for', async (schema, values, asked) => {
  const things = values.map((level, id) => ({ id, level: level ?? null }));
  const { gives, calls } = await holding(PATHS('level', schema), things, all);
  expect(calls).toEqual(asked.map((value) => `?level=${value}`));
  expect(gives).toBe(asked.length === 0 ? 'not-applicable' : 'inconclusive');
});

test('what all things show as an object is shown, and what few show is not', async () => {
  const objects = ['Anna', 'Otto', { first: 'a' }, { first: 'b' }].map((name, id) => ({ id, name }));
  expect((await holding(NAME, objects, ({ name }, value) => name === value)).gives).toBe('passed');
  expect((await holding(NAME, objects, ({ id, name }, value) => id === 3 || name === value)).gives).toBe(
    'lets-others-through',
  );
  const few = [{ id: 1, name: 'Anna' }, { id: 2, name: 'Otto' }, { id: 3 }, { id: 4 }];
  expect(await holding(NAME, few, all)).toEqual({ gives: 'not-applicable', calls: [] });
});

test('a switch that a thing does not speak of may well be “no”', async () => {
  const things = [{ id: 1, sold: false }, { id: 2, sold: true }, { id: 3, sold: true }, { id: 4 }];
  expect((await holding(PATHS('sold', '{ type: boolean }'), things, ({ id }) => id === 4)).gives).toBe(
    'passed',
  );
});

test('only for a text, and only of what has an id, a thing is read by itself', async () => {
  const below = '\n/boats/{id}: { get: {} }';
  const whole = answer(200, { id: 1, notes: 'row, sail, Anna, Otto' });
  const kinds = [ROW, SAIL, { id: 3, kind: 'row' }];
  const other = (thing: JsonObject) => thing['id'] !== 3;
  expect(await holding(PATHS('kind', KIND) + below, kinds, other, whole)).toEqual({
    ...{ gives: 'lets-others-through', calls: ['?kind=row'] },
  });
  const names = [{ id: 1, name: 'Anna' }, { name: 'Otto' }, { id: 3, name: 'Anna' }];
  const noId = ({ name }: JsonObject) => name === 'Otto';
  expect(await holding(NAME + below, names, noId, whole)).toEqual({
    ...{ gives: 'lets-others-through', calls: ['?name=Anna'] },
  });
});

test('an error that holds the text shows nothing', async () => {
  const names = ['Anna', 'Otto', 'Birch'].map((name, id) => ({ id, name }));
  const paths = `${NAME}\n/boats/{id}: { get: {} }`;
  const error = answer(500, { notes: 'there is no Anna' });
  expect((await holding(paths, names, ({ id }) => id === 1, error)).gives).toBe('inconclusive');
});

test('that a filter is ignored is seen here where list/filter-works has no value to see it by', async () => {
  const names = ['Anna', 'Otto'].map((name, id) => ({ id, name }));
  const short = PATHS('name', '{ type: string, maxLength: 5 }');
  expect((await holding(short, names, all)).gives).toBe('lets-others-through');
});

test('a read that is no list is not asked for anything', async () => {
  const of = { paths: NAME, operation: 'GET /boats', host: () => answer(200, { name: 'Anna' }) };
  expect(await checkOn(filterHolds, of)).toMatchObject({ gives: 'not-applicable', calls: [] });
});
