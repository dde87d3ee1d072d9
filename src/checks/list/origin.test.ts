import { expect, test } from 'vitest';
import type { JsonObject } from '../../json.js';
import { resultOn } from '../../testing/checks.js';
import { answer, contractOf, type Sent } from '../../testing/host.js';
import type { PageParameter } from '../list-form.js';
import { documentedOrigin, isCountedElsewhere } from './origin.js';
import { pageOf } from './page.js';

const PATHS = (description: string, schema: JsonObject = {}, name = 'page') => `
/boats:
  get:
    parameters:
      - { name: limit, in: query, schema: { type: integer } }
      - { name: ${name}, in: query, description: '${description}', schema: ${JSON.stringify(schema)} }`;

function originOf(description: string, schema: JsonObject = {}, origin?: PageParameter['origin']) {
  const parameter = contractOf(PATHS(description, schema)).operations[0]?.parameters[1];
  if (!parameter) throw new Error('there is no parameter');
  return documentedOrigin({ kind: 'page', parameter, origin });
}

test.each<[description: string, origin: 0 | 1 | undefined]>([
  ['0-based', 0],
  ['A zero indexed number', 0],
  ['1-based', 1],
  ['one-indexed', 1],
  ['Starts at 0.', 0],
  ['Pages begin with one', 1],
  ['Counting from zero', 0],
  ['It starts numbering at 1', 1],
  ['The first page is 1', 1],
  ['The first page has number 0', 0],
  ['The first page has the number one', 1],
  ['FIRST PAGE IS ZERO', 0],
  ['Begins at 10', undefined],
  ['A 10-based number', undefined],
  ['10 is based on 1', undefined],
  ['The first page is 10', undefined],
  ['It starts the numbering at 1', undefined],
  ['Zero-based, although it starts at 1', undefined],
  ['The number of the page', undefined],
])('“%s” says %s', (description, origin) => {
  expect(originOf(description)).toBe(origin);
});

test.each<[schema: JsonObject, origin: 0 | 1 | undefined]>([
  [{ default: 0 }, 0],
  [{ default: 1 }, 1],
  [{ minimum: 0 }, 0],
  [{ minimum: 1 }, 1],
  [{ default: 1, minimum: 0 }, 1],
  [{ default: 5, minimum: 1 }, 1],
  [{ default: 2 }, undefined],
  [{ default: '1' }, undefined],
])('the schema %j says %s', (schema, origin) => {
  expect(originOf('', schema)).toBe(origin);
});

test('what contradicts itself says nothing, and what somebody has stated counts before it', () => {
  expect(originOf('Zero-based', { default: 1 })).toBeUndefined();
  expect(originOf('Zero-based', { default: 0 })).toBe(0);
  expect(originOf('Zero-based', { default: 0 }, 1)).toBe(1);
  expect(originOf('1-based', {}, 0)).toBe(0);
});

const BOATS = Array.from({ length: 6 }, (_, id) => ({ id }));
/** A host whose page of a number begins at this one of its boats. */
const host =
  (begins: (number: number) => number, more: JsonObject = {}) =>
  ({ url }: Sent) => {
    const asked = new URL(url).searchParams;
    const number = asked.get('page') ?? asked.get('cursor');
    const from = number === null ? 0 : begins(Number(number));
    return from < 0
      ? answer(400)
      : answer(200, { data: BOATS.slice(from, from + Number(asked.get('limit') ?? 6)), ...more });
  };
const elsewhereOn = (paths: string, given: ReturnType<typeof host>) =>
  resultOn(
    function* (subject) {
      const first = yield* pageOf(subject, subject.request.same('a page', { query: { limit: '2' } }));
      if (!first) throw new Error('no page came');
      return yield* isCountedElsewhere(subject, first);
    },
    { paths, operation: 'GET /boats', host: given },
  );

test.each<[what: string, begins: (number: number) => number, isElsewhere: boolean]>([
  ['is the same', (number) => 2 * (number - 1), false],
  ['is the one behind it', (number) => 2 * number, true],
  ['is refused', () => -1, false],
])('the first page by its number %s', async (_, begins, isElsewhere) => {
  expect(await elsewhereOn(PATHS('1-based'), host(begins))).toEqual({
    result: isElsewhere,
    calls: ['GET /boats?limit=2', 'GET /boats?page=1&limit=2'],
  });
});

test.each<[what: string, paths: string, more: JsonObject]>([
  ['nothing says from where is counted', PATHS(''), {}],
  ['cursors lead from page to page', PATHS('1-based', {}, 'cursor'), {}],
  ['links lead from page to page', PATHS('1-based'), { next: '/boats?page=2' }],
  ['no parameter says which page', PATHS('1-based', {}, 'colour'), {}],
])('where %s, no page is asked for by its number', async (_, paths, more) => {
  expect(
    await elsewhereOn(
      paths,
      host((number) => 2 * number, more),
    ),
  ).toEqual({
    result: false,
    calls: ['GET /boats?limit=2'],
  });
});
