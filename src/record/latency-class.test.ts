import { expect, test } from 'vitest';
import { isBeyond, latencyClassOf } from './latency-class.js';

test.each([
  [0, 'up to 0.1 s'],
  [100, 'up to 0.1 s'],
  [101, 'up to 0.3 s'],
  [999, 'up to 1 s'],
  [30_000, 'up to 30 s'],
  [30_001, 'over 30 s'],
])('%d ms is of the class “%s”', (ms, is) => {
  expect(latencyClassOf(ms)).toBe(is);
});

test.each([
  ['up to 0.1 s', 0, false],
  ['up to 0.1 s', 200, false],
  ['up to 0.1 s', 201, true],
  ['up to 1 s', 150, false],
  ['up to 1 s', 149, true],
  ['up to 1 s', 2_001, true],
  ['over 30 s', 15_000, false],
  ['over 30 s', 14_999, true],
  ['over 30 s', 600_000, false],
] as const)('of the class “%s”, %d ms is beyond: %s', (of, ms, beyond) => {
  expect(isBeyond(of, ms)).toBe(beyond);
});
