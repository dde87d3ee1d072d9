import { expect, test } from 'vitest';
import { within } from './within.js';

/** Takes longer than the test has. */
const endless = () => /^(a+)+$/.test(`${'a'.repeat(60)}!`);

test('work that ends in time gives its value, also undefined', () => {
  expect(within(1000, () => 7)).toEqual({ done: true, value: 7 });
  expect(within(1000, () => undefined)).toEqual({ done: true, value: undefined });
});

test('a regular expression that would go on for ever is interrupted', () => {
  expect(within(30, endless)).toEqual({ done: false, why: 'time' });
});

test('a loop is interrupted', () => {
  expect(
    within(30, () => {
      for (;;);
    }),
  ).toEqual({ done: false, why: 'time' });
});

test('what the work throws is thrown on', () => {
  expect(() =>
    within(1000, () => {
      throw new RangeError('no such index');
    }),
  ).toThrow(new RangeError('no such index'));
});

test('work inside bounded work has its own limit', () => {
  expect(within(5000, () => [within(30, endless), within(1000, () => 7)])).toEqual({
    done: true,
    value: [
      { done: false, why: 'time' },
      { done: true, value: 7 },
    ],
  });
});

test('work inside bounded work ends with that around it', () => {
  expect(within(30, () => within(60_000, endless))).toEqual({ done: false, why: 'time' });
  expect(within(1000, () => 7)).toEqual({ done: true, value: 7 });
});

test('work that calls itself without end is not done', () => {
  const deeper = (): number => deeper() + 1;
  expect(within(1000, deeper)).toEqual({ done: false, why: 'depth' });
});
