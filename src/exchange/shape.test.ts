import { describe, expect, test } from 'vitest';
import type { Json } from '../json.js';
import { shapeOf, withoutLengths } from './shape.js';

const KNOWN = new Set(['id', 'name', 'people']);
const shape = (value: Json) => shapeOf(value, (name) => KNOWN.has(name));

describe('the shape of a body', () => {
  test.each<[what: string, value: Json, is: Json]>([
    ['of a text: its length', 'Carla Muster', 'string 12..12'],
    ['of a number: its type', 3035550142, 'integer'],
    ['of a number with decimals', 1.5, 'number'],
    ['of true', true, 'boolean'],
    ['of false', false, 'boolean'],
    ['of null', null, 'null'],
    [
      'of an object: the members whose names are known',
      { id: 7, name: 'x' },
      { id: 'integer', name: 'string 1..1' },
    ],
    [
      'of members whose names are not known: how many',
      { id: 7, 'Carla Muster': 1, '3035550142': 2 },
      { id: 'integer', '…': '2 members of unlisted names' },
    ],
    ['of a list: how many, and what', [{ id: 1 }, { id: 2 }], ['×2', { id: 'integer' }]],
    ['of an empty list', [], ['×0']],
    ['of a list of texts: the least and the greatest length', ['a', 'abc'], ['×2', 'string 1..3']],
    ['of a member that not every item has', [{ id: 1 }, {}], ['×2', { 'id?': 'integer' }]],
    ['of unlike items', [null, 1, 'x'], ['×3', 'string 1..1 | integer | null']],
    [
      'of objects among other items',
      [1, { id: 1 }, 2, { id: 2 }],
      ['×4', ['|', 'integer', { id: 'integer' }]],
    ],
    ['of lists among other items', [1, ['a'], 2, ['abc']], ['×4', ['|', 'integer', ['×2', 'string 1..3']]]],
    ['of lists of which some are empty', [[], ['a'], []], ['×3', ['×1', 'string 1..1']]],
    [
      'of lists that begin with one that is not empty',
      [['a'], [], [1]],
      ['×3', ['×2', 'string 1..1 | integer']],
    ],
    ['of lists that are all empty', [[], []], ['×2', ['×0']]],
    [
      'of items with unlisted members: the most that one of them has',
      [{ a: 1, b: 1 }, { a: 1 }, {}],
      ['×3', { '…': '2 members of unlisted names' }],
    ],
  ])('%s', (_, value, is) => {
    expect(shape(value)).toEqual(is);
  });

  test('of what is nested deeper than anybody means is left out', () => {
    const nested = (levels: number, within: (value: Json) => Json) => {
      let value: Json = 'Carla Muster';
      for (let depth = 0; depth < levels; depth += 1) value = within(value);
      return JSON.stringify(shape(value));
    };
    for (const within of [(people: Json) => ({ people }), (item: Json) => [item]]) {
      expect(nested(32, within)).toContain('string 12..12');
      expect(nested(33, within)).toContain('"…"');
      expect(nested(33, within)).not.toContain('string');
      expect(nested(100, within)).toBe(nested(33, within));
    }
  });
});

test.each<[shape: Json, is: Json]>([
  ['string 3..12', 'string'],
  ['string 3..12 | integer | null', 'string | integer | null'],
  ['html 27', 'html'],
  ['binary 120', 'binary'],
  [
    ['×120', 'integer'],
    ['×', 'integer'],
  ],
  [
    { 'id?': ['×0'], name: null },
    { 'id?': ['×'], name: null },
  ],
  [{ '…': '3 members of unlisted names' }, { '…': '1 members of unlisted names' }],
  ['unreadable (×3)', 'unreadable (×3)'],
  ['×3 of a text', '×3 of a text'],
])('without lengths %j is %j', (given, is) => {
  expect(withoutLengths(given)).toEqual(is);
});

test('without lengths and counts it is the same for answers that differ in data only', () => {
  const one = shape({ people: [{ name: 'a' }, { name: 'abc' }], id: 1 });
  const other = shape({ people: [{ name: 'abcdef' }], id: 20 });
  expect(withoutLengths(one)).toEqual(withoutLengths(other));
  expect(withoutLengths(one)).not.toEqual(withoutLengths(shape({ people: [{ id: 1 }], id: 1 })));
});
