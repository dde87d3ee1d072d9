import { expect, test } from 'vitest';
import { answer } from '../testing/host.js';
import { etagOf, isSameTag } from './etag.js';

test.each<[value: string | undefined, tag: string | undefined]>([
  ['"a1"', '"a1"'],
  ['W/"a1"', 'W/"a1"'],
  ['""', '""'],
  [' "a1" ', '"a1"'],
  ['a1', undefined],
  ['w/"a1"', undefined],
  ['"a 1"', undefined],
  ['"a"1"', undefined],
  ['"a1', undefined],
  ['x"a1"', undefined],
  ['"a1"x', undefined],
  [undefined, undefined],
])('the entity tag of an answer with ETag %j is %s', (value, tag) => {
  expect(etagOf(answer(200, undefined, value === undefined ? {} : { etag: value }))).toBe(tag);
});

test('a weak tag and a strong one are of the same thing', () => {
  expect(isSameTag('W/"a"', '"a"')).toBe(true);
  expect(isSameTag('"a"', '"a"')).toBe(true);
  expect(isSameTag('"a"', '"b"')).toBe(false);
  expect(isSameTag('"W/a"', '"a"')).toBe(false);
});
