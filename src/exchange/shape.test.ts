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
    ['of unlike items', [1, 'x', null], ['×3', 'string 1..1 | integer | null']],
  ])('%s', (_, value, is) => {
    expect(shape(value)).toEqual(is);
  });

  test('of what is nested deeper than anybody means is left out', () => {
    let value: Json = 'Carla Muster';
    for (let depth = 0; depth < 100; depth += 1) value = { people: value };
    const text = JSON.stringify(shape(value));
    expect(text).toContain('…');
    expect(text.split('people').length).toBeLessThan(40);
  });
});

test('without lengths and counts it is the same for answers that differ in data only', () => {
  const one = shape({ people: [{ name: 'a' }, { name: 'abc' }], id: 1 });
  const other = shape({ people: [{ name: 'abcdef' }], id: 20 });
  expect(withoutLengths(one)).toEqual(withoutLengths(other));
  expect(withoutLengths(one)).not.toEqual(withoutLengths(shape({ people: [{ id: 1 }], id: 1 })));
});
