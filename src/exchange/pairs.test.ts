import { describe, expect, test } from 'vitest';
import { pairsIn } from './pairs.js';

describe('names and values', () => {
  test.each([
    ['ACK=Failure&MESSAGE=Not+a+%22name%22', { ACK: 'Failure', MESSAGE: 'Not a "name"' }],
    ['error=17;description=No such user', { error: '17', description: 'No such user' }],
    ['status: error\r\nreason: too late\n', { status: 'error', reason: 'too late' }],
    ['rate=100%', { rate: '100%' }],
    ['a=1|b=2', { a: '1', b: '2' }],
    [' a=1;;b=2; ', { a: '1', b: '2' }],
    ['a="x y"&b="z', { a: 'x y', b: '"z' }],
    ['a=x"y"&b="', { a: 'x"y"', b: '"' }],
    ['error: a+b%20"c"', { error: 'a+b%20"c"' }],
    ['q=this&that', { q: 'this&that' }],
    ['status: error\n\nreason=', { status: 'error', reason: '' }],
    [`a=1&b=${'x'.repeat(2000)}`, { a: '1', b: 'x'.repeat(2000) }],
    ['error: quota exceeded', { error: 'quota exceeded' }],
  ])('are the members of %j', (text, members) => {
    expect(Object.fromEntries(pairsIn(text) ?? [])).toEqual(members);
  });

  test.each([
    'Access denied',
    'status: error\nand some words',
    'https://host.example/v1',
    'this&that=1',
    `a=1${'&b=2'.repeat(5000)}`,
    `a=${'x'.repeat(2001)}`,
    `${'a'.repeat(62)}=1`,
    '1a=1',
    'failed: {"code": "E7"}',
    '',
  ])('are not all that is in %j', (text) => {
    expect(pairsIn(text)).toBeUndefined();
  });
});
