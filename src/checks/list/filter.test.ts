import { expect, test } from 'vitest';
import type { Json } from '../../json.js';
import { subjectOn } from '../../testing/checks.js';
import { answer } from '../../testing/host.js';
import { statedLists } from '../stated/lists.js';
import { dividing, filtersOf, holdsText, isPlainText, unshownTextFilters } from './filter.js';
import { ignoredTrials } from './ignored-filter.js';

async function on(parameters: string, things: Json[], path = '/boats') {
  const { subject } = await subjectOn({
    paths: `/boats: { get: { parameters: [${parameters}] } }`,
    ...{ operation: 'GET /boats', path },
    host: () => answer(200, { data: things }),
  });
  return subject;
}
const of = (name: string, schema: string, more = '') =>
  `{ name: '${name}', in: query, schema: ${schema}${more} }`;
const TEXT = '{ type: string }';
const kindsOf = async (parameters: string, things: Json[], path?: string) =>
  filtersOf(await on(parameters, things, path), things).map(
    ({ name, member, kind, isExact, choices }) =>
      `${name} ${member} ${kind}${isExact ? ' exactly' : ''}${choices.map((one) => ` ${one}`).join('')}`,
  );

test.each<[name: string, schema: string, value: Json, kinds: string[]]>([
  ['name', TEXT, 'a', ['name name text exactly']],
  ['hull_name', TEXT, 'a', ['hull_name hullname text exactly']],
  ['filter[name]', TEXT, 'a', ['filter[name] name text exactly']],
  ['hull', '{ type: string, enum: [red, all, blue, 7] }', 'red', ['hull hull choice exactly red blue 7']],
  ['level', '{ type: string, enum: [low, high] }', 'low', ['level level choice low high']],
  ['hull', '{ type: string, enum: [red, null, "!blue", not-red] }', 'red', ['hull hull choice exactly red']],
  ['sold', '{ type: boolean }', true, ['sold sold flag']],
  ['sold', '{ type: boolean, enum: [true, false] }', true, ['sold sold flag']],
  ['berths', '{ type: integer }', 7, ['berths berths number']],
  ['mass', '{ type: number }', 7.5, ['mass mass number']],
  ['hullId', '{ type: integer }', 7, ['hullId hullid number exactly']],
  ['idle', '{ type: integer }', 7, ['idle idle number']],
  [
    'hulls',
    '{ type: array, items: { type: string, enum: [red] } }',
    ['red'],
    ['hulls hulls choice exactly red'],
  ],
  ['hulls', '{ type: array, items: { type: integer } }', [7], ['hulls hulls number']],
  ['hulls', '{ type: object, items: { type: integer } }', [7], []],
  ['name', '{ type: string, format: uuid }', 'a', []],
  ['name', '{ type: string, pattern: "^a" }', 'a', []],
  ['name', '{}', 'a', []],
  ['name', TEXT, '2026-03-02', []],
  ['name', TEXT, '12026-03-02', ['name name text exactly']],
  ['name', TEXT, '2-03-02', ['name name text exactly']],
  ['name', TEXT, ['a', '2026-03-02'], []],
  ['nameFrom', TEXT, 'a', []],
  ['min_name', TEXT, 'a', []],
  ['paid', '{ type: boolean }', true, ['paid paid flag']],
  [
    'season',
    '{ type: string, enum: [2026-03, 2026-04] }',
    '2026-03',
    ['season season choice exactly 2026-03 2026-04'],
  ],
  ['currency', TEXT, 'a', []],
])('a filter %s of %s', async (name, schema, value, kinds) => {
  const bare = /\[(.*)\]/.exec(name)?.[1] ?? name;
  expect(await kindsOf(of(name, schema), [{ id: 1 }, { id: 2, [bare]: value }])).toEqual(kinds);
});

test('a list that is not written with commas is no single value', async () => {
  const hulls = of('hulls', '{ type: array, items: { type: integer } }', ', style: pipeDelimited');
  expect(await kindsOf(hulls, [{ hulls: [7] }])).toEqual([]);
});

test.each([
  of('name', TEXT, ', required: true'),
  of('name', TEXT, ', description: Whether to include the name'),
  of('filter[name', TEXT),
  of('myfilter[name]', TEXT),
  of('filter[name]x', TEXT),
])('%s is not tried', async (parameter) => {
  expect(await kindsOf(parameter, [{ name: 'a', myname: 'a', namex: 'a' }])).toEqual([]);
});

test('what somebody has stated of a filter is before what its name may mean', async () => {
  const { subject } = await subjectOn({
    paths: `/boats: { get: { parameters: [${of('currency', TEXT)}] } }`,
    ...{ operation: 'GET /boats', host: () => answer(200, { data: [{ price: { unit: 'EUR' } }] }) },
    lists: statedLists({ all: { filters: { currency: '/price/unit' } } }),
  });
  expect(filtersOf(subject, [{ price: { unit: 'EUR' } }]).map(({ member }) => member)).toEqual([
    '/price/unit',
  ]);
});

test('what was sent already, and what no thing shows, is not tried, and of the others only some', async () => {
  expect(await kindsOf(of('name', TEXT), [{ name: 'a' }], '/boats?name=a')).toEqual([]);
  expect(await kindsOf(of('name', TEXT), [{ size: 'a' }])).toEqual([]);
  const names = ['aa', 'bb', 'cc', 'dd', 'ee'];
  const all = names.map((name) => of(name, TEXT)).join(', ');
  expect(await kindsOf(all, [Object.fromEntries(names.map((name) => [name, 'x']))])).toHaveLength(3);
});

test('a text that no thing shows is a filter that is not shown', async () => {
  const unshown = async (parameter: string, things: Json[], path?: string) =>
    unshownTextFilters(await on(parameter, things, path), things).map(({ name }) => name);
  expect(await unshown(of('text', TEXT), [{ name: 'a' }, { name: 'b' }])).toEqual(['text']);
  expect(await unshown(of('text', TEXT), [{ name: 'a' }, { text: 'b' }])).toEqual([]);
  expect(await unshown(of('text', TEXT), [{ name: 'a' }], '/boats?text=a')).toEqual([]);
  expect(await unshown(of('text', TEXT, ', required: true'), [{ name: 'a' }])).toEqual([]);
  expect(await unshown(of('berths', '{ type: integer }'), [{ name: 'a' }])).toEqual([]);
  expect(await unshown(of('textMax', TEXT), [{ name: 'a' }])).toEqual([]);
});

test.each<[thing: Json, value: string, holds: boolean]>([
  ['Red Boat', 'red', true],
  ['Red Boat', 'boating', true],
  ['Red Boat', 'boot', false],
  ['Émile', 'emile', true],
  ['emile', 'ÉMILE', true],
  [{ a: ['x', { b: 'Otter' }] }, 'ottoman', false],
  [{ a: ['x', { b: 'Otter' }] }, 'otters', true],
  ['boat 12345', '1234567', false],
  ['boat 12345', '12345', true],
  ['boat x1234', 'x12345', false],
  ['boat 1', 'some  boat', true],
  ['boat', ' ', false],
  ['boat', 'hull boat', true],
  [7, '7', true],
])('a search in %j for “%s”', (thing, value, holds) => {
  expect(holdsText(thing, value)).toBe(holds);
});

test.each([
  ['a', true],
  ['Émile 7 & co.', true],
  ['a'.repeat(80), true],
  ['a'.repeat(81), false],
  [' a', false],
  ['a ', false],
  ['-a', false],
  ['a,b', false],
  ['a*', false],
  ['a…', false],
  ['a\nb', false],
  ['', false],
])('“%s” is a text that no search takes for more: %s', (text, isPlain) => {
  expect(isPlainText(text)).toBe(isPlain);
});

const THINGS = (...values: Json[]) => values.map((value, index) => ({ id: index, hull: value }));
async function trialsOf(schema: string, ...values: Json[]) {
  const things = THINGS(...values);
  const subject = await on(of('hull', schema), things);
  const [filter] = filtersOf(subject, things);
  if (!filter) throw new Error('there is no filter');
  const trials = ignoredTrials(subject, filter, things).map((one) =>
    typeof one === 'string' ? one : one.sent,
  );
  return { dividing: dividing(subject, filter, things), trials };
}
const NOTHING = 'conform-no-such-value';

test.each<[schema: string, values: Json[], dividing: string[], trials: string[]]>([
  [TEXT, ['red', 'blue', 'red'], ['red', 'blue'], [NOTHING, 'red']],
  [TEXT, ['red', 'red'], [], [NOTHING]],
  [TEXT, ['red', 'Red Boat'], [], [NOTHING]],
  [TEXT, ['red*', 'blue'], ['blue'], [NOTHING, 'blue']],
  [TEXT, ['conformity', 'blue'], ['conformity', 'blue'], [NOTHING, 'conformity']],
  [TEXT, ['none', NOTHING], ['none', NOTHING], []],
  ['{ type: string, minLength: 21 }', ['red', 'blue'], ['red', 'blue'], [NOTHING, 'red']],
  ['{ type: string, minLength: 22 }', ['red', 'blue'], ['red', 'blue'], []],
  ['{ type: string, maxLength: 21 }', ['red', 'blue'], ['red', 'blue'], [NOTHING, 'red']],
  ['{ type: string, maxLength: 20 }', ['red', 'blue'], ['red', 'blue'], []],
  [
    '{ type: string, enum: [red, blue, green] }',
    ['green', 'red', 'blue'],
    ['green', 'red', 'blue'],
    ['red', 'green'],
  ],
  ['{ type: string, enum: [red, blue, green] }', ['green', 'grey'], ['green'], ['green', 'red']],
  ['{ type: string, enum: [green, red, blue] }', ['green', 'grey'], ['green'], ['green', 'red']],
  ['{ type: string, enum: [red, blue, green] }', ['Green', 'Green'], [], ['red', 'blue']],
  ['{ type: string, enum: [red, blue] }', ['grey', 'black'], [], []],
  ['{ type: boolean }', [true, false], ['true', 'false'], ['true', 'false']],
  ['{ type: boolean }', [true, null], ['true'], []],
  ['{ type: boolean }', [true, true], [], []],
  ['{ type: integer }', [9, 10, 2], ['9', '10', '2'], ['2', '10']],
  ['{ type: integer }', [9, null], ['9'], []],
  ['{ type: integer }', [-5, 3], ['-5', '3'], ['-5', '3']],
  ['{ type: integer }', [9, 9], [], []],
  ['{ type: integer }', ['many', 9, 10], ['many', '9', '10'], ['9', '10']],
])('of %s and %j', async (schema, values, divides, trials) => {
  expect(await trialsOf(schema, ...values)).toEqual({ dividing: divides, trials });
});
