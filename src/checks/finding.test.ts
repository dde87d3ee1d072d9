import { expect, test } from 'vitest';
import { PROMISE } from '../testing/promise.js';
import type { Found } from './answer-check.js';
import type { Promised } from './check.js';
import { count, nameOf } from './fact.js';
import { findingOf } from './finding.js';

const PLAIN: Promised = {
  id: 'answer/of-a-test',
  ...PROMISE,
  asks: { atMost: 0 },
  messages: { wrong: ({ times = 0 }) => `it is wrong ${times} times`, odd: () => 'it is odd' },
};
const PROMISED: Promised = { ...PLAIN, warnings: ['odd'] };
const WRONG: Found = { code: 'wrong', facts: { times: count(3) } };

test('a finding says which promise is broken, how, and where', () => {
  expect(findingOf(PROMISED, { ...WRONG, pointer: '/id', schema: '#/components/schemas/Thing' })).toEqual({
    ...{ check: 'answer/of-a-test', code: 'wrong', facts: { times: 3 }, severity: 'error' },
    ...{ message: 'it is wrong 3 times', pointer: '/id', schema: '#/components/schemas/Thing' },
  });
});

test('what nobody has found out of it is not among its members', () => {
  expect(Object.keys(findingOf(PROMISED, { code: 'wrong' }))).toEqual([
    ...['check', 'code', 'severity', 'message'],
  ]);
  expect(findingOf(PROMISED, { code: 'wrong', inconclusive: true }).inconclusive).toBe(true);
});

test('its sentence is its own, or that of its code, or the promise', () => {
  expect(findingOf(PROMISED, { ...WRONG, message: 'it is not right' }).message).toBe('it is not right');
  expect(findingOf(PROMISED, { code: 'wrong' }).message).toBe('it is wrong 0 times');
  expect(findingOf(PROMISED, { code: 'of-tomorrow', facts: { name: nameOf('id') } }).message).toBe(
    'It is kept.',
  );
});

test.each<[what: string, promised: Partial<Promised>, found: Partial<Found>, severity: string]>([
  ['the contract promises', {}, {}, 'error'],
  ['is a warning by its code', {}, { code: 'odd' }, 'warning'],
  ['is a warning this time', {}, { severity: 'warning' }, 'warning'],
  ['is a warning by its check', { severity: 'warning' }, {}, 'warning'],
  ['a standard promises', { source: { kind: 'standard', ref: 'RFC 9110' } }, {}, 'warning'],
  ['is good practice', { source: { kind: 'practice', ref: 'a test' } }, {}, 'warning'],
])('what %s is of its severity', (_, promised, found, severity) => {
  expect(findingOf({ ...PROMISED, ...promised }, { ...WRONG, ...found }).severity).toBe(severity);
});

test('a check without warnings of its own has errors only', () => {
  expect(findingOf(PLAIN, { code: 'odd' }).severity).toBe('error');
});
