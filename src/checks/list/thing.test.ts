import { expect, test } from 'vitest';
import type { Json } from '../../json.js';
import { contractOf } from '../../testing/host.js';
import { areSame, keyOf, keysOf, memberOf, textsOf, valuesOf } from './thing.js';

const BOATS = { list: undefined, collection: 'boats', item: undefined };
const keys = (...ids: Json[]) => ids.map((id) => keyOf(BOATS, id));

test('what has no members has none', () => {
  expect([memberOf(BOATS, 'id', 'id'), memberOf(BOATS, null, 'id'), memberOf(BOATS, [1], '0')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('a member is found by its plain name, or by its place', () => {
  const thing = { Built_At: 1, 'built/at': 2, hull: { size: 3 } };
  expect(memberOf(BOATS, thing, 'builtat')).toBe(1);
  expect(memberOf(BOATS, thing, '/hull/size')).toBe(3);
  expect(memberOf(BOATS, thing, '/Built_At')).toBe(1);
  expect(memberOf(BOATS, thing, '/builtat')).toBeUndefined();
  expect(memberOf(BOATS, { boat: { size: 4 } }, '/size')).toBe(4);
});

test.each<[value: Json, texts: string[]]>([
  [7, ['7']],
  [true, ['true']],
  [
    ['a', 7, null, { b: 1 }, ['c']],
    ['a', '7'],
  ],
  [null, []],
  [{ a: 1 }, []],
  [9007199254740991, ['9007199254740991']],
  [9007199254740992, []],
  [-9007199254740992, []],
  ['9007199254740992', ['9007199254740992']],
])('the values of %j', (value, texts) => {
  expect(valuesOf(BOATS, { a: value }, 'a')).toEqual(texts);
});

test('a thing is distinguished from others by its id, and by its type where there is one', () => {
  expect(keys('a', 7, true, null, ['a'], {})).toEqual(['a', '7', undefined, undefined, undefined, undefined]);
  expect(keys({ id: 7 }, { uuid: 'u' }, { boatId: 'b' }, { hullId: 'h' })).toEqual([
    '["7"]',
    '["u"]',
    '["b"]',
    undefined,
  ]);
  expect(keys({ id: 7, type: 'a' }, { id: 7, resourceType: 'b' }, { id: ['a', 'b'] })).toEqual([
    '["7","a"]',
    '["7","b"]',
    undefined,
  ]);
});

test('keys are those of all things, or none', () => {
  expect(keysOf(BOATS, [{ id: 1 }, { id: 2 }])).toEqual(['["1"]', '["2"]']);
  expect(keysOf(BOATS, [{ id: 1 }, {}])).toBeUndefined();
  expect(keysOf(BOATS, [{ id: 1 }, { id: 1 }])).toBeUndefined();
});

test('two pages are the same in whatever order, and whatever else of their things has changed', () => {
  const one = [
    { id: 1, at: 1 },
    { id: 2, at: 1 },
  ];
  expect(
    areSame(BOATS, one, [
      { id: 2, at: 9 },
      { id: 1, at: 9 },
    ]),
  ).toBe(true);
  expect(
    areSame(BOATS, one, [
      { id: 1, at: 1 },
      { id: 3, at: 1 },
    ]),
  ).toBe(false);
  expect(areSame(BOATS, one, one.slice(1))).toBe(false);
  expect(areSame(BOATS, [{ a: 1 }], [{ a: 1 }])).toBe(true);
  expect(areSame(BOATS, [{ a: 1 }], [{ a: 2 }])).toBe(false);
});

test('the texts of a thing are those of its members, however deep', () => {
  expect(textsOf({ a: 'x', b: [1, { c: 'y' }], d: null, e: true })).toEqual(['x', '1', 'y']);
});

test('a thing may have its id in a member that is called like the parameter of its read', () => {
  const [operation] = contractOf('/boats/{hullCode}: { get: {} }').operations;
  if (!operation) throw new Error('there is no operation');
  const known = { ...BOATS, item: { operation, parameter: 'hullCode' } };
  expect(keyOf(known, { hull_code: 'x' })).toBe('["x"]');
  expect(keyOf(known, { id: 7, hull_code: 'x' })).toBe('["7"]');
});
