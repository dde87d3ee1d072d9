import { describe, expect, test } from 'vitest';
import type { HttpRequest, Reply } from '../targets/reply.js';
import { answer, silence } from '../testing/host.js';
import type { Identity } from './effect.js';
import { createLedger } from './ledger.js';

const request = { method: 'GET', url: 'https://api.shop.example/things/', headers: {} };
const write = { ...request, method: 'POST' };
const other = { ...request, url: 'https://api.shop.example/people/' };

describe('credentials are seen refused', () => {
  test.each([401, 403])(
    'when the same request works with the good ones, and gives %s with these',
    (status) => {
      const ledger = createLedger();
      ledger.note(request, { identity: 'valid', credentials: 'good', isGuarded: true }, answer(200));
      ledger.note(request, { identity: 'invalid', credentials: 'bad', isGuarded: true }, answer(status));
      expect(ledger.refusalSeen('bad')).toBe(true);
      expect(ledger.refusalSeen('other bad ones')).toBe(false);
    },
  );

  test('in whichever order the two come', () => {
    const ledger = createLedger();
    ledger.note(request, { identity: 'invalid', credentials: 'bad', isGuarded: true }, answer(401));
    expect(ledger.refusalSeen('bad')).toBe(false);
    ledger.note(request, { identity: 'valid', credentials: 'good', isGuarded: true }, answer(200));
    expect(ledger.refusalSeen('bad')).toBe(true);
  });
});

describe('credentials are not seen refused', () => {
  test('by an operation that anybody may ask: how such a host guards the others is not known', () => {
    const ledger = createLedger();
    ledger.note(request, { identity: 'valid', credentials: 'good', isGuarded: false }, answer(200));
    ledger.note(request, { identity: 'invalid', credentials: 'bad', isGuarded: false }, answer(401));
    expect(ledger.refusalSeen('bad')).toBe(false);
  });

  test('any more, when an operation that anybody may ask lets them in', () => {
    const ledger = createLedger();
    ledger.note(request, { identity: 'valid', credentials: 'good', isGuarded: true }, answer(200));
    ledger.note(request, { identity: 'invalid', credentials: 'bad', isGuarded: true }, answer(401));
    ledger.note(other, { identity: 'invalid', credentials: 'bad', isGuarded: false }, answer(200));
    expect(ledger.refusalSeen('bad')).toBe(false);
  });

  test('when the good ones are refused as well: the operation may be forbidden to everybody', () => {
    const ledger = createLedger();
    ledger.note(request, { identity: 'valid', credentials: 'good', isGuarded: true }, answer(403));
    ledger.note(request, { identity: 'invalid', credentials: 'bad', isGuarded: true }, answer(403));
    expect(ledger.refusalSeen('bad')).toBe(false);
  });

  test('when another request works with the good ones', () => {
    const ledger = createLedger();
    ledger.note(other, { identity: 'valid', credentials: 'good', isGuarded: true }, answer(200));
    ledger.note(request, { identity: 'invalid', credentials: 'bad', isGuarded: true }, answer(401));
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
    ledger.note(request, { identity: 'valid', credentials: 'good', isGuarded: true }, answer(200));
    ledger.note(request, { identity: 'invalid', credentials: 'bad', isGuarded: true }, reply);
    expect(ledger.refusalSeen('bad')).toBe(false);
  });

  test('any more, once a host has let them pass', () => {
    const ledger = createLedger();
    ledger.note(request, { identity: 'valid', credentials: 'good', isGuarded: true }, answer(200));
    ledger.note(request, { identity: 'invalid', credentials: 'bad', isGuarded: true }, answer(401));
    ledger.note(other, { identity: 'invalid', credentials: 'bad', isGuarded: true }, answer(200));
    expect(ledger.refusalSeen('bad')).toBe(false);
  });
});

test.each([
  ['a success', answer(201), false],
  ['a redirection', answer(302), false],
  ['a refusal', answer(401), true],
  ['400', answer(400), true],
  ['404', answer(404), true],
  ['no answer', silence('ECONNRESET'), true],
])('once a write with invalid credentials gave %s', (_, reply, counts) => {
  const ledger = createLedger();
  ledger.note(request, { identity: 'valid', credentials: 'good', isGuarded: true }, answer(200));
  ledger.note(request, { identity: 'invalid', credentials: 'bad', isGuarded: true }, answer(401));
  ledger.noteWrite(write, { identity: 'invalid', credentials: 'bad' }, reply);
  ledger.note(request, { identity: 'invalid', credentials: 'bad', isGuarded: true }, answer(401));
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
  ledger.note(working, { identity: good, credentials: 'good', isGuarded: true }, answer(status));
  ledger.note(request, { identity, credentials: bad, isGuarded: true }, answer(401));
  expect(ledger.refusalSeen(bad)).toBe(false);
});

test.each([
  [302, false],
  [400, true],
  [404, true],
])('what was seen refused, and is answered with %i elsewhere, counts: %s', (status, counts) => {
  const ledger = createLedger();
  ledger.note(request, { identity: 'valid', credentials: 'good', isGuarded: true }, answer(200));
  ledger.note(request, { identity: 'invalid', credentials: 'bad', isGuarded: true }, answer(401));
  ledger.note(other, { identity: 'invalid', credentials: 'bad', isGuarded: true }, answer(status));
  expect(ledger.refusalSeen('bad')).toBe(counts);
});

describe('a request that does not only read is seen refused', () => {
  const refusedAfter = (
    sent: { identity: Identity; credentials: string },
    reply: Reply,
    what: HttpRequest = write,
  ) => {
    const ledger = createLedger();
    ledger.noteWrite(what, sent, reply);
    return ledger.refusedWrites('bad');
  };
  const BAD = { identity: 'invalid', credentials: 'bad' } as const;
  const GOOD = { identity: 'valid', credentials: 'good' } as const;

  test.each([401, 403])('where it is answered with %i', (status) => {
    expect(refusedAfter(BAD, answer(status))).toEqual([write]);
    expect(refusedAfter(GOOD, answer(status))).toEqual([write]);
  });

  test('also where the contract calls it safe', () => {
    const ledger = createLedger();
    ledger.note(write, { ...GOOD, isGuarded: true }, answer(403));
    expect(ledger.refusedWrites('bad')).toEqual([write]);
  });

  test.each([
    ['a success', answer(201)],
    ['404', answer(404)],
    ['422', answer(422)],
    ['429', answer(429)],
    ['500', answer(500)],
    ['no answer', silence('ECONNRESET')],
  ])('not by %s', (_, reply) => {
    expect(refusedAfter(BAD, reply)).toEqual([]);
    expect(refusedAfter(GOOD, reply)).toEqual([]);
  });

  test.each([
    ['with other invalid credentials', { identity: 'invalid', credentials: 'other bad ones' }],
    ['as another caller', { identity: 'reader', credentials: 'of a reader' }],
    ['without credentials', { identity: 'valid', credentials: '' }],
  ] as const)('not where it was sent %s', (_, sent) => {
    expect(refusedAfter(sent, answer(401))).toEqual([]);
  });

  test('not by a read', () => {
    expect(refusedAfter(BAD, answer(401), request)).toEqual([]);
  });
});
