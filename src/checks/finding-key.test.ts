import { expect, test } from 'vitest';
import { findingKey, isListed, keyByMessage, wayOf } from './finding-key.js';

const FINDING = {
  check: 'answer/body-schema',
  code: 'required',
  facts: { member: 'status', count: 3 },
  pointer: '/entry/3/resource',
  message: 'the required member “status” is missing',
};

test('a finding is known by its check, its code, its place without numbers, and the names among its facts', () => {
  expect(findingKey(FINDING)).toBe('answer/body-schema · required · /entry/*/resource · status');
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
  ['another check', { check: 'answer/response-headers' }],
])('%s makes it another one', (_, given) => {
  expect(findingKey({ ...FINDING, ...given })).not.toBe(findingKey(FINDING));
});

test('a finding of a former version, which has no code, goes by its message without the numbers in it', () => {
  const { check, pointer } = FINDING;
  expect(findingKey({ check, pointer, message: 'came 12 times' })).toBe(
    'answer/body-schema · /entry/*/resource · came # times',
  );
  expect(keyByMessage(FINDING)).toBe(
    'answer/body-schema · /entry/*/resource · the required member “status” is missing',
  );
});

test('digits that say something are kept: an accepted 206 is no 203', () => {
  const of = (status: string) => ({
    check: 'answer/documented-status',
    facts: { status },
    message: `the status ${status} is not documented (documented: 200, 404)`,
  });
  expect(keyByMessage(of('206'))).toBe(
    'answer/documented-status · the status 206 is not documented (documented: #, #)',
  );
  expect(
    isListed({ ...of('203'), code: 'not-documented' }, [
      findingKey({ ...of('206'), code: 'not-documented' }),
    ]),
  ).toBe(false);
  expect(isListed({ ...of('203'), code: 'not-documented' }, [keyByMessage(of('206'))])).toBe(false);
});

test.each([
  'answer/body-schema · required · /entry/*/resource · status',
  'body · required · /entry/*/resource · status',
  'body · /entry/*/resource · the required member “status” is missing',
])('a finding is listed as %s, whichever version wrote it', (key) => {
  expect(isListed(FINDING, ['answer/body-schema · type · /id', key])).toBe(true);
  expect(isListed({ ...FINDING, pointer: '/other' }, [key])).toBe(false);
});

test('the names are in the order of the facts that they are, whichever was found first', () => {
  const facts = { to: 'b', from: 'a' };
  expect(findingKey({ ...FINDING, facts })).toBe('answer/body-schema · required · /entry/*/resource · a · b');
  const { check, code, message } = FINDING;
  expect(findingKey({ check, code, message })).toBe('answer/body-schema · required');
});

test.each([
  ['/entry/3/resource', '/entry/*/resource'],
  ['/entry/3', '/entry/*'],
  ['/3/4', '/*/*'],
  ['/entry/12', '/entry/*'],
  ['/entry3/4th', '/entry3/4th'],
])('the place %s is %s in a key', (pointer, place) => {
  expect(findingKey({ ...FINDING, pointer, facts: {} })).toBe(`answer/body-schema · required · ${place}`);
});

test('in which way a promise is broken is the same wherever it is', () => {
  expect(wayOf(FINDING)).toEqual(['required', 'resource', 'status']);
  expect(wayOf({ ...FINDING, pointer: '/other/0/resource/12/' })).toEqual(['required', 'resource', 'status']);
  expect(wayOf({ ...FINDING, pointer: '/entry/*/*', facts: {} })).toEqual(['required', 'entry']);
  expect(wayOf({ ...FINDING, pointer: '/entry/4th' })).toEqual(['required', '4th', 'status']);
  expect(wayOf({ ...FINDING, pointer: '/entry/line2' })).toEqual(['required', 'line2', 'status']);
  expect(wayOf({ ...FINDING, pointer: '/0' })).toEqual(['required', '', 'status']);
});

test('in which way a finding of a former version is one is said by its sentence', () => {
  expect(wayOf({ check: 'body', message: 'came 12 times' })).toEqual(['came # times', '']);
});

test('a sentence without a place or names is a key as well', () => {
  expect(keyByMessage({ check: 'body', message: 'came 12 times of 200' })).toBe('body · came # times of #');
  expect(
    keyByMessage({ check: 'body', message: 'came 12 times of 200', facts: { status: '200', count: 12 } }),
  ).toBe('body · came # times of 200');
});
