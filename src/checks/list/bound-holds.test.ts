import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../json.js';
import { checkOn } from '../../testing/checks.js';
import { answer, type Sent } from '../../testing/host.js';
import { boundHolds } from './bound-holds.js';

const PATHS = (name: string, schema: string, description = '') =>
  `/boats: { get: { parameters: [{ name: '${name}', in: query, description: '${description}', schema: ${schema} }] } }`;
const TIME = '{ type: string, format: date-time }';
const DAY = '{ type: string, format: date }';
const NUMBER = '{ type: integer }';
const BOATS = [1, 4, 9, 16, 25].map((day, index) => ({
  id: `b${day}`,
  builtAt: `2026-03-${String(day).padStart(2, '0')}T10:00:0${index}Z`,
  length: day,
}));
type Boat = (typeof BOATS)[number];
type Keeps = (boat: Boat, value: string) => boolean;
const AFTER: Keeps = ({ builtAt }, value) => builtAt > value;
const FROM: Keeps = ({ builtAt }, value) => builtAt >= value;

const on = (
  name: string,
  schema: string,
  keeps: Keeps,
  description?: string,
  boats: readonly Boat[] = BOATS,
) =>
  checkOn(boundHolds, {
    ...{ paths: PATHS(name, schema, description), operation: 'GET /boats' },
    host: ({ url }: Sent) => {
      const value = new URL(url).searchParams.get(name);
      return answer(200, { data: boats.filter((boat) => value === null || keeps(boat, value)) });
    },
  });

test.each<[what: string, name: string, schema: string, keeps: Keeps, gives: string]>([
  ['is kept, with the bound', 'builtFrom', TIME, FROM, 'passed'],
  ['is kept, without the bound', 'builtAfter', TIME, AFTER, 'passed'],
  ['is kept as the greatest', 'built_before', TIME, (boat, value) => !FROM(boat, value), 'passed'],
  ['is kept by days', 'builtSince', DAY, ({ builtAt }, value) => builtAt.slice(0, 10) >= value, 'passed'],
  ['is kept by days, and takes the day off', 'builtSince', DAY, AFTER, 'passed'],
  ['is kept by numbers', 'lengthMin', NUMBER, ({ length }, value) => length >= Number(value), 'passed'],
  ['is kept by numbers (max)', 'max_length', NUMBER, ({ length }, value) => length < Number(value), 'passed'],
  ['has brackets', 'length[gte]', NUMBER, ({ length }, value) => length > Number(value), 'passed'],
  ['is ignored', 'builtFrom', TIME, () => true, 'lets-others-through'],
  ['is turned around', 'builtFrom', TIME, (boat, value) => !FROM(boat, value), 'lets-others-through'],
  [
    'is taken for a number',
    'maxLength',
    NUMBER,
    ({ length }, value) => length >= Number(value),
    'lets-others-through',
  ],
  ['finds nothing', 'builtFrom', TIME, () => false, 'loses'],
  ['loses the last one', 'builtTo', TIME, (boat, value) => boat.id === 'b4' && !AFTER(boat, value), 'loses'],
  ['is about no member', 'soldFrom', TIME, () => true, 'not-applicable'],
  ['is called like a word', 'auto', NUMBER, () => true, 'not-applicable'],
])('a bound that %s', async (_, name, schema, keeps, gives) => {
  expect((await on(name, schema, keeps)).gives).toBe(gives);
});

test.each<[description: string, keeps: Keeps, gives: string]>([
  ['Built on or after this time', AFTER, 'loses-border'],
  ['Built on or after this time', FROM, 'passed'],
  ['Built after this time', AFTER, 'passed'],
  ['Built while it overlaps this time', () => true, 'not-applicable'],
])('a bound that is described as “%s”', async (description, keeps, gives) => {
  expect((await on('builtFrom', TIME, keeps, description)).gives).toBe(gives);
});

test('things that lie close together do not show on which side of a bound they are', async () => {
  const close = BOATS.map((boat, index) => ({ ...boat, builtAt: `2026-03-01T1${index}:00:00Z` }));
  expect(await on('builtFrom', TIME, () => true, '', close)).toMatchObject({
    gives: 'not-applicable',
    calls: [],
  });
});

test('a full page may have lost what is on a further one', async () => {
  const host = ({ url }: Sent) =>
    answer(200, { data: url.includes('?') ? BOATS.map(({ id }) => ({ id: `${id}x` })) : BOATS });
  const of = { paths: PATHS('builtFrom', TIME), operation: 'GET /boats', host };
  expect((await checkOn(boundHolds, of)).gives).toBe('inconclusive');
});

test.each([
  ...[400, 401, 404, 429, 500].map((status) => [String(status), answer(status)] as const),
  ['a body that is cut off', answer(200, '{"a"', {}, 'cut off')] as const,
])('%s shows nothing', async (_, reply) => {
  const host = ({ url }: Sent) => (url.includes('?') ? reply : answer(200, { data: BOATS }));
  const of = { paths: PATHS('builtFrom', TIME), operation: 'GET /boats', host };
  const { gives, sent } = await checkOn(boundHolds, of);
  expect(gives).toBe('inconclusive');
  expect(sent.map(({ shown }) => shown).join(' ')).not.toContain('2026-03');
});

const holding = (
  name: string,
  schema: string,
  things: JsonObject[],
  finds: (thing: JsonObject, index: number) => boolean,
  description = '',
) =>
  checkOn(boundHolds, {
    ...{ paths: PATHS(name, schema, description), operation: 'GET /boats' },
    host: ({ url }: Sent) => answer(200, { data: url.includes('?') ? things.filter(finds) : things }),
  });
const at = (...times: (Json | undefined)[]): JsonObject[] =>
  times.map((built, index) => ({ id: index, ...(built === undefined ? {} : { built }) }));
const last = (_: JsonObject, index: number) => index > 2;

test.each<[what: string, name: string, schema: string, values: (Json | undefined)[], asked: string]>([
  ['numbers, which are sorted', 'minBuilt', NUMBER, [100, 9, 20, 3, 50], '20'],
  ['times, which are sorted', 'builtFrom', TIME, ['2026-03-09', '2026-03-01', '2026-03-05'], '2026-03-05'],
  [
    'days of times',
    'builtFrom',
    DAY,
    ['2026-03-01T10:00:00Z', '2026-03-05T10:00:00Z', '2026-03-09T10:00:00Z'],
    '2026-03-05',
  ],
  ['some that are not there', 'minBuilt', NUMBER, [1, undefined, 5, 9], '5'],
  ['some that are null', 'minBuilt', NUMBER, [null, null, 1, 5, 9], '5'],
])('of %s, that in the middle is asked for', async (_, name, schema, values, asked) => {
  const { sent } = await holding(name, schema, at(...values), () => true);
  expect(sent.map(({ url }) => new URL(url).searchParams.get(name))).toEqual([asked]);
  expect(sent.map(({ shown, purpose }) => [decodeURIComponent(shown), purpose])).toEqual([
    [expect.stringContaining(`${name}=‹${name}›`), `with ${name}`],
  ]);
});

test.each<[what: string, values: Json[]]>([
  ['nothing below', [5, 5, 9]],
  ['nothing above', [1, 5, 5]],
  ['one value', [5]],
])('a bound with %s it is not tried', async (_, values) => {
  expect(await holding('minBuilt', NUMBER, at(...values), () => true)).toMatchObject({
    gives: 'not-applicable',
    calls: [],
  });
});

test('where no thing has a value, and where there are no things, no bound is tried', async () => {
  for (const things of [at(null, null), []])
    expect(await holding('builtFrom', TIME, things, () => true)).toMatchObject({
      gives: 'not-applicable',
      calls: [],
    });
  const single = {
    paths: PATHS('builtFrom', TIME),
    operation: 'GET /boats',
    host: () => answer(200, { id: 1 }),
  };
  expect(await checkOn(boundHolds, single)).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test('things that cannot be distinguished show no bound', async () => {
  const things = [1, 5, 9].map((built) => ({ built }));
  expect((await holding('minBuilt', NUMBER, things, () => true)).why).toBe(
    'its things have no ids to tell them apart',
  );
});

const ON = 'On or after this time';
test.each<[what: string, schema: string, values: string[], gives: string]>([
  [
    'a time in UTC',
    TIME,
    ['2026-03-01T10:00:00Z', '2026-03-05T10:00:00Z', '2026-03-09T10:00:00Z', '2026-03-12T10:00:00Z'],
    'loses-border',
  ],
  [
    'a time with an offset',
    TIME,
    [
      '2026-03-01T10:00:00+01:00',
      '2026-03-05T10:00:00+01:00',
      '2026-03-06T10:00:00-0130',
      '2026-03-10T10:00:00+01:00',
    ],
    'loses-border',
  ],
  [
    'a time that does not say where',
    TIME,
    ['2026-03-01T10:00:00', '2026-03-03T10:00:00', '2026-03-05T10:00:00', '2026-03-10T10:00:00'],
    'passed',
  ],
  ['a day', TIME, ['2026-03-01', '2026-03-03', '2026-03-05', '2026-03-10'], 'loses-border'],
  ['a day, asked for by days', DAY, ['2026-03-01', '2026-03-03', '2026-03-05', '2026-03-10'], 'loses-border'],
  [
    'a time, asked for by days',
    DAY,
    ['2026-03-01T10:00:00Z', '2026-03-03T10:00:00Z', '2026-03-05T10:00:00Z', '2026-03-10T10:00:00Z'],
    'passed',
  ],
])('%s on the very bound', async (_, schema, values, gives) => {
  expect((await holding('builtFrom', schema, at(...values), last, ON)).gives).toBe(gives);
});

test('a number on the very bound', async () => {
  expect((await holding('minBuilt', NUMBER, at(1, 3, 5, 9), last, 'More than this')).gives).toBe('passed');
  expect(
    (await holding('minBuilt', NUMBER, at(1, 3, 5, 9), last, 'Greater than or equal to this')).gives,
  ).toBe('loses-border');
});

test('one thing outside is enough, and of many bounds only some are tried', async () => {
  const one = (_: JsonObject, index: number) => index !== 1;
  expect((await holding('minBuilt', NUMBER, at(1, 3, 5, 9, 12), one)).gives).toBe('lets-others-through');
  const names = ['a', 'b', 'c', 'd', 'e'].map((letter) => `min_${letter}${letter}`);
  const parameters = names.map((name) => `{ name: ${name}, in: query, schema: ${NUMBER} }`).join(', ');
  const things = [1, 5, 9].map((value, id) => ({
    id,
    ...Object.fromEntries(names.map((name) => [name.slice(4), value])),
  }));
  const { calls } = await checkOn(boundHolds, {
    ...{ paths: `/boats: { get: { parameters: [${parameters}] } }`, operation: 'GET /boats' },
    host: ({ url }) => answer(200, { data: url.includes('?') ? things.slice(1) : things }),
  });
  expect(calls.length).toBeLessThan(5);
});

test('what is on a further page is not lost', async () => {
  const found = await checkOn(boundHolds, {
    ...{ paths: PATHS('minBuilt', NUMBER), operation: 'GET /boats' },
    host: ({ url }) =>
      answer(
        200,
        url.includes('?') ? { data: at(1, 5, 9).slice(2, 2), next: '/boats?page=2' } : { data: at(1, 5, 9) },
      ),
  });
  expect(found.gives).toBe('inconclusive');
});
