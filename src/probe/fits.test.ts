import { describe, expect, test } from 'vitest';
import { contractOf } from '../testing/host.js';
import { exampleTexts, fits, onlyValue } from './fits.js';

/** The path parameter of an operation as it is given, in YAML, and what checks its values. */
function parameterOf(written: string) {
  const contract = contractOf(`
/things/{id}: { get: { parameters: [{ name: id, in: path, required: true, ${written} }] } }
/ids: { get: { x-id: { type: string, pattern: '^PK' } } }
`);
  const [found] = contract.operations[0]?.parameters ?? [];
  if (!found) throw new Error('no parameter');
  return { parameter: found, validator: contract.validators.request };
}

const REFERENCE = '$ref: "#/paths/~1ids/get/x-id"';

describe('a value', () => {
  test.each<[schema: string, good: string[], bad: string[]]>([
    ['{ type: string }', ['a', '7'], []],
    ['{ type: integer }', ['7', '9007199254740993'], ['a', '1.5', '7a']],
    ['{ type: integer, minimum: 10, maximum: 20 }', ['10', '20'], ['9', '21']],
    ['{ type: string, format: uuid }', ['0b9f5a52-7d0e-4c5e-9a3b-1c64b1f0a7d2'], ['7', 'abc']],
    ['{ type: string, pattern: "^[A-Z]{3}$" }', ['NGT'], ['NGTX', 'ngt']],
    ['{ type: string, enum: [a, b] }', ['a'], ['c']],
    [`{ ${REFERENCE} }`, ['PK1'], ['XX1']],
    [`{ allOf: [{ ${REFERENCE} }, { maxLength: 3 }] }`, ['PK1'], ['PK12', 'X']],
    ['{}', ['a'], []],
  ])('of %s', (schema, good, bad) => {
    const { parameter, validator } = parameterOf(`schema: ${schema}`);
    expect(good.filter((text) => !fits(text, parameter, validator))).toEqual([]);
    expect(bad.filter((text) => fits(text, parameter, validator))).toEqual([]);
  });

  test('does not fit a schema that cannot be used', () => {
    const { parameter, validator } = parameterOf('schema: { type: nonsense }');
    expect(fits('a', parameter, validator)).toBe(false);
  });
});

test.each<[parameter: string, texts: string[], only: string | undefined]>([
  ['example: 7, schema: { type: integer }', ['7'], undefined],
  ['examples: { one: { value: a }, two: { value: b } }, schema: { type: string }', ['a', 'b'], undefined],
  ['schema: { type: string, example: c }', ['c'], undefined],
  ['schema: { type: string, examples: [d, e] }', ['d', 'e'], undefined],
  ['schema: { type: string, enum: [f] }', [], 'f'],
  ['schema: { type: string, enum: [f, g] }', [], undefined],
  ['schema: { const: 5 }', [], '5'],
  ['example: { id: 1 }, schema: { type: object, example: [1] }', [], undefined],
  ['example: 1.5, schema: { type: number }', [], undefined],
])('the examples of a parameter with %s', (written, texts, only) => {
  const { parameter } = parameterOf(written);
  expect([exampleTexts(parameter), onlyValue(parameter)]).toEqual([texts, only]);
});
