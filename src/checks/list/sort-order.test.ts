import { expect, test } from 'vitest';
import type { Json } from '../../json.js';
import { subjectOn } from '../../testing/checks.js';
import { answer } from '../../testing/host.js';
import { comparable, goes, ordersOf } from './sort-order.js';

async function ordersIn(...parameters: string[]) {
  const { subject } = await subjectOn({
    paths: `/boats: { get: { parameters: [${parameters.join(', ')}] } }`,
    operation: 'GET /boats',
    host: () => answer(200, [{ id: 1 }]),
  });
  return ordersOf(subject).map(
    ({ value, member, direction = 'any', beside }) =>
      `${value}: ${member} ${direction}${Object.entries(beside)
        .map((pair) => ` ${pair.join('=')}`)
        .join('')}`,
  );
}
const sort = (more: string) => `{ name: sort, in: query, ${more} }`;
const of = (...values: string[]) =>
  sort(`schema: { type: string, enum: [${values.map((value) => `'${value}'`).join(', ')}] }`);

test.each<[values: string[], orders: string[]]>([
  [['name'], ['name: name any']],
  [
    ['name', '-name'],
    ['name: name up', '-name: name down'],
  ],
  [['+name'], ['+name: name up']],
  [['-name'], ['-name: name down']],
  [
    ['name_asc', 'name_desc'],
    ['name_asc: name up', 'name_desc: name down'],
  ],
  [['name:DESC'], ['name:DESC: name down']],
  [['name.asc'], ['name.asc: name up']],
  [['name desc'], ['name desc: name down']],
  [['built_at'], ['built_at: builtat any']],
  [
    ['+name', 'size'],
    ['+name: name up', 'size: size any'],
  ],
  [['name, size', '1st', '!name'], []],
])('the values %j', async (values, orders) => {
  expect(await ordersIn(of(...values))).toEqual(orders);
});

test.each<[description: string, orders: string[]]>([
  [
    'schema: { type: string, description: "By `name`, `-built` or \'size\'." }',
    ['name: name any', '-built: built down', 'size: size any'],
  ],
  ['schema: { type: string }, example: "-name"', ['-name: name down']],
  [
    'schema: { type: string, description: "By `name`." }, example: size',
    ['name: name any', 'size: size any'],
  ],
  ['schema: { type: string, description: "By name or size." }', []],
  ['schema: { type: string, description: "By `1` or `#a`." }', []],
  ['schema: { type: string, enum: [size], description: "By `name`." }', ['size: size any']],
  ['schema: { type: array, items: { type: string, enum: [name, 7] } }', ['name: name any']],
  ['schema: { type: string, enum: [name, null] }', ['name: name any']],
  ['schema: { type: string }', []],
  ['schema: { type: string }, example: 7', []],
])('a parameter with the %s', async (more, orders) => {
  expect(await ordersIn(sort(more))).toEqual(orders);
});

test.each([
  ['direction', '[asc, desc]', 'asc'],
  ['dir', '[descending, Ascending]', 'Ascending'],
  ['way', '[asc, desc]', 'asc'],
])('the direction may be a parameter of its own: %s of %s', async (name, words, up) => {
  const direction = `{ name: ${name}, in: query, schema: { type: string, enum: ${words} } }`;
  expect(await ordersIn(of('name', 'built-at', '-size', 'hull.size'), direction)).toEqual([
    `name: name up ${name}=${up}`,
  ]);
});

test('a direction that is not known to go up orders nothing', async () => {
  const direction = '{ name: direction, in: query, schema: { type: string, enum: [a, b] } }';
  expect(await ordersIn(of('name'), direction)).toEqual([]);
});

test('other parameters are no directions, and without one for the order there is none', async () => {
  const other = '{ name: color, in: query, schema: { type: string, enum: [red, ascot] } }';
  expect(await ordersIn(of('name'), other)).toEqual(['name: name any']);
  expect(await ordersIn(other)).toEqual([]);
});

test.each<[values: (Json | undefined)[], given: unknown]>([
  [
    [3, 1, 2],
    [3, 1, 2],
  ],
  [
    [3, null, 1, undefined, 2],
    [3, 1, 2],
  ],
  [[3, 1], undefined],
  [[3, 1, '2'], undefined],
  [
    ['2026-03-02', '2026-03-01', '2026-03-03'],
    ['2026-03-02', '2026-03-01', '2026-03-03'],
  ],
  [['2026-03-02', '2026-03-01', '2026-03-03T10:00:00Z'], undefined],
  [['2026-03-02', '2026-03-01', 'soon'], undefined],
  [['2026-03-02', '2026-03-01', 7], undefined],
  [['a', 'b', 'c'], undefined],
  [[true, false, true], undefined],
])('%j', (values, given) => {
  expect(comparable(values)).toEqual(given);
});

test('what stays the same goes up as well as down', () => {
  expect([goes('up', [1, 1, 2]), goes('down', [1, 1, 2])]).toEqual([true, false]);
  expect([goes('up', [2, 1, 1]), goes('down', [2, 1, 1])]).toEqual([false, true]);
  expect([goes('up', []), goes('down', [7])]).toEqual([true, true]);
});
