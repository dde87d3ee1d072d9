import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../json.js';
import { createLearner, LEARNT } from './learnt.js';

/** A page of so many boats. */
const page = (boat: Json, size = 100): Json => ({ total: 'integer', data: [`×${size}`, boat] });
const BOAT: JsonObject = {
  id: 'string 36..36',
  name: 'string 3..20',
  tag: 'string 4..4',
  hull: { owner: 'string 10..10', size: 'integer' },
  marks: ['×300', 'string 12..12'],
};
const without = (name: string): JsonObject =>
  Object.fromEntries(Object.entries(BOAT).filter(([own]) => own !== name));

/** What is found in the last of these bodies. */
function lastOf(shapes: readonly Json[], status = 200): string[] {
  const learner = createLearner();
  const found = shapes.map((shape) => learner.see({ operation: 'GET /boats', status, shape }, true));
  return (found.at(-1) ?? []).map(({ from, to }) => `${from} → ${to}`);
}
const nights = (shape: Json, count: number = LEARNT.runs): Json[] =>
  Array.from({ length: count }, () => shape);
const SINCE = '(learnt from 14 runs, 1400 entries)';

test.each<[what: string, boat: Json, finds: string[]]>([
  ['are as ever', BOAT, []],
  ['have a member more', { ...BOAT, colour: 'string 3..3' }, []],
  ['lack a member', without('name'), [`data[].name: in every entry ${SINCE} → data[].name: in none`]],
  ['lack a member in part', { ...without('name'), 'name?': 'string 3..9' }, []],
  ['have null', { ...BOAT, name: 'null' }, [`data[].name: never null ${SINCE} → data[].name: always null`]],
  ['have null in part', { ...BOAT, name: 'string 3..9 | null' }, []],
  [
    'have ids of another form',
    { ...BOAT, id: 'string 24..24' },
    [`data[].id: always 36 characters ${SINCE} → data[].id: always of another length`],
  ],
  ['have ids of another form in part', { ...BOAT, id: 'string 24..36' }, []],
  ['have a number for an id', { ...BOAT, id: 'integer' }, []],
  ['have longer names', { ...BOAT, name: 'string 30..40' }, []],
  ['are counted on', { ...BOAT, tag: 'string 5..5' }, []],
  [
    'have another owner inside',
    { ...BOAT, hull: { owner: 'null', size: 'integer' } },
    [`data[].hull.owner: never null ${SINCE} → data[].hull.owner: always null`],
  ],
  [
    'have marks of another form',
    { ...BOAT, marks: ['×300', 'string 20..25'] },
    [
      'data[].marks[]: always 12 characters (learnt from 14 runs, 4200 entries) → data[].marks[]: always of another length',
    ],
  ],
  ['have no marks', { ...BOAT, marks: ['×0'] }, []],
])('boats that %s, after all boats of 14 nights were alike', (_, boat, finds) => {
  expect(lastOf([...nights(page(BOAT)), page(boat)])).toEqual(finds);
});

const NAMELESS = without('name');
test.each<[what: string, before: Json[], now: Json]>([
  ['too few nights', nights(page(BOAT, 500), LEARNT.runs - 1), page(NAMELESS)],
  ['too few boats', nights(page(BOAT, 71)), page(NAMELESS)],
  ['too few boats tonight', nights(page(BOAT)), page(NAMELESS, LEARNT.now - 1)],
  ['no boats tonight', nights(page(BOAT)), { total: 'integer', data: ['×0'] }],
  ['another one on one night', [page(NAMELESS), ...nights(page(BOAT))], page(NAMELESS)],
  [
    'a name in part on one night',
    [page({ ...NAMELESS, 'name?': 'string 1..2' }), ...nights(page(BOAT))],
    page(NAMELESS),
  ],
  ['a single boat each night', nights(BOAT, 1200), NAMELESS],
  [
    'a hull in part',
    nights(page({ ...without('hull'), 'hull?': { name: 'string 1..9' } })),
    page({ ...without('hull'), 'hull?': {} }),
  ],
])('nothing is learnt from %s', (_, before, now) => {
  expect(lastOf([...before, now])).toEqual([]);
});

test('of an empty list in the first night nothing is known but by those after it', () => {
  expect(lastOf([{ total: 'integer', data: ['×0'] }, ...nights(page(BOAT)), page(NAMELESS)])).toEqual([
    `data[].name: in every entry ${SINCE} → data[].name: in none`,
  ]);
});

test('what is over stays said, in the same words, until it holds again', () => {
  const over = nights(page(NAMELESS), 3);
  const stated = [`data[].name: in every entry ${SINCE} → data[].name: in none`];
  expect(lastOf([...nights(page(BOAT)), ...over])).toEqual(stated);
  expect(lastOf([...nights(page(BOAT)), ...over, page(BOAT)])).toEqual([]);
});

test('a refusal is no answer to learn from, and a run right after another one is no night', () => {
  expect(lastOf([...nights(page(BOAT)), page(NAMELESS)], 403)).toEqual([]);
  const learner = createLearner();
  const see = (boat: Json, isNew: boolean) =>
    learner.see({ operation: 'GET /boats', status: 200, shape: page(boat) }, isNew);
  for (let run = 0; run < 20; run += 1) see(BOAT, run === 0);
  expect(see(NAMELESS, true)).toEqual([]);
});

test('where another comparison has found a difference, nothing more is said', () => {
  const learner = createLearner();
  const see = (boat: Json) =>
    learner.see({ operation: 'GET /boats', status: 200, shape: page(boat) }, true, new Set(['data[].name']));
  for (let run = 0; run < LEARNT.runs; run += 1) see(BOAT);
  expect(see(NAMELESS)).toEqual([]);
});
