import { describe, expect, test } from 'vitest';
import type { Exchange } from '../exchange/exchange.js';
import { exchangeOf } from '../testing/host.js';
import { matchReceived, matchSignatures, type RequestFacts, type Received } from './match.js';
import type { Signature } from './signatures.js';

function signature(id: string, looks: Partial<Signature>): Signature {
  const texts = { stack: 'an invented gateway', explanation: '', fix: '', standing: 'assumed' };
  return { id, layer: 'gateway', cause: 'gateway-refused', ...texts, ...looks };
}

function match(exchange: Partial<Exchange>, looks: Partial<Signature>, isToken = false) {
  const [found] = matchSignatures(exchangeOf(exchange), [signature('one', looks)], { isToken });
  return found;
}

const BY_TEXT = { text: 'one', message: 'words of its own' };
const WORDS = BY_TEXT.message;

describe('what a signature asks for has to be so', () => {
  test.each<[what: string, looks: Partial<Signature>, fits: Partial<Exchange>, fitsNot: Partial<Exchange>]>([
    ['the status', { status: [403] }, { status: 403 }, { status: 404 }],
    ['the class of the status', { status: ['4xx'] }, { status: 418 }, { status: 500 }],
    ['the kind of body', { body: ['html'] }, { bodyShape: 'html 90' }, { bodyShape: 'xml 90' }],
    [
      'every member of the body',
      { members: ['fault.code', 'path'] },
      { bodyShape: { fault: { code: 'integer' }, path: 'string 1..1' } },
      { bodyShape: { fault: { code: 'integer' } } },
    ],
    [
      'that an Authorization header was sent',
      { request: { authorization: true } },
      { requestHeaders: ['authorization'] },
      { requestHeaders: ['accept'] },
    ],
    ['its words', { text: WORDS }, BY_TEXT, { text: 'other', message: 'other words' }],
    [
      'its words, with what varies in them',
      { text: 'No {thing} here' },
      { text: 'another', message: 'No <thing> here' },
      { text: 'another', message: 'No <name> here' },
    ],
    [
      'words that everybody says',
      { common: 'Forbidden' },
      { text: 'another', message: 'Forbidden' },
      { text: 'another', message: 'Not Found' },
    ],
    [
      'words that everybody says, and its header',
      { common: 'Forbidden', passes: { server: '^nginx' } },
      { text: 'one', message: 'Forbidden', responseHeaders: { server: 'nginx' } },
      { text: 'one', message: 'Forbidden' },
    ],
    [
      'its own header, where the words are those that everybody says',
      { common: 'Forbidden', headers: { 'x-amzn-errortype': 'Forbidden' } },
      { text: 'one', message: 'Forbidden', responseHeaders: { 'x-amzn-errortype': 'ForbiddenException' } },
      { text: 'one', message: 'Forbidden' },
    ],
    [
      'a page, where its words are not there and the header is on all that passes',
      { common: 'Forbidden', passes: { server: '^nginx' } },
      { bodyShape: 'html 90', responseHeaders: { server: 'nginx' } },
      { bodyShape: { error: 'string 1..1' }, responseHeaders: { server: 'nginx' } },
    ],
    [
      'its header',
      { headers: { server: '^kong' } },
      { responseHeaders: { server: 'kong' } },
      { responseHeaders: { server: 'nginx' } },
    ],
    [
      'the error code',
      { failure: ['ECONN*'] },
      { status: null, failure: 'ECONNRESET (send)' },
      { status: null, failure: 'ENOTFOUND (connect)' },
    ],
    [
      'that no answer came',
      { failure: ['ECONNRESET'] },
      { status: null, failure: 'ECONNRESET (send)' },
      { status: 502, failure: 'ECONNRESET' },
    ],
    ['that an answer came', { body: ['json'] }, { bodyShape: {} }, { status: null, bodyShape: null }],
  ])('%s', (_, looks, fits, fitsNot) => {
    expect(match(fits, looks)).toBeDefined();
    expect(match(fitsNot, looks)).toBeUndefined();
  });

  test('the words do not make up for another status', () => {
    expect(match({ ...BY_TEXT, status: 404 }, { text: WORDS, status: [403] })).toBeUndefined();
  });

  test('whether it is the token endpoint that was asked', () => {
    expect(match({}, { request: { token: true } }, true)).toBeDefined();
    expect(match({}, { request: { token: true } }, false)).toBeUndefined();
  });

  test('of words and headers one is enough: the other may have been rewritten', () => {
    const looks = { text: WORDS, headers: { server: '^kong' } };
    expect(match({ responseHeaders: { server: 'kong' } }, looks)).toMatchObject({ byText: false });
    expect(match(BY_TEXT, looks)).toMatchObject({ byText: true });
    expect(match({}, looks)).toBeUndefined();
  });
});

describe('where something is not known', () => {
  const came = (given: Partial<Received & { kind: 'answer' }>): Received => ({
    kind: 'answer',
    status: undefined,
    responseHeaders: {},
    bodyShape: undefined,
    message: undefined,
    ...given,
  });
  const fits = (
    looks: Partial<Signature>,
    given: Partial<Received & { kind: 'answer' }>,
    asked: Partial<RequestFacts> = {},
  ) =>
    matchReceived(came(given), [signature('one', looks)], {
      isToken: undefined,
      isAuthorised: undefined,
      ...asked,
    }).length > 0;

  test('a status that is not known fits words and headers, and no rule that goes by the status alone', () => {
    expect(fits({ status: [403], text: WORDS }, { message: WORDS })).toBe(true);
    expect(fits({ status: [403], common: WORDS }, { message: WORDS })).toBe(true);
    expect(
      fits({ status: [403], headers: { server: 'kong' } }, { responseHeaders: { server: 'kong' } }),
    ).toBe(true);
    expect(fits({ status: [403] }, {})).toBe(false);
    expect(
      fits({ status: [403], passes: { server: 'nginx' } }, { responseHeaders: { server: 'nginx' } }),
    ).toBe(false);
  });

  test('a request of which nothing is known fits no rule that asks for something of it', () => {
    for (const request of [
      { authorization: true },
      { authorization: false },
      { token: true },
      { token: false },
    ]) {
      expect(fits({ request }, {})).toBe(false);
    }
    expect(fits({ request: { authorization: false } }, {}, { isAuthorised: false })).toBe(true);
  });

  test('a body that is not known is of no kind', () => {
    for (const body of ['json', 'html', 'xml', 'text', 'empty'] as const)
      expect(fits({ body: [body] }, {})).toBe(false);
  });
});

test('words that differ only in capital letters or in the stop at their end are the same', () => {
  expect(match({ message: 'Try again.' }, { common: 'try Again' })).toBeDefined();
});

test('what a member holds are words of its own', () => {
  const looks = { values: 'error: not_let_in' };
  expect(match({ message: 'error: not_let_in' }, looks)).toMatchObject({ specific: true, byText: true });
});

test('an error code that stands for several causes is not specific', () => {
  const looks = { failure: ['ECONNRESET'], ambiguous: true };
  expect(match({ status: null, failure: 'ECONNRESET (send)' }, looks)).toMatchObject({ specific: false });
});

test('only what has words, a header or an error code of its own is specific', () => {
  expect(match({ status: 500 }, { status: [500] })).toMatchObject({ specific: false });
  expect(match(BY_TEXT, { text: WORDS })).toMatchObject({ specific: true });
  expect(match({ responseHeaders: { server: 'kong' } }, { headers: { server: 'kong' } })).toMatchObject({
    specific: true,
  });
  expect(match({ status: null, failure: 'ECONNRESET (send)' }, { failure: ['ECONNRESET'] })).toMatchObject({
    specific: true,
  });
});

test.each<[what: string, exchange: Partial<Exchange>, looks: Partial<Signature>, specific: boolean]>([
  ['words that everybody says', { message: 'Try again' }, { common: 'Try again' }, false],
  ['what HTTP calls the status', { message: 'Forbidden' }, { text: 'Forbidden' }, false],
  [
    'what HTTP calls the status, with its number',
    { message: '403 Forbidden' },
    { text: '403 Forbidden' },
    false,
  ],
  [
    'a header that is on all that passes',
    { responseHeaders: { server: 'nginx' } },
    { passes: { server: 'nginx' } },
    false,
  ],
  [
    'both of these at once',
    { message: 'Try again', responseHeaders: { server: 'nginx' } },
    { common: 'Try again', passes: { server: 'nginx' } },
    true,
  ],
  [
    'a header of its own, beside words that everybody says',
    { message: 'Forbidden', responseHeaders: { 'x-amzn-errortype': 'ForbiddenException' } },
    { common: 'Forbidden', headers: { 'x-amzn-errortype': 'Forbidden' } },
    true,
  ],
  ['words of its own for several causes', BY_TEXT, { text: WORDS, ambiguous: true }, false],
])('how telling is %s', (_, exchange, looks, specific) => {
  expect(match(exchange, looks)).toMatchObject({ specific });
});

test('only words that nobody else says are its words', () => {
  expect(match({ message: 'Try again' }, { common: 'Try again' })).toMatchObject({ byText: false });
  expect(match({ message: 'Forbidden' }, { text: 'Forbidden' })).toMatchObject({ byText: false });
});

test.each<[what: string, better: Partial<Signature>, worse: Partial<Signature>, exchange: Partial<Exchange>]>(
  [
    ['the status itself, to its class', { status: [403] }, { status: ['4xx'] }, { status: 403 }],
    [
      'words, to a header',
      { text: WORDS },
      { headers: { server: 'kong' } },
      { ...BY_TEXT, responseHeaders: { server: 'kong' } },
    ],
    [
      'a header of its own, to one that is on all that passes',
      { headers: { server: '^kong' } },
      { passes: { server: '^kong' } },
      { responseHeaders: { server: 'kong' } },
    ],
    ['words of its own, to words that everybody says', { text: WORDS }, { common: WORDS }, BY_TEXT],
    [
      'words that everybody says beside a header, to a header of its own with other words',
      { common: 'try again', passes: { server: 'kong' } },
      { headers: { server: 'kong' }, text: 'other words' },
      { message: 'try again', responseHeaders: { server: 'kong' } },
    ],
    [
      'two features, to one',
      { status: [403], body: ['json'] },
      { status: [403] },
      { status: 403, bodyShape: {} },
    ],
    [
      'no words, to other words than those that came',
      { headers: { server: 'kong' } },
      { headers: { server: 'kong' }, text: WORDS },
      { responseHeaders: { server: 'kong' }, text: 'another', message: 'words of somebody else' },
    ],
    [
      'no header, to another header than the one that came',
      { text: [WORDS], status: [403] },
      { text: [WORDS], status: [403], headers: { server: 'kong' } },
      { ...BY_TEXT, status: 403, responseHeaders: { server: 'nginx' } },
    ],
  ],
)('preferred is %s', (_, better, worse, exchange) => {
  const [one, other] = [signature('one', worse), signature('one', better)];
  const [best] = matchSignatures(exchangeOf(exchange), [one, other], { isToken: false });
  expect(best?.signature).toBe(other);
});

test.each(['^(a+)+$', '^(?=a)(a+)+$'])('a header that takes for ever to match fits not: %s', (pattern) => {
  const slow = { responseHeaders: { server: `${'a'.repeat(60)}!` } };
  expect(match(slow, { headers: { server: pattern } })).toBeUndefined();
  expect(match({ responseHeaders: { server: 'aaa' } }, { headers: { server: pattern } })).toBeDefined();
});
