import { expect, test } from 'vitest';
import { presentKey, presentName, withPresentName } from './former-names.js';
import { PROMISES } from './index.js';

test.each([
  ['documented-status', 'not-documented', 'answer/documented-status'],
  ['content-type', 'missing', 'answer/content-type'],
  ['required-headers', 'missing', 'answer/response-headers'],
  ['header-values', 'type', 'answer/response-headers'],
  ['body', 'required', 'answer/body-schema'],
  ['body', 'empty', 'answer/body-present'],
  ['refuses-forbidden-body', 'accepted', 'input/forbidden-body'],
  ['refuses-bad-credentials', 'let-in', 'auth/bad-credentials'],
])('%s with %s is %s today', (former, code, today) => {
  expect(presentName(former, code)).toBe(today);
  expect(PROMISES.map(({ id }) => id)).toContain(today);
  expect(presentKey(`${former} · ${code} · /a`)).toBe(`${today} · ${code} · /a`);
  expect(presentKey(`${today} · ${code} · /a`)).toBe(`${today} · ${code} · /a`);
});

test('a name that nobody has given stays', () => {
  expect(presentKey('list/of-tomorrow · lost')).toBe('list/of-tomorrow · lost');
  expect(presentKey('constructor')).toBe('constructor');
});

test('a finding without a code is known by its sentence', () => {
  const message = 'the body is empty, the contract promises one';
  expect(withPresentName({ check: 'body', message }).check).toBe('answer/body-present');
  expect(presentKey(`body · ${message}`)).toBe(`answer/body-present · ${message}`);
  expect(presentKey('body · /id · should be integer')).toBe('answer/body-schema · /id · should be integer');
});
