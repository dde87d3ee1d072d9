import { expect, test } from 'vitest';
import { CHECKS } from './index.js';
import { isOfHost, promiseOf, sourceText } from './promise-of.js';

test('the promise of a check is found by its name, of whatever kind it is', () => {
  for (const id of ['answer/body-schema', 'list/page-size', 'auth/token-endpoint', 'state/deleted-gone'])
    expect(promiseOf(id)?.id).toBe(id);
  expect(promiseOf('list/of-tomorrow')).toBeUndefined();
});

test('what is the same for a whole host is known as such', () => {
  const ofHost = CHECKS.find(({ scope }) => scope === 'host')?.id ?? '';
  expect([isOfHost(ofHost), isOfHost('list/page-size'), isOfHost('list/of-tomorrow')]).toEqual([
    ...[true, false, false],
  ]);
});

test('a source is said in one line', () => {
  expect(sourceText({ source: { kind: 'standard', ref: 'RFC 9110, section 8' } })).toBe(
    'standard: RFC 9110, section 8',
  );
});
