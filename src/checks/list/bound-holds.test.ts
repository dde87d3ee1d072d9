import { expect, test } from 'vitest';
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
