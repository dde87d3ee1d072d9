import { describe, expect, test } from 'vitest';
import { normalisePhone } from './phone.js';

describe('normalisePhone', () => {
  for (const text of [
    '3035550123',
    '+13035550123',
    '13035550123',
    '(303) 555-0123',
    '303.555.0123',
    '303-555-0123 x12',
    '3035550123x123456',
    '+1 303 555 0123 ext. 12',
    'tel:+1-303-555-0123',
    ' 303 555 0123 ',
  ]) {
    test(`takes “${text}” for one number`, () => {
      expect(normalisePhone(text)?.e164).toBe('+13035550123');
    });
  }

  for (const text of [
    '',
    ' ',
    'anonymous',
    'Restricted',
    'unavailable',
    'unknown',
    '42',
    '911',
    '5550123',
    '0000000000',
    '1035550123',
    '30355501234',
    '+266696687',
    '+86282452253',
    '%',
    '%3035550123%',
    '1-800-FLOWERS',
    'call 3035550123 now',
    "3035550123' OR '1'='1",
    '3'.repeat(1000),
  ]) {
    test(`takes “${text.slice(0, 30)}” for nobody’s number`, () => {
      expect(normalisePhone(text)).toBeUndefined();
    });
  }

  test('keeps the extension apart', () => {
    expect(normalisePhone('3035550123x12')).toEqual({
      e164: '+13035550123',
      digits: '13035550123',
      extension: '12',
    });
  });

  test('knows numbers of other countries by their code', () => {
    expect(normalisePhone('+44 20 7946 0123')?.e164).toBe('+442079460123');
  });
});
