import { systemClock } from '../clock.js';
import { describe, expect, test } from 'vitest';
import { createTextKeeper } from './texts.js';

describe('known error texts', () => {
  const texts = createTextKeeper([
    { id: 'missing', text: 'No {thing:\\w+} matches', status: [404] },
    { id: 'refused', text: 'matches', status: ['4xx'] },
    { id: 'crashed', text: 'unexpected', status: [500] },
  ]);

  test('are shown without what varies in them', () => {
    expect(texts.recognise('No Person matches', 404)).toMatchObject({
      id: 'missing',
      shown: 'No <thing> matches',
      parts: { thing: 'Person' },
    });
  });

  test('of several, one that comes with the status is preferred to a longer one', () => {
    expect(texts.recognise('No Person matches', 403)?.id).toBe('refused');
  });

  test('are known also under a status that nobody saw them with', () => {
    expect(texts.recognise('something unexpected', 503)?.id).toBe('crashed');
    expect(texts.recognise('all is well', 200)).toBeUndefined();
  });
});

test('a text that was made to take long is recognised all the same, in bounded time', () => {
  const slow = createTextKeeper([
    { id: 'slow', text: 'refused {why:(?:a+)+} here' },
    { id: 'plain', text: 'refused' },
  ]);
  const began = systemClock.ticks();
  expect(slow.recognise(`refused ${'a'.repeat(50)}! and refused ${'a'.repeat(40)} here`)).toEqual({
    id: 'slow',
    shown: 'refused <why> here',
    parts: { why: 'a'.repeat(40) },
  });
  expect(systemClock.ticks() - began).toBeLessThan(10_000);
});

test('a form that cannot be searched in linear time does not keep the others from being recognised', () => {
  const slow = createTextKeeper([
    { id: 'slow', text: 'refused {why:(?=a)(?:a+)+} here' },
    { id: 'plain', text: 'refused' },
  ]);
  expect(slow.recognise(`refused ${'a'.repeat(50)}!`)?.id).toBe('plain');
});
