import { describe, expect, test } from 'vitest';
import { compileWords, plainWordsOf } from './plain-words.js';

describe('plain words', () => {
  test.each([
    ['of codes are taken apart', 'auth/id-token-expired', ' auth id token expired '],
    ['of names in capital letters', 'RATE_LIMITED', ' rate limited '],
    ['of names of classes', 'InvalidAPIKeyException', ' invalid api key exception '],
    ['end with their sentence', "It isn't. Try.", ' it isnt | try | '],
    ['are those of the beginning of a long text', `${'a '.repeat(500)}b`, ` ${'a '.repeat(500)}`],
    ['begin and end with a blank', '  Not found  ', ' not found '],
    [
      'leave out each line of a stack',
      'No\n  at A.b\nFile "a.py"\nTraceback (most)\nlate',
      ' no | | | | late ',
    ],
    ['stay apart where an address was', 'a https://h.invalid b', ' a b '],
    ['leave out addresses', 'see https://host.invalid/rate-limits', ' see '],
    ['leave out the lines of a stack', 'No\n    at Token.expired (a.js:1)', ' no | '],
  ])('%s', (_, text, plain) => {
    expect(plainWordsOf(text).replace(/\s+/g, ' ')).toBe(plain);
  });
});

describe('words that are looked for', () => {
  const says = (words: string, text: string) => compileWords(words).test(plainWordsOf(text));

  test.each<[words: string, says: string, saysNot: string]>([
    ['expired', 'It has expired', 'It was unexpired'],
    ['expire*', 'It expires', 'Unexpired'],
    ['*过期*', '令牌已过期了', '令牌无效'],
    ['api key|token … invalid', 'the API key is invalid', 'the key is invalid'],
    ['token…expired', 'token has expired', 'token_ expire'],
    ['e-mail wrong', 'Email wrong', 'mail wrong'],
    ['(bad|wrong) key', 'Wrong key', 'wrong lock and key'],
    ['token … expired', 'token 17 of user A has expired', 'The token is good. The order has expired'],
    ['token … expired', 'token one two three four five six expired', 'token 1 2 3 4 5 6 7 expired'],
  ])('%s', (words, text, other) => {
    expect(says(words, text)).toBe(true);
    expect(says(words, other)).toBe(false);
  });
});
