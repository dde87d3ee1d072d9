import { describe, expect, test } from 'vitest';
import type { Checked } from '../contract/schema/validator.js';
import type { Json } from '../json.js';
import { contractOf } from '../testing/host.js';
import { checkReadings, isForText, readingsOf, readingsOfSimple } from './readings.js';

test.each<[text: string, readings: Json[]]>([
  ['12', ['12', 12]],
  ['-1.5', ['-1.5', -1.5]],
  ['true', ['true', true]],
  ['null', ['null']],
  ['"a"', ['"a"']],
  ['[1]', ['[1]']],
  ['a', ['a']],
  ['', ['']],
])('%j can be read as %j', (text, readings) => {
  expect(readingsOf(text)).toEqual(readings);
});

describe('a value in the style `simple`', () => {
  test.each<[text: string, readings: Json[]]>([
    ['a', ['a', ['a'], ['a']]],
    ['12', ['12', 12, ['12'], [12]]],
    ['', ['', [], []]],
    [' ', [' ', [], []]],
    ['1, b,true', ['1, b,true', ['1', 'b', 'true'], [1, 'b', true]]],
    ['a,1', ['a,1', ['a', '1'], ['a', 1], { a: '1' }, { a: 1 }]],
    ['a,1,b,2', ['a,1,b,2', ['a', '1', 'b', '2'], ['a', 1, 'b', 2], { a: '1', b: '2' }, { a: 1, b: 2 }]],
    [
      'a=1,b=x=y',
      ['a=1,b=x=y', ['a=1', 'b=x=y'], ['a=1', 'b=x=y'], { a: '1', b: 'x=y' }, { a: 1, b: 'x=y' }],
    ],
    ['a=1,b,c', ['a=1,b,c', ['a=1', 'b', 'c'], ['a=1', 'b', 'c']]],
  ])('%j can be read as %j', (text, readings) => {
    expect(readingsOfSimple(text)).toEqual(readings);
  });
});

describe('of several readings', () => {
  const SCHEMAS = [
    '{ type: integer, maximum: 5 }',
    '{ type: string, minLength: 3, pattern: "^x" }',
    '{ type: array }',
    '{ type: object, properties: { a: { type: integer } } }',
  ];
  const contract = contractOf(`/things: { get: { responses: { '200': { description: d, content: {
    ${SCHEMAS.map((schema, at) => `application/${at}: { schema: ${schema} }`).join(', ')} } } } } }`);
  const at = (schema: number) => `/paths/~1things/get/responses/200/content/application~1${schema}/schema`;
  const check = (schema: number, readings: readonly Json[]): Checked =>
    checkReadings(contract.validators.answer, at(schema), readings);
  const brokenBy = (checked: Checked) =>
    checked.kind === 'checked' ? checked.violations.map(({ keyword }) => keyword) : checked.kind;

  test('the first one that fits counts', () => {
    expect(brokenBy(check(0, ['3', 3]))).toEqual([]);
    expect(brokenBy(check(2, ['a', ['a'], 3]))).toEqual([]);
  });

  test('where none fits, one of the type counts, and that which breaks the least', () => {
    expect(brokenBy(check(0, ['7', 7]))).toEqual(['maximum']);
    expect(brokenBy(check(1, [7, 'a', 'xa']))).toEqual(['minLength']);
    expect(brokenBy(check(1, [7, 'xa', 'a']))).toEqual(['minLength']);
  });

  test('a part of another type does not make it one of another type', () => {
    expect(check(3, readingsOfSimple('a,x'))).toMatchObject({
      violations: [{ pointer: '/a', keyword: 'type' }],
    });
  });

  test('where none is of the type, the text as it came counts', () => {
    expect(check(2, ['a', 7])).toEqual(contract.validators.answer.check(at(2), 'a'));
  });

  test('what cannot be checked is not checked otherwise', () => {
    const checks: Json[] = [];
    const stopping = {
      ...contract.validators.answer,
      check: (_: string, reading: Json): Checked => {
        checks.push(reading);
        return { kind: 'not checked', why: 'time' };
      },
    };
    expect(checkReadings(stopping, at(0), ['7', 7])).toEqual({ kind: 'not checked', why: 'time' });
    expect(checks).toEqual(['7']);
  });

  test('nothing breaks nothing', () => {
    expect(check(0, [])).toEqual({ kind: 'checked', violations: [], complete: true, unchecked: [] });
  });
});

test.each<[schema: Json | undefined, is: boolean]>([
  [{ type: 'string' }, true],
  [{ pattern: '^a' }, true],
  [undefined, true],
  [true, true],
  [{ type: 'integer' }, false],
  [{ type: ['string', 'null'] }, false],
])('the schema %j is for a text: %s', (schema, is) => {
  expect(isForText(schema)).toBe(is);
});
