import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createValidator } from '../../contract/schema/validator.js';
import type { Json, JsonObject } from '../../json.js';
import { SEED } from '../../testing/seed.js';
import { makeValue, type Wanted } from './make.js';

function made(
  schema: JsonObject,
  rest: Partial<Wanted> & { schemas?: JsonObject; dialect?: '3.0' | '3.1' } = {},
) {
  const { schemas = {}, dialect = '3.1', ...wanted } = rest;
  const document: JsonObject = { components: { schemas: { ...schemas, Own: schema } } };
  const schemaPointer = '/components/schemas/Own';
  const { direction = 'request' } = wanted;
  const validator = createValidator(document, dialect, direction);
  const validators = { request: validator, answer: validator };
  const came = makeValue({ schema, schemaPointer, direction, ...wanted }, { document, validators });
  return { came, check: (value: Json) => validator.check(schemaPointer, value) };
}

/** The value for a schema in YAML; undefined where none is made. */
function valueOf(schema: string, rest: Parameters<typeof made>[1] = {}): Json | undefined {
  const { came } = made(parse(schema) as JsonObject, rest);
  return came.ok ? came.value : undefined;
}

describe('what the library makes wrongly', () => {
  test.each([
    ['a pattern', `{ type: string, pattern: '^[A-Z]{2}-\\d{3}$' }`],
    ['a pattern with alternatives', `{ type: string, pattern: '^(?:cat|dog)\\.(?<n>[^aeiou\\s]+)$' }`],
    ['a pattern with lengths', `{ type: string, pattern: '^[a-f0-9]*$', minLength: 24, maxLength: 24 }`],
    ['a pattern without ends', `{ type: string, pattern: 'a+b', minLength: 20 }`],
    ['a pattern of Unicode', `{ type: string, pattern: '^\\p{Lu}\\p{Ll}+$' }`],
    ['a pattern and a format', `{ type: string, format: email, pattern: '@corp\\.example$' }`],
    ['a multiple', '{ type: number, multipleOf: 0.25, minimum: 3.1 }'],
    ['a multiple of a fraction that is whole', '{ type: integer, multipleOf: 2.5, exclusiveMinimum: 5 }'],
    ['exclusive limits', '{ type: number, exclusiveMinimum: 0, exclusiveMaximum: 0.1 }'],
    ['an upper limit below zero', '{ type: integer, maximum: -7 }'],
    ['different items', '{ type: array, items: { enum: [a, b, c] }, minItems: 3, uniqueItems: true }'],
    [
      'different things',
      '{ type: array, uniqueItems: true, minItems: 4, items: { type: object, required: [a], properties: { a: { type: string } } } }',
    ],
    [
      'an item among others',
      '{ type: array, items: { type: [integer, string] }, contains: { const: 7 }, minItems: 3 }',
    ],
    [
      'exactly one alternative',
      '{ oneOf: [{ type: integer }, { type: number, multipleOf: 2.5 }], not: { const: 1 } }',
    ],
    [
      'an alternative that is another’s part',
      '{ oneOf: [{ type: object, required: [a] }, { type: object, required: [a, b] }] }',
    ],
    [
      'parts that narrow one another',
      '{ allOf: [{ type: number, minimum: 3 }, { type: integer, maximum: 4 }, { multipleOf: 2 }] }',
    ],
    [
      'parts that share a member',
      '{ allOf: [{ properties: { a: { minLength: 9 } }, required: [a] }, { properties: { a: { type: string, maxLength: 9 } } }] }',
    ],
    [
      'a number of members',
      '{ type: object, minProperties: 3, properties: { a: { type: string } }, additionalProperties: { type: integer } }',
    ],
    [
      'names of a pattern',
      '{ type: object, minProperties: 2, patternProperties: { "^x-[0-9]{2}$": { type: boolean } }, additionalProperties: false }',
    ],
    [
      'a member that another needs',
      '{ required: [a], dependentRequired: { a: [b] }, properties: { a: { const: 1 }, b: { type: string, format: uuid } } }',
    ],
    [
      'a condition',
      '{ type: object, required: [k], properties: { k: { enum: [a, b] } }, if: { properties: { k: { const: a } } }, then: { required: [x], properties: { x: { type: integer, minimum: 5 } } } }',
    ],
    [
      'an example inside that does not fit',
      '{ type: object, required: [a], properties: { a: { type: integer, example: seven } } }',
    ],
    ['a default that does not fit', '{ type: string, minLength: 9, default: short }'],
  ])('%s', (_, schema) => {
    const { came, check } = made(parse(schema) as JsonObject);
    expect(came).toMatchObject({ ok: true });
    if (came.ok) expect(check(came.value)).toMatchObject({ kind: 'checked', violations: [] });
  });

  test('an example of null that is not allowed', () => {
    expect(valueOf('{ type: string, example: null }', { dialect: '3.0' })).toBeTypeOf('string');
    expect(valueOf('{ type: string, nullable: true, example: null }', { dialect: '3.0' })).toBeNull();
  });

  test('a thing that contains itself ends where it may', () => {
    const Tree = parse(
      `{ type: object, required: [name, children], properties: { name: { type: string }, children: { type: array, items: { $ref: '#/components/schemas/Tree' } } } }`,
    ) as JsonObject;
    const value = valueOf(`{ $ref: '#/components/schemas/Tree' }`, { schemas: { Tree } });
    expect(value).toMatchObject({ name: expect.any(String) as string });
  });
});

test('what nothing satisfies is not made, and it is said why', () => {
  const schemas = {
    Loop: { type: 'object', required: ['next'], properties: { next: { $ref: '#/components/schemas/Loop' } } },
  };
  const cases: [JsonObject, RegExp][] = [
    [{ type: 'integer', minimum: 3, maximum: 2 }, /no value that satisfies its schema/],
    [{ type: 'string', enum: ['a'], minLength: 2 }, /2 characters/],
    [{ $ref: '#/components/schemas/Loop' }, /no value that satisfies its schema/],
    [{ type: 'string', pattern: '^(a)\\1b(?!b)$', maxLength: 1 }, /no value/],
  ];
  for (const [schema, why] of cases) {
    const { came } = made(schema, { schemas });
    expect(came.ok ? came.value : came.why).toMatch(why);
  }
});

describe('members that only go one way', () => {
  const schemas = {
    Id: { type: 'string', readOnly: true },
    Base: { type: 'object', properties: { base: { type: 'string', readOnly: true } } },
  };
  const schema = `{ allOf: [{ $ref: '#/components/schemas/Base' }], type: object, required: [name], properties: { id: { $ref: '#/components/schemas/Id' }, part: { allOf: [{ $ref: '#/components/schemas/Id' }] }, name: { type: string }, secret: { type: string, writeOnly: true }, list: { type: array, minItems: 1, items: { type: object, properties: { id: { readOnly: true, type: integer }, n: { type: integer } } } } } }`;

  test('are in no value of the other way', () => {
    const request = valueOf(schema, { schemas, members: 'all' });
    expect(Object.keys(request ?? {}).sort()).toEqual(['list', 'name', 'secret']);
    const answer = valueOf(schema, { schemas, members: 'all', direction: 'answer' });
    expect(Object.keys(answer ?? {}).sort()).toEqual(['base', 'id', 'list', 'name', 'part']);
  });

  test('are taken out of examples', () => {
    const example = { id: '1', base: 'b', name: 'n', secret: 's', list: [{ id: 1, n: 2 }] };
    expect(valueOf(schema, { schemas, examples: [example] })).toEqual({
      name: 'n',
      secret: 's',
      list: [{ n: 2 }],
    });
    expect(valueOf(schema, { schemas, examples: [example], direction: 'answer' })).toEqual({
      ...{ id: '1', base: 'b', name: 'n' },
      list: [{ id: 1, n: 2 }],
    });
  });
});

test('the first example that satisfies the schema is taken', () => {
  expect(valueOf('{ type: integer }', { examples: ['7', 8, 9] })).toBe(8);
});

/** Schemas as contracts have them, and worse. */
const schemas = fc.letrec<Record<'any' | 'leaf' | 'list' | 'thing' | 'parts', JsonObject>>((tie) => ({
  leaf: fc.oneof(
    fc.record(
      {
        type: fc.constantFrom('integer', 'number'),
        minimum: fc.integer({ min: -20, max: 5 }),
        maximum: fc.integer({ min: 3, max: 30 }),
        multipleOf: fc.constantFrom(1, 2, 0.5, 3, 0.1),
        format: fc.constantFrom('int32', 'double'),
      },
      { requiredKeys: ['type'] },
    ),
    fc.record({
      type: fc.constant('number'),
      exclusiveMinimum: fc.integer({ min: -5, max: 5 }),
      exclusiveMaximum: fc.integer({ min: 6, max: 9 }),
    }),
    fc.record(
      {
        type: fc.constant('string'),
        minLength: fc.nat(12),
        maxLength: fc.integer({ min: 8, max: 40 }),
        default: fc.string(),
      },
      { requiredKeys: ['type'] },
    ),
    fc.record({
      type: fc.constant('string'),
      format: fc.constantFrom(
        'date',
        'date-time',
        'email',
        'uuid',
        'uri',
        'ipv4',
        'ipv6',
        'byte',
        'hostname',
        'time',
        'duration',
        'regex',
      ),
    }),
    fc.record({
      type: fc.constant('string'),
      pattern: fc.constantFrom(
        '^[a-z]+$',
        '^\\d{3}-\\d{4}$',
        '[A-Z]',
        '^(?:a|bc)*d$',
        '^[^\\s]{2,5}$',
        '^\\+?[1-9]\\d{6,14}$',
        '^(?=.*x)[x-z]+$',
        '^#[0-9A-F]{6}$',
      ),
    }),
    fc.record({
      enum: fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean()), { minLength: 1, maxLength: 4 }),
    }),
    fc.record({ type: fc.constantFrom('boolean', 'null', ['string', 'null'], ['integer', 'string']) }),
    fc.record({ const: fc.oneof(fc.string(), fc.integer()) }),
  ),
  list: fc.record(
    {
      type: fc.constant('array'),
      items: tie('any'),
      minItems: fc.nat(3),
      maxItems: fc.integer({ min: 2, max: 5 }),
      uniqueItems: fc.boolean(),
    },
    { requiredKeys: ['type', 'items'] },
  ),
  thing: fc
    .record({
      properties: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'id', '__proto__'), tie('any'), {
        maxKeys: 4,
      }),
      isRequired: fc.array(fc.constantFrom('a', 'b', 'c', 'id'), { maxLength: 3 }),
      minProperties: fc.nat(3),
      additionalProperties: fc.oneof(fc.boolean(), tie('leaf')),
    })
    .map(({ isRequired, ...rest }) => ({ type: 'object', required: [...new Set(isRequired)], ...rest })),
  parts: fc.oneof(
    fc.record({ allOf: fc.array(tie('any'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ oneOf: fc.array(tie('any'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ anyOf: fc.array(tie('any'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ allOf: fc.tuple(tie('thing'), tie('thing')) }),
  ),
  any: fc.oneof({ maxDepth: 3 }, tie('leaf'), tie('list'), tie('thing'), tie('parts')),
}));

test(`every value that is made satisfies its schema, by a check of its own, or it is said why there is none (seed ${SEED})`, () => {
  const numRuns = Number(process.env['CONFORM_TEST_RUNS'] ?? 200);
  const drawn = fc.sample(schemas.any, { seed: SEED, numRuns });
  const document: JsonObject = { components: { schemas: Object.fromEntries(drawn.entries()) } };
  const validators = {
    request: createValidator(document, '3.1', 'request'),
    answer: createValidator(document, '3.1', 'answer'),
  };
  const again = createValidator(document, '3.1', 'request');
  const counts = { made: 0, none: 0 };
  for (const [index, schema] of drawn.entries()) {
    const schemaPointer = `/components/schemas/${index}`;
    const members = index % 2 === 0 ? 'all' : 'required';
    const came = makeValue(
      { schema, schemaPointer, direction: 'request', members },
      { document, validators },
    );
    if (!came.ok) {
      counts.none += 1;
      expect(came.why).toMatch(/^no value that satisfies its schema could be made/);
      continue;
    }
    counts.made += 1;
    expect(again.check(schemaPointer, came.value), JSON.stringify(schema)).toMatchObject({
      kind: 'checked',
      violations: [],
    });
  }
  // Some of these schemas nothing satisfies; to make none at all would satisfy the rest of the test.
  expect(counts.made).toBeGreaterThan(counts.none * 2);
});
