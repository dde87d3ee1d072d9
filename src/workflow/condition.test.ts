import { describe, expect, test } from 'vitest';
import type { Json } from '../json.js';
import { NoCondition, parseCondition } from './condition.js';
import { readCriterion } from './criterion.js';
import { filledValue, parseExpression, valueOf, type Scope } from './expression.js';
import type { WrittenCriterion } from './shape.js';

function scopeWith(body: Json, status = 200): Scope {
  return {
    inputs: { seats: 4, name: 'Ada' },
    steps: new Map([['find', { id: 'boat-1', list: [1, 2] }]]),
    answer: { status, header: (name) => (name === 'etag' ? '"1"' : undefined), body },
  };
}

const SCOPE = scopeWith({ id: 'boat-1', seats: 4, none: null, items: [{ seats: 4 }, { seats: 6 }] });

describe('expressions', () => {
  test.each<[string, Json | undefined]>([
    ['$statusCode', 200],
    ['$response.body#/items/1/seats', 6],
    ['$response.header.ETag', '"1"'],
    ['$inputs.seats', 4],
    ['$steps.find.outputs.id', 'boat-1'],
    ['$steps.find.outputs.list#/1', 2],
    ['$steps.find.outputs.other', undefined],
    ['$inputs.constructor', undefined],
  ])('%s', (text, value) => {
    const expression = parseExpression(text);
    expect(expression && valueOf(expression, SCOPE)).toEqual(value);
  });

  test.each(['$url', '$response.body.id', '$steps.find.id', 'seats', '$response.body#id'])(
    '%s is none',
    (text) => {
      expect(parseExpression(text)).toBeUndefined();
    },
  );

  test('a text that is nothing but one takes on its type; in braces it becomes a part of the text', () => {
    expect(filledValue({ seats: '$inputs.seats', ref: 'Boat/{$steps.find.outputs.id}' }, SCOPE)).toEqual({
      ok: true,
      value: { seats: 4, ref: 'Boat/boat-1' },
    });
    expect(filledValue(['$inputs.nothing'], SCOPE)).toEqual({ ok: false, lacks: '$inputs.nothing' });
  });
});

describe('simple conditions', () => {
  test.each([
    ['$statusCode == 200', true],
    ['$statusCode == 200 && $response.body#/seats >= 4', true],
    ['$statusCode == 404 || $response.body#/id == $steps.find.outputs.id', true],
    ['($statusCode == 404 || $statusCode == 200) && !($response.body#/seats > 4)', true],
    ["$response.body#/id == 'BOAT-1'", true],
    ["$response.body#/id != 'it''s'", true],
    ['$response.body#/none == null', true],
    ['$response.body#/id != null', true],
    ["$response.body#/seats == '4'", false],
    // What has no value meets no comparison, whichever it is.
    ['$response.body#/absent != null', false],
    ['$response.body#/absent == null', false],
    ['$response.body#/absent != 4', false],
    ['!$response.body#/absent', true],
  ])('%s is %s', (condition, holds) => {
    expect(parseCondition(condition)(SCOPE)).toBe(holds);
  });

  test.each([
    '',
    '$statusCode ==',
    '($statusCode == 200',
    '$statusCode = 200',
    '$nothing == 1',
    '== 1',
    '1 2',
  ])('“%s” is none', (condition) => {
    expect(() => parseCondition(condition)).toThrow(NoCondition);
  });
});

describe('criteria', () => {
  const holds = (written: WrittenCriterion, scope = SCOPE) => {
    const read = readCriterion(written);
    return 'why' in read ? read.why : read.holds(scope);
  };
  const path = (condition: string): WrittenCriterion => ({
    context: '$response.body',
    type: 'jsonpath',
    condition,
  });

  test.each([
    ['$[?length($.items) == 2]', true],
    ['$.items[?@.seats < {$inputs.seats}]', false],
    ['$[?count($.items[?@.seats < {$inputs.seats}]) == 0]', true],
    ['$[?$.id == {$steps.find.outputs.id}]', true],
    // What has no value is no literal, so nothing holds.
    ['$[?$.id != {$steps.find.outputs.nothing}]', false],
  ])('JSONPath %s is %s', (condition, expected) => {
    expect(holds(path(condition))).toBe(expected);
  });

  test('an expression in a JSONPath is a literal, whatever is in the answer', () => {
    const hostile = { ...SCOPE, inputs: { seats: '4 || 1 == 1' } };
    expect(holds(path('$.items[?@.seats == {$inputs.seats}]'), hostile)).toBe(false);
  });

  test('a regular expression is held against its context', () => {
    const written = { context: '$response.body#/id', type: 'regex', condition: '^boat-\\d+$' } as const;
    expect(holds(written)).toBe(true);
    expect(holds(written, scopeWith({ id: 'ship-1' }))).toBe(false);
    expect(holds(written, scopeWith({}))).toBe(false);
  });

  test.each<[WrittenCriterion, string]>([
    [{ condition: '$.x', type: 'jsonpath' }, 'needs a context'],
    [path('$.items[?'), 'no JSONPath'],
    [{ condition: '(', type: 'regex', context: '$statusCode' }, 'no regular expression'],
    [{ condition: '$statusCode == 200', context: '$response.body' }, 'has no context'],
  ])('what cannot be read is said: %o', (written, why) => {
    expect(holds(written)).toContain(why);
  });
});
