import { expect, test } from 'vitest';
import { exchangeOf } from '../testing/host.js';
import { failuresBefore } from './flaky.js';

test('failures before a success are found in what a run keeps', () => {
  const [failed, worked] = [exchangeOf({ status: 500 }), exchangeOf()];
  const cut = exchangeOf({ status: 200, failure: 'cut off' });
  expect(failuresBefore({ exchanges: [failed, worked] })).toEqual(['500']);
  expect(failuresBefore({ exchanges: [cut, worked] })).toEqual(['cut off']);
  expect(failuresBefore({ exchanges: [exchangeOf({ status: 429 }), worked] })).toEqual([]);
  expect(failuresBefore({ exchanges: [worked, failed] })).toEqual([]);
  expect(failuresBefore({ exchanges: [exchangeOf({ status: 500, role: 'control' }), worked] })).toEqual([]);
});
