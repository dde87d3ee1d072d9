import { describe, expect, test } from 'vitest';
import { pairsIn } from './pairs.js';

describe('names and values', () => {
  test.each([
    ['ACK=Failure&MESSAGE=Not+a+%22name%22', { ACK: 'Failure', MESSAGE: 'Not a "name"' }],
    ['error=17;description=No such user', { error: '17', description: 'No such user' }],
    ['status: error\r\nreason: too late\n', { status: 'error', reason: 'too late' }],
    ['rate=100%', { rate: '100%' }],
    ['error: quota exceeded', { error: 'quota exceeded' }],
  ])('are the members of %j', (text, members) => {
    expect(Object.fromEntries(pairsIn(text) ?? [])).toEqual(members);
  });

  test.each([
    'Access denied',
    'status: error\nand some words',
    'https://host.example/v1',
    'failed: {"code": "E7"}',
    '',
  ])('are not all that is in %j', (text) => {
    expect(pairsIn(text)).toBeUndefined();
  });
});
