import { describe, expect, test } from 'vitest';
import { answer, silence } from '../testing/host.js';
import { createLedger } from './ledger.js';

const request = { method: 'GET', url: 'https://api.shop.example/things/', headers: {} };
const other = { ...request, url: 'https://api.shop.example/people/' };

describe('credentials are seen refused', () => {
  test.each([401, 403])(
    'when the same request works with the good ones, and gives %s with these',
    (status) => {
      const ledger = createLedger();
      ledger.note(request, 'valid', 'good', answer(200));
      ledger.note(request, 'invalid', 'bad', answer(status));
      expect(ledger.refusalSeen('bad')).toBe(true);
      expect(ledger.refusalSeen('other bad ones')).toBe(false);
    },
  );

  test('in whichever order the two come', () => {
    const ledger = createLedger();
    ledger.note(request, 'invalid', 'bad', answer(401));
    expect(ledger.refusalSeen('bad')).toBe(false);
    ledger.note(request, 'valid', 'good', answer(200));
    expect(ledger.refusalSeen('bad')).toBe(true);
  });
});

describe('credentials are not seen refused', () => {
  test('when the good ones are refused as well: the operation may be forbidden to everybody', () => {
    const ledger = createLedger();
    ledger.note(request, 'valid', 'good', answer(403));
    ledger.note(request, 'invalid', 'bad', answer(403));
    expect(ledger.refusalSeen('bad')).toBe(false);
  });

  test('when another request works with the good ones', () => {
    const ledger = createLedger();
    ledger.note(other, 'valid', 'good', answer(200));
    ledger.note(request, 'invalid', 'bad', answer(401));
    expect(ledger.refusalSeen('bad')).toBe(false);
  });

  test.each([
    ['a success', answer(200)],
    ['404', answer(404)],
    ['500', answer(500)],
    ['429', answer(429)],
    ['no answer', silence('ECONNRESET')],
  ])('by %s', (_, reply) => {
    const ledger = createLedger();
    ledger.note(request, 'valid', 'good', answer(200));
    ledger.note(request, 'invalid', 'bad', reply);
    expect(ledger.refusalSeen('bad')).toBe(false);
  });

  test('any more, once a host has let them pass', () => {
    const ledger = createLedger();
    ledger.note(request, 'valid', 'good', answer(200));
    ledger.note(request, 'invalid', 'bad', answer(401));
    ledger.note(other, 'invalid', 'bad', answer(200));
    expect(ledger.refusalSeen('bad')).toBe(false);
  });
});

test.each([
  ['a success', answer(201), false],
  ['a redirection', answer(302), false],
  ['a refusal', answer(401), true],
  ['404', answer(404), true],
  ['no answer', silence('ECONNRESET'), true],
])('once a write with invalid credentials gave %s', (_, reply, counts) => {
  const ledger = createLedger();
  ledger.note(request, 'valid', 'good', answer(200));
  ledger.note(request, 'invalid', 'bad', answer(401));
  ledger.noteWrite('bad', reply);
  ledger.note(request, 'invalid', 'bad', answer(401));
  expect(ledger.refusalSeen('bad')).toBe(counts);
});

test.each([
  ['nothing was placed', request, 'valid', 200, 'invalid', ''],
  ['it works without credentials only', request, 'none', 200, 'invalid', 'bad'],
  ['the good ones gave no more than 101', request, 'valid', 101, 'invalid', 'bad'],
  ['others than the invalid ones were refused', request, 'valid', 200, 'none', 'bad'],
  ['another method works', { ...request, method: 'HEAD' }, 'valid', 200, 'invalid', 'bad'],
] as const)('credentials are not seen refused where %s', (_, working, good, status, identity, bad) => {
  const ledger = createLedger();
  ledger.note(working, good, 'good', answer(status));
  ledger.note(request, identity, bad, answer(401));
  expect(ledger.refusalSeen(bad)).toBe(false);
});

test.each([
  [302, false],
  [404, true],
])('what was seen refused, and is answered with %i elsewhere, counts: %s', (status, counts) => {
  const ledger = createLedger();
  ledger.note(request, 'valid', 'good', answer(200));
  ledger.note(request, 'invalid', 'bad', answer(401));
  ledger.note(other, 'invalid', 'bad', answer(status));
  expect(ledger.refusalSeen('bad')).toBe(counts);
});
