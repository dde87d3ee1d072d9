import { describe, expect, test } from 'vitest';
import { systemChance } from '../chance.js';
import type { JsonObject } from '../json.js';
import { createAbsentIds } from './absent-ids.js';

describe('the id of nothing', () => {
  const FORMS: [what: string, schema: JsonObject, form: RegExp][] = [
    ['of a whole number', { type: 'integer' }, /^\d{10}$/],
    ['of a number', { type: 'number' }, /^\d{10}$/],
    ['of a number without a near limit', { type: 'integer', maximum: 9e12 }, /^[12]\d{9}$/],
    ['of a number up to a limit', { type: 'integer', maximum: 9_999_999 }, /^[5-9]\d{6}$/],
    [
      'of a UUID',
      { type: 'string', format: 'uuid' },
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
    ],
    ['of a text', { type: 'string' }, /^conform-absent-[0-9a-f]{16}$/],
    ['of a text of digits', { type: 'string', pattern: '^[0-9]+$' }, /^\d{10}$/],
    ['of a short text', { type: 'string', maxLength: 16 }, /^[0-9a-f]{16}$|^\d{10}$/],
    ['of what is not described', {}, /^conform-absent-/],
  ];
  test.each(FORMS)('has the form %s, and is never the same twice', (_, schema, form) => {
    const absent = createAbsentIds(systemChance);
    const ids = Array.from({ length: 50 }, () => absent.make(schema) ?? '');
    for (const id of ids) expect(id).toMatch(form);
    expect(new Set(ids).size).toBeGreaterThan(40);
    for (const id of ids) expect(['0', '1']).not.toContain(id);
    for (const id of ids) expect(absent.has(id)).toBe(true);
  });

  test.each([
    ['an enumeration', { type: 'string', enum: ['a', 'b'] }],
    ['a constant', { const: 'a' }],
    ['a flag', { type: 'boolean' }],
    ['a small range', { type: 'integer', minimum: 0, maximum: 1000 }],
    ['a date', { type: 'string', format: 'date' }],
    ['a time', { type: 'string', format: 'date-time' }],
    ['a range below nothing', { type: 'integer', minimum: -2e9, maximum: 1000 }],
    ['a range after a minimum', { type: 'integer', minimum: 2_147_000_000 }],
    ['the same without the minimum', { type: 'integer', exclusiveMinimum: 2_147_000_000 }],
    ['a range below a maximum', { type: 'integer', exclusiveMaximum: 1000 }],
    ['a pattern that cannot be read', { type: 'string', pattern: '[' }],
    ['a pattern that nothing fits', { type: 'string', pattern: '^[A-Z]{2}$' }],
    ['a length that leaves too few', { type: 'string', maxLength: 4 }],
  ] as [string, JsonObject][])('cannot be had of %s', (_, schema) => {
    expect(createAbsentIds(systemChance).make(schema)).toBeUndefined();
  });
});

test('only what was made here is the id of nothing', () => {
  const absent = createAbsentIds(systemChance);
  for (const id of ['0', '1', 'conform-absent-', '']) expect(absent.has(id)).toBe(false);
  const segment = absent.segment();
  expect(segment).toMatch(/^__absent_[0-9a-f]{8}$/);
  expect(absent.has(segment)).toBe(true);
});

test('the id of nothing stays below the limits of a range, and is as long as it may be', () => {
  const { make } = createAbsentIds((bytes) => '0'.repeat(2 * bytes));
  expect(make({ type: 'integer' })).toBe('2147483646');
  expect(make({ type: 'integer', maximum: 9_999_999 })).toBe('9999998');
  expect(make({ type: 'integer', maximum: '7' })).toBe('2147483646');
  // The least room for chance: half of it is exactly a million.
  expect(make({ type: 'integer', minimum: 2, maximum: 2_000_003 })).toBe('2000002');
  expect(make({ type: 'integer', minimum: 2, maximum: 2_000_002 })).toBeUndefined();
  expect(make({ type: 'string', maxLength: 31 })).toBe('conform-absent-0000000000000000');
  expect(make({ type: 'string', maxLength: 30 })).toBe('1000000000');
});
