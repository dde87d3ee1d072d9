import { expect, test } from 'vitest';
import type { Probe } from '../probe/build.js';
import { answer, exchangeOf, seenOf } from '../testing/host.js';
import { isOfNote } from './of-note.js';

const PROBE: Probe = {
  ...{ operation: 'GET /things', role: 'operation', shown: 'https://api.shop.example/things' },
  request: { method: 'GET', url: 'https://api.shop.example/things', headers: {} },
};

const isNoted = (status: number, before: (number | null)[] = [], headers: Record<string, string> = {}) =>
  isOfNote({
    ...seenOf(exchangeOf({ status })),
    ...{ probe: PROBE, reply: answer(status, '', headers) },
    before: before.map((one) => exchangeOf({ status: one })),
  });

test.each([201, 405, 426, 429, 503])('an answer with the status %s is kept for others', (status) => {
  expect(isNoted(status)).toBe(true);
});

test.each([301, 302, 303, 307, 308])('a redirect with the status %s is, wherever it leads', (status) => {
  expect(isNoted(status, [], { location: '/others' })).toBe(true);
  expect(isNoted(status)).toBe(true);
});

test.each([200, 204, 304, 400, 401, 404, 500])('an answer with the status %s is not', (status) => {
  expect(isNoted(status)).toBe(false);
});

test('what was answered before it was repeated counts as well', () => {
  expect(isNoted(200, [null, 429])).toBe(true);
  expect(isNoted(200, [null, 500])).toBe(false);
});
