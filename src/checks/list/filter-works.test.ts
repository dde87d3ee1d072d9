import { expect, test } from 'vitest';
import type { JsonObject } from '../../json.js';
import { checkOn } from '../../testing/checks.js';
import { answer, type Sent } from '../../testing/host.js';
import { filterWorks } from './filter-works.js';

const PATHS = `/boats:
  get:
    parameters:
      - { name: name, in: query, schema: { type: string } }
      - { name: kind, in: query, schema: { type: string, enum: [sail, row, motor, all] } }
      - { name: builtFrom, in: query, schema: { type: string } }
`;
const BOATS = [
  { id: 1, name: 'Möwe', kind: 'sail', builtFrom: 'oak' },
  { id: 2, name: 'Anna', kind: 'row', builtFrom: 'oak' },
  { id: 3, name: 'Otter', kind: 'sail', builtFrom: 'fir' },
];
const asked = ({ url }: Sent, name: string) => new URL(url).searchParams.get(name);
const page = (boats: JsonObject[]) => answer(200, { data: boats });
const isAsked = ({ url }: Sent) => url.includes('?');
const by = (sent: Sent, names: string[]) =>
  page(
    BOATS.filter((boat: JsonObject) => names.every((name) => [null, boat[name]].includes(asked(sent, name)))),
  );

test.each<[what: string, host: (sent: Sent) => ReturnType<typeof answer>, gives: string]>([
  ['keeps to both', (sent) => by(sent, ['name', 'kind']), 'passed'],
  ['ignores a text', (sent) => by(sent, ['kind']), 'ignored'],
  ['ignores a choice', (sent) => by(sent, ['name']), 'ignored'],
  ['ignores both', () => page(BOATS), 'ignored, ignored'],
  [
    'ignores it, and has one more by now',
    (sent) => page(isAsked(sent) ? [...BOATS, { id: 9 }] : BOATS),
    'passed',
  ],
  [
    'only takes values that it knows',
    (sent) => (asked(sent, 'name')?.startsWith('conform') ? page(BOATS) : by(sent, ['name', 'kind'])),
    'passed',
  ],
  ['has nothing', () => page([]), 'not-applicable'],
  ...[400, 401, 404, 429, 500].map((status): [string, (sent: Sent) => ReturnType<typeof answer>, string] => [
    `answers ${status}`,
    (sent) => (isAsked(sent) ? answer(status) : page(BOATS)),
    'inconclusive',
  ]),
  [
    'breaks off',
    (sent) => (isAsked(sent) ? answer(200, '{"a"', {}, 'cut off') : page(BOATS)),
    'inconclusive',
  ],
])('a host that %s', async (_, host, gives) => {
  expect((await checkOn(filterWorks, { paths: PATHS, operation: 'GET /boats', host })).gives).toBe(gives);
});

const ONE = (schema: string, name: string) =>
  `/boats: { get: { parameters: [{ name: ${name}, in: query, schema: ${schema} }] } }`;

test.each<
  [what: string, schema: string, name: string, host: (value: string | null) => JsonObject[], gives: string]
>([
  ['a number that is ignored', '{ type: integer }', 'berths', () => berths([2, 4, 6]), 'ignored'],
  [
    'a number that is the least',
    '{ type: integer }',
    'berths',
    (value) => berths([2, 4, 6].filter((one) => one >= Number(value))),
    'passed',
  ],
  [
    'a number that is the most',
    '{ type: integer }',
    'berths',
    (value) => berths([2, 4, 6].filter((one) => one <= Number(value ?? 9))),
    'passed',
  ],
  ['a switch that is ignored', '{ type: boolean }', 'sold', () => sold([true, false]), 'ignored'],
  [
    'a switch that adds',
    '{ type: boolean }',
    'sold',
    (value) => sold(value === 'false' ? [false] : [true, false]),
    'passed',
  ],
  [
    'a switch that only takes away',
    '{ type: boolean }',
    'sold',
    (value) => sold(value === 'true' ? [true] : [true, false]),
    'passed',
  ],
  [
    'a step or more',
    '{ type: string, enum: [low, high] }',
    'level',
    (value) =>
      [
        { id: 1, level: 'low' },
        { id: 2, level: 'high' },
      ].slice(value === 'high' ? 1 : 0),
    'passed',
  ],
  [
    'other words than those of the things',
    '{ type: string, enum: [a, b] }',
    'level',
    () => [{ id: 1, level: 'Low' }],
    'not-applicable',
  ],
  ['how it is shown', '{ type: string }', 'currency', () => [{ id: 1, currency: 'EUR' }], 'not-applicable'],
  ['a filter that is called like no member', '{ type: string }', 'q', () => [{ id: 1 }], 'not-applicable'],
])('%s', async (_, schema, name, host, gives) => {
  const found = await checkOn(filterWorks, {
    paths: ONE(schema, name),
    operation: 'GET /boats',
    host: (sent) => page(host(asked(sent, name))),
  });
  expect(found.gives).toBe(gives);
});

function berths(all: number[]): JsonObject[] {
  return all.map((berths) => ({ id: berths, berths }));
}

function sold(all: boolean[]): JsonObject[] {
  return all.map((sold) => ({ id: String(sold), sold }));
}

test('what only says which members come is no filter', async () => {
  const found = await checkOn(filterWorks, {
    paths:
      '/boats: { get: { parameters: [{ name: oars, description: whether to include the oars, in: query, schema: { type: boolean } }] } }',
    operation: 'GET /boats',
    host: () =>
      page([
        { id: 1, oars: true },
        { id: 2, oars: false },
      ]),
  });
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test('a parameter that takes several values is a filter as well', async () => {
  const paths =
    '/boats: { get: { parameters: [{ name: kind, in: query, explode: false, schema: { type: array, items: { type: string, enum: [sail, row] } } }] } }';
  const gives = async (host: (sent: Sent) => ReturnType<typeof answer>) =>
    (await checkOn(filterWorks, { paths, operation: 'GET /boats', host })).gives;
  expect(await gives((sent) => by(sent, ['kind']))).toBe('passed');
  expect(await gives(() => page(BOATS))).toBe('ignored');
});
