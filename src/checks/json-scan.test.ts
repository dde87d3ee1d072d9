import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scanJson } from './json-scan.js';

test('finds nothing in what a serializer has written, and where it ends', () => {
  const value = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()));
  fc.assert(
    fc.property(value, fc.constantFrom(undefined, 2), fc.string(), (one, indent, behind) => {
      const text = JSON.stringify(one, undefined, indent);
      const found = scanJson(text + behind);
      expect(found).toEqual({ end: text.length, repeated: [], changed: [] });
    }),
  );
});

test('goes through every text to its end', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      scanJson(text);
    }),
  );
  expect(scanJson('{"a": [{}, "').end).toBeUndefined();
  expect(scanJson('"\\').end).toBeUndefined();
});

test('a long text takes no longer for each of its characters', () => {
  const text = `[${'{"a":"\\"",'.repeat(100_000)}`;
  expect(scanJson(text).repeated).toEqual([]);
});

describe('names', () => {
  test.each<[text: string, repeated: string[]]>([
    ['{"a":1,"a":2,"a":3}', ['a', 'a']],
    ['{"a":1,"\\u0061":2}', ['a']],
    ['[{"a":1},{"a":1}]', []],
    ['{"a":{"a":{"a":1}},"b":["a","a"]}', []],
    ['{"a":{"b":1},"c":[{"b":1,"b":[]}],"a":0}', ['b', 'a']],
    ['{"a":"a","b":"a\\",\\"a"}', []],
    ['{"__proto__":1,"constructor":2}', []],
    ['{"a":1,"A":2}', []],
    ['["a","a",["a","a"]]', []],
    ['{"a\\/":1,"a/":2}', ['a/']],
  ])('%s', (text, repeated) => {
    expect(scanJson(text).repeated).toEqual(repeated);
  });
});

describe('whole numbers', () => {
  test.each<[text: string, changed: [digits: string, member: string | undefined][]]>([
    ['{"id":9007199254740993}', [['9007199254740993', 'id']]],
    ['{"id":9007199254740991,"other":9007199254740992}', []],
    ['{"much":123456789012345680000}', []],
    ['{"ids":[-9007199254740993]}', [['-9007199254740993', 'ids']]],
    ['[9007199254740993]', [['9007199254740993', undefined]]],
    ['{"id":"9007199254740993","note":"9007199254740993 of them"}', []],
    ['{"part":0.12345678901234567,"much":12345678901234567e3}', []],
    ['{"a":{"b":1},"c":9007199254740993}', [['9007199254740993', 'c']]],
    [
      '{"id": 9007199254740993, "other":\n-9007199254740993}',
      [
        ['9007199254740993', 'id'],
        ['-9007199254740993', 'other'],
      ],
    ],
    ['9007199254740993', [['9007199254740993', undefined]]],
    ['{"much":1000000000000000000000}', []],
    ['[1111111111111111111]', [['1111111111111111111', undefined]]],
    [`[${'1'.repeat(40)}]`, [['1'.repeat(40), undefined]]],
    [`[${'1'.repeat(41)}]`, []],
    ['[9007199254740994.0,9007199254740993]', [['9007199254740993', undefined]]],
  ])('%s', (text, changed) => {
    expect(scanJson(text).changed).toEqual(changed.map(([digits, member]) => ({ digits, member })));
  });
});
