import { expect, test } from 'vitest';
import type { Json } from '../../json.js';
import { checkOn } from '../../testing/checks.js';
import { answer, type Sent } from '../../testing/host.js';
import { filterUnion } from './filter-union.js';

const BOATS = ['red', 'blue', 'red', 'green', 'red', 'green', 'red', 'blue'].map((colour, id) => ({
  ...{ id, colour },
}));
const ARRAY = '{ type: array, items: { type: string, enum: [red, blue, green] } }';
const pathsOf = (parameter: string) =>
  `/boats: { get: { parameters: [{ name: colour, in: query, ${parameter} }] } }`;
const COMMAS = pathsOf(`explode: false, schema: ${ARRAY}`);

type Host = (values: string[]) => ReturnType<typeof answer>;
const those = (keeps: (colour: string) => boolean) => BOATS.filter(({ colour }) => keeps(colour));
const among: Host = (values) => answer(200, { data: those((colour) => values.includes(colour)) });
const single =
  (several: Host): Host =>
  (values) =>
    values.length > 1 ? several(values) : among(values);

const valuesIn = ({ url }: Sent) => new URL(url).searchParams.getAll('colour');
function checkBoats(
  paths: string,
  host: Host,
  valuesOf = (sent: Sent) => valuesIn(sent).flatMap((one) => one.split(',')),
) {
  return checkOn(filterUnion, {
    paths,
    operation: 'GET /boats',
    host: (sent) => (valuesIn(sent).length === 0 ? answer(200, { data: BOATS }) : host(valuesOf(sent))),
  });
}

test.each<[what: string, host: Host, gives: string]>([
  ['gives both', among, 'passed'],
  ['gives those of the first value only', single(([first = '']) => among([first])), 'lacks-values'],
  ['gives those of the last value only', single((values) => among(values.slice(-1))), 'lacks-values'],
  ['takes two values for one', single(() => answer(200, { data: [] })), 'lacks-values'],
  ['ignores two values', single(() => answer(200, { data: BOATS })), 'ignores-values'],
  ['ignores every value', () => answer(200, { data: BOATS }), 'inconclusive'],
  ['has none of one value', () => answer(200, { data: [] }), 'inconclusive'],
  [
    'has a next page',
    single(([first = '']) =>
      answer(200, { data: those((colour) => colour === first), next: '/boats?page=2' }),
    ),
    'inconclusive',
  ],
  [
    'has a full page',
    single(() => answer(200, { data: BOATS.map(({ id }) => ({ id, colour: 'blue' })) })),
    'inconclusive',
  ],
  ...[400, 401, 404, 429, 500].map((status): [string, Host, string] => [
    `answers ${status}`,
    single(() => answer(status)),
    'inconclusive',
  ]),
  ['breaks off', single(() => answer(200, '{"a"', {}, 'cut off')), 'inconclusive'],
])('a host that %s', async (_, host, gives) => {
  expect((await checkBoats(COMMAS, host)).gives).toBe(gives);
});

test.each<[parameter: string, query: string]>([
  [`explode: false, schema: ${ARRAY}`, 'colour=blue,green'],
  [`schema: ${ARRAY}`, 'colour=blue&colour=green'],
  [`content: { text/csv: { schema: ${ARRAY} } }`, 'colour=blue%2Cgreen'],
  ["description: 'One or more, separated by commas.', schema: { type: string }", 'colour=blue%2Cgreen'],
])('several values are sent as the contract says: %s', async (parameter, query) => {
  const { gives, calls } = await checkBoats(pathsOf(parameter), among);
  expect([gives, calls.at(-1)]).toEqual(['passed', `GET /boats?${query}`]);
});

test.each(['schema: { type: string }', "description: 'A colour, or none.', schema: { type: string }"])(
  'a filter of one value is not given two: %s',
  async (parameter) => {
    expect(await checkBoats(pathsOf(parameter), among)).toMatchObject({ gives: 'not-applicable', calls: [] });
  },
);

test('of things with several values, all that were asked for may be wanted', async () => {
  const data = [['red'], ['blue'], ['red', 'blue']].map((colour, id) => ({ id, colour }));
  const host = () => answer(200, { data });
  const found = await checkOn(filterUnion, { paths: COMMAS, operation: 'GET /boats', host });
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test('a page of the size that the contract allows at most is whole where it has all that are counted', async () => {
  const sized = COMMAS.replace(
    'parameters: [',
    'parameters: [{ name: limit, in: query, schema: { type: integer, maximum: 50 } }, ',
  );
  const host = (sent: Sent) => {
    const { searchParams } = new URL(sent.url);
    const [first] = (searchParams.get('colour') ?? '').split(',');
    const all = BOATS.filter(({ colour }) => !first || colour === first);
    const data = all.slice(0, Number(searchParams.get('limit') ?? '4'));
    return answer(200, { data, total: all.length });
  };
  const found = await checkOn(filterUnion, { paths: sized, operation: 'GET /boats', host });
  expect(found.gives).toBe('lacks-values');
  expect(found.calls.at(-1)).toBe('GET /boats?limit=50&colour=blue,green');
});

test('no value of an answer is shown', async () => {
  const shown: string[] = [];
  await checkOn(filterUnion, {
    paths: COMMAS,
    operation: 'GET /boats',
    host: (sent) => {
      shown.push(sent.shown);
      return answer(200, {
        data: BOATS.filter(({ colour }) => valuesIn(sent).every((one) => one.includes(colour))),
      });
    },
  });
  expect(shown.at(-1)).not.toMatch(/red|blue|green/);
});

test('a host that does not answer to one value is not asked for two', async () => {
  const found = await checkBoats(COMMAS, () => answer(500));
  expect([found.gives, found.calls]).toEqual(['inconclusive', ['GET /boats?colour=blue']]);
});

const SEVERAL = 'separated by commas';
test.each<[what: string, paths: string, colours: Json[]]>([
  ['a list in one thing', COMMAS, ['red', ['blue'], 'green']],
  ['lists of one value each', COMMAS, [['red'], ['blue'], ['green']]],
  ['one value only', COMMAS, ['red', null, 'red']],
  ['one value in all things', COMMAS, ['red', 'red']],
  [
    'texts of which one is found by the other',
    pathsOf(`description: '${SEVERAL}', schema: { type: string }`),
    ['red', 'red oak', 'blue', 'blue'],
  ],
  [
    'a choice that can hold no comma',
    pathsOf(`description: '${SEVERAL}', schema: { type: string, enum: [red, blue] }`),
    ['red', 'blue'],
  ],
])('%s shows nothing of two values', async (_, paths, colours) => {
  const host = () => answer(200, { data: colours.map((colour, id) => ({ id, colour })) });
  const found = await checkOn(filterUnion, { paths, operation: 'GET /boats', host });
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test('a read that is no list is not asked for anything', async () => {
  const of = { paths: COMMAS, operation: 'GET /boats', host: () => answer(200, { name: 'Anna' }) };
  expect(await checkOn(filterUnion, of)).toMatchObject({ gives: 'not-applicable', calls: [] });
});

const SIZED = (schema: string) =>
  COMMAS.replace('parameters: [', (start) => `${start}{ name: limit, in: query, schema: ${schema} }, `);

test('where the contract names no largest page, none is asked for', async () => {
  const { gives, calls } = await checkBoats(SIZED('{ type: integer }'), among);
  expect([gives, calls.at(-1)]).toEqual(['passed', 'GET /boats?colour=blue,green']);
});

test.each<[what: string, total: (length: number, isFiltered: boolean) => number | undefined, gives: string]>([
  ['all that are counted', (length) => length, 'lacks-values'],
  ['no total', (length, isFiltered) => (isFiltered ? undefined : length), 'inconclusive'],
  ['fewer than the total', (length, isFiltered) => (isFiltered ? 9 : length), 'inconclusive'],
  ['a total that is that of the page', (length, isFiltered) => (isFiltered ? length : 2), 'inconclusive'],
])('a page of more things than the plain one, with %s', async (_, total, gives) => {
  const found = await checkOn(filterUnion, {
    ...{ paths: SIZED('{ type: integer, maximum: 50 }'), operation: 'GET /boats' },
    host: ({ url }) => {
      const { searchParams } = new URL(url);
      const [first] = (searchParams.get('colour') ?? '').split(',');
      const all = BOATS.filter(({ colour }) => !first || colour === first);
      const counted = total(all.length, Boolean(first));
      const data = all.slice(0, Number(searchParams.get('limit') ?? '2'));
      return answer(200, { data, ...(counted === undefined ? {} : { total: counted }) });
    },
  });
  expect(found.gives).toBe(gives);
});
