import { describe, expect, test } from 'vitest';
import { parseJson, type Json } from '../../json.js';
import { seeded } from '../egress/random.js';
import { written, PLAIN } from './form.js';
import { raw } from './odd.js';
import { reduced } from './reduce.js';
import { broken, placesIn, valueAt, withValue } from './structure.js';

const TREE: Json = { a: [1, { b: 'x', c: null }], d: { e: true } };

test('a tree is broken in the same way for the same seed, and in another for another', () => {
  const texts = Array.from({ length: 200 }, (_, seed) => JSON.stringify(broken(TREE, seeded(seed))));
  expect(Array.from({ length: 200 }, (_, seed) => JSON.stringify(broken(TREE, seeded(seed))))).toEqual(texts);
  expect(new Set(texts).size).toBeGreaterThan(150);
  expect(JSON.stringify(TREE)).toBe('{"a":[1,{"b":"x","c":null}],"d":{"e":true}}');
});

test('a value is changed at its steps alone, also where a name is that of every object', () => {
  expect(placesIn(TREE)).toHaveLength(8);
  expect(valueAt(TREE, ['a', '1', 'b'])).toBe('x');
  expect(withValue(TREE, ['a', '0'], undefined)).toEqual({ a: [{ b: 'x', c: null }], d: { e: true } });
  expect(JSON.stringify(withValue(parseJson('{"__proto__":{"a":1}}') ?? null, ['__proto__', 'a'], 2))).toBe(
    '{"__proto__":{"a":2}}',
  );
});

test('what is written raw has no quotes, and what is in it is as it was', () => {
  expect(written({ a: raw('1e999'), b: raw('"\\n') }, PLAIN).toString()).toBe(
    '{\n "a": 1e999,\n "b": "\\n\n}',
  );
});

describe('a tree is made smaller', () => {
  test('until only what matters is left', async () => {
    const large: Json = {
      x: Array.from({ length: 40 }, (_, at) => ({ at, bad: at === 17 })),
      y: { z: [1, 2, 3] },
    };
    const smaller = await reduced(
      large,
      (tree) => Promise.resolve(JSON.stringify(tree).includes('"bad":true')),
      1000,
    );
    expect(smaller).toEqual({ x: [{ bad: true }] });
  });

  test('and not tried more often than it may', async () => {
    let asked = 0;
    await reduced(TREE, () => Promise.resolve((asked += 1) < 0), 5);
    expect(asked).toBe(5);
  });
});
