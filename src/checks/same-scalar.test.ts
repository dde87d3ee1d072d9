import { expect, test } from 'vitest';
import { isSameScalar, isScalar } from './same-scalar.js';

test.each([
  [5, '5', true],
  ['12.50', 12.5, true],
  ['a', 'a', true],
  [true, 'true', true],
  [9007199254740992, '9007199254740992', true],
  ['2026-02-26T17:40:00Z', '2026-02-26T17:40:00+00:00', true],
  [12.345, 12.35, false],
  [5, 6, false],
  ['a', 'b', false],
  ['12345678901234567890', '12345678901234567891', false],
  [true, false, false],
  [0, '', false],
])('%s and %s: %s', (one, other, same) => {
  expect(isSameScalar(one, other)).toBe(same);
});

test.each([
  ['12', '12.0', true],
  ['12', '012', true],
  ['-3', '-3.00', true],
  ['1a', '1b', false],
])('the texts %s and %s, which could be numbers, say the same: %s', (one, other, same) => {
  expect(isSameScalar(one, other)).toBe(same);
});

test.each([
  ['', true],
  ['a', true],
  [0, true],
  [false, true],
  [null, false],
  [[], false],
  [{}, false],
  [undefined, false],
])('%j is a scalar: %s', (value, is) => {
  expect(isScalar(value)).toBe(is);
});
