import { expect, test } from 'vitest';
import { findingKey, keyByMessage } from './finding-key.js';

const FINDING = {
  check: 'body',
  code: 'required',
  facts: { member: 'status', count: 3 },
  pointer: '/entry/3/resource',
  message: 'the required member “status” is missing',
};

test('a finding is known by its check, its code, its place without numbers, and the names among its facts', () => {
  expect(findingKey(FINDING)).toBe('body · required · /entry/*/resource · status');
});

test.each([
  ['another sentence', { message: 'there is no member “status”' }],
  ['another item of the list', { pointer: '/entry/7/resource' }],
  ['another number', { facts: { member: 'status', count: 9 } }],
])('%s leaves it the same', (_, given) => {
  expect(findingKey({ ...FINDING, ...given })).toBe(findingKey(FINDING));
});

test.each([
  ['another code', { code: 'type' }],
  ['another member', { facts: { member: 'period' } }],
  ['another check', { check: 'header-values' }],
])('%s makes it another one', (_, given) => {
  expect(findingKey({ ...FINDING, ...given })).not.toBe(findingKey(FINDING));
});

test('a finding of a former version, which has no code, goes by its message without the numbers in it', () => {
  const { check, pointer } = FINDING;
  expect(findingKey({ check, pointer, message: 'came 12 times' })).toBe(
    'body · /entry/*/resource · came # times',
  );
  expect(keyByMessage(FINDING)).toBe('body · /entry/*/resource · the required member “status” is missing');
});
