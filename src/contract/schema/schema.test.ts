import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../json.js';
import { kept } from '../../once.js';
import { prepareSchemas } from './prepare.js';
import { validatorOf, type Direction } from './validator.js';

type Version = '3.0' | '3.1';

/** Checks values against the schema `It`, with others beside it; gives what is wrong, and what was not checked. */
function of(schemas: JsonObject, version: Version = '3.0', direction: Direction = 'answer') {
  const prepared = prepareSchemas({ openapi: `${version}.0`, components: { schemas } }, version);
  const { check } = validatorOf(
    kept(() => prepared),
    direction,
    60_000,
  );
  const found = (value: Json) => {
    const checked = check('/components/schemas/It', value);
    if (checked.kind !== 'checked') throw new Error(checked.why);
    return checked;
  };
  return {
    repairs: prepared.repairs,
    wrong: (value: Json) => found(value).violations.map(({ pointer, keyword }) => `${pointer} ${keyword}`),
    messages: (value: Json) => found(value).violations.map(({ message }) => message),
    unchecked: (value: Json) => found(value).unchecked.map(({ keyword }) => keyword),
  };
}
const It = (schema: JsonObject, version: Version = '3.0', direction: Direction = 'answer') =>
  of({ It: schema }, version, direction);
const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const object = (properties: JsonObject, required: string[] = []): JsonObject => ({
  type: 'object',
  properties,
  ...(required.length > 0 ? { required } : {}),
});

describe('every keyword of a Schema Object has values that are right and values that are wrong', () => {
  test.each<[version: Version | 'both', schema: JsonObject, right: Json[], wrong: Json[]]>([
    ['both', { type: 'integer' }, [1], [1.5, '1', null]],
    ['both', { multipleOf: 2 }, [4, 'x'], [3]],
    ['both', { multipleOf: 0.01 }, [19.99, 4.02, 0.07, -1.1, 1e300, 0], [19.995, 1e-7]],
    ['both', { multipleOf: 1e-8 }, [12.34567891, 1e21], [1e-9]],
    ['both', { maximum: 2 }, [2], [3]],
    ['3.0', { maximum: 2, exclusiveMaximum: true }, [1], [2]],
    ['3.0', { minimum: 2, exclusiveMinimum: false }, [2], [1]],
    ['3.0', { minimum: 2, exclusiveMinimum: true }, [3], [2]],
    ['3.1', { exclusiveMaximum: 2 }, [1], [2]],
    ['3.1', { exclusiveMinimum: 2 }, [3], [2]],
    ['both', { minimum: 2 }, [2], [1]],
    ['both', { maxLength: 1 }, ['😀'], ['ab']],
    ['both', { minLength: 2 }, ['ab'], ['a']],
    ['both', { pattern: '^\\d+\\-\\d+$' }, ['1-2'], ['12']],
    ['both', { pattern: '^[\\w-.]+$' }, ['a-.'], ['a b']],
    ['both', { maxItems: 1 }, [[1]], [[1, 2]]],
    ['both', { minItems: 1 }, [[1]], [[]]],
    ['both', { uniqueItems: true }, [[1, 2]], [[1, 1]]],
    ['both', { maxProperties: 1 }, [{ a: 1 }], [{ a: 1, b: 1 }]],
    ['both', { minProperties: 1 }, [{ a: 1 }], [{}]],
    ['both', { required: ['a'] }, [{ a: 1 }, 7], [{}]],
    ['both', { enum: ['a', null] }, ['a', null], ['b']],
    ['both', { allOf: [{ minimum: 1 }, { maximum: 2 }] }, [1], [3]],
    ['both', { anyOf: [{ type: 'string' }, { type: 'integer' }] }, ['a', 1], [true]],
    ['both', { oneOf: [{ minimum: 1 }, { maximum: 2 }] }, [0, 3], [1]],
    ['both', { not: { type: 'string' } }, [1], ['a']],
    ['both', { items: { type: 'integer' } }, [[1]], [['a']]],
    ['both', { properties: { a: { type: 'integer' } } }, [{ a: 1 }, {}], [{ a: 'x' }]],
    ['both', { properties: { a: {} }, additionalProperties: false }, [{ a: 1 }], [{ b: 1 }]],
    ['both', { additionalProperties: { type: 'integer' } }, [{ a: 1 }], [{ a: 'x' }]],
    ['both', { format: 'date' }, ['2026-01-31'], ['2026-02-31']],
    [
      'both',
      { format: 'date-time' },
      ['2026-01-29T10:00:00Z', '2026-01-29t10:00:00.5-06:00'],
      ['2026-01-29T10:00:00', '2026-01-29T10:00:00+0000', '2026-01-29T10:00:00+00', '2026-01-29'],
    ],
    ['both', { format: 'time' }, ['10:00:00Z'], ['10:00:00', '10:00:00+0100']],
    [
      'both',
      { format: 'email' },
      ['a@b', 'first.last+tag@example.com', '"a b@c"@example.com', 'a@[127.0.0.1]', 'a@[IPv6:::1]'],
      ['a', '@b', 'a@', 'a@b@c', '.a@b', 'a@-b', 'a@[127.0.0.300]', 'a b@c'],
    ],
    ['both', { format: 'url' }, ['http://10.0.0.1/a', '/a'], []],
    ['both', { format: 'constructor' }, ['x'], []],
    ['both', { type: 'string', format: 'binary' }, ['\u0000'], [1]],
    ['both', { type: 'file' }, ['x'], [1]],
    ['3.0', { type: 'string', nullable: true }, ['a', null], [1]],
    ['3.0', { type: 'string', nullable: true, enum: ['a'] }, ['a', null], ['b']],
    ['3.0', { nullable: true, oneOf: [{ type: 'string' }, { type: 'integer' }] }, ['a', 1, null], [true]],
    ['3.0', { nullable: true, allOf: [{ type: 'string' }] }, ['a', null], [1]],
    ['3.0', { type: 'object', nullable: true, allOf: [{ required: ['a'] }] }, [{ a: 1 }, null], [{}, 1]],
    ['3.1', { type: ['string', 'null'] }, ['a', null], [1]],
    ['3.1', { const: { a: 1 } }, [{ a: 1 }], [{ a: 2 }]],
    ['3.1', { prefixItems: [{ type: 'string' }], items: { type: 'integer' } }, [['a', 1]], [['a', 'b']]],
    ['3.1', { contains: { type: 'integer' }, maxContains: 1 }, [[1, 'a']], [['a'], [1, 2]]],
    ['3.1', { contains: { type: 'integer' }, minContains: 2 }, [[1, 2]], [[1]]],
    ['3.1', { patternProperties: { '^x-': { type: 'integer' } } }, [{ 'x-a': 1, b: 'c' }], [{ 'x-a': 'b' }]],
    ['3.1', { propertyNames: { maxLength: 1 } }, [{ a: 1 }], [{ ab: 1 }]],
    ['3.1', { dependentRequired: { a: ['b'] } }, [{ a: 1, b: 1 }, {}], [{ a: 1 }]],
    ['3.1', { dependentSchemas: { a: { required: ['b'] } } }, [{ a: 1, b: 1 }], [{ a: 1 }]],
    ['3.1', { if: { type: 'string' }, then: { minLength: 2 }, else: { minimum: 2 } }, ['ab', 2], ['a', 1]],
    [
      '3.1',
      { allOf: [{ properties: { a: {} } }], unevaluatedProperties: false },
      [{ a: 1 }],
      [{ a: 1, b: 1 }],
    ],
    ['3.1', { prefixItems: [{}], unevaluatedItems: false }, [[1]], [[1, 2]]],
    ['3.1', { $defs: { a: { type: 'string' } }, $ref: '#/components/schemas/It/$defs/a' }, ['a'], [1]],
    [
      '3.1',
      { $defs: { a: { $anchor: 'named', type: 'string' } }, items: { $ref: '#named' } },
      [['a']],
      [[1]],
    ],
  ])('%s: %j', (version, schema, right, wrong) => {
    for (const one of version === 'both' ? (['3.0', '3.1'] as const) : [version]) {
      const { wrong: violations, unchecked } = It(schema, one);
      for (const value of right) expect([value, violations(value)]).toEqual([value, []]);
      for (const value of wrong) expect([value, violations(value).length > 0]).toEqual([value, true]);
      for (const value of [...right, ...wrong]) expect(unchecked(value)).toEqual([]);
    }
  });
});

test('a schema may be true or false (JSON Schema 2020-12)', () => {
  const { wrong } = of({ It: object({ any: ref('Any'), none: ref('None') }), Any: true, None: false }, '3.1');
  expect([wrong({ any: 1 }), wrong({ none: 1 })]).toEqual([[], ['/none not']]);
  expect(of({ It: true }, '3.1').wrong(1)).toEqual([]);
  expect(of({ It: false }, '3.1').wrong(1)).toEqual([' not']);
});

describe('what a dialect of its own says is understood', () => {
  test.each<[dialect: string, schema: JsonObject, right: Json, wrong: Json]>([
    ['http://json-schema.org/draft-04/schema#', { minimum: 1, exclusiveMinimum: true }, 2, 1],
    [
      'http://json-schema.org/draft-07/schema#',
      { items: [{ type: 'string' }], additionalItems: false },
      ['a'],
      [1],
    ],
    ['http://json-schema.org/draft-07/schema#', { dependencies: { a: ['b'] } }, { b: 1 }, { a: 1 }],
    ['https://json-schema.org/draft/2019-09/schema', { dependentRequired: { a: ['b'] } }, {}, { a: 1 }],
  ])('%s: %j', ($schema, schema, right, wrong) => {
    const { wrong: violations } = It({ $schema, ...schema }, '3.1');
    expect(violations(right)).toEqual([]);
    expect(violations(wrong)).toHaveLength(1);
  });

  test('of one that is not known, nothing is checked', () => {
    const { wrong, unchecked } = It({ properties: { a: { $schema: 'urn:mine', type: 'integer' } } }, '3.1');
    expect([wrong({ a: 'x' }), unchecked({ a: 'x' }), unchecked({})]).toEqual([[], ['$schema'], []]);
  });
});

describe('what cannot be used is set aside alone', () => {
  test.each<[what: string, schema: JsonObject, value: Json, keyword: string]>([
    ['a pattern that is none', { pattern: '(' }, 'x', 'pattern'],
    [
      'a pattern of names',
      { patternProperties: { '(': {} }, additionalProperties: false },
      { a: 1 },
      'patternProperties',
    ],
    ['a list that is none', { required: 'a' }, {}, 'required'],
    ['a type that is none', { type: 'text' }, 'x', 'type'],
    ['a bound that is no number', { minimum: 'low' }, 1, 'minimum'],
    ['a negative length', { minLength: -1 }, 'x', 'minLength'],
    ['an empty list of values', { enum: [] }, 'x', 'enum'],
    ['a reference that leads nowhere', { $ref: '#/components/schemas/None' }, 1, '$ref'],
    ['a schema that is none', { properties: { a: 7 } }, { a: 1 }, 'schema'],
    ['what depends on it', { not: { pattern: '(' } }, 'x', 'not'],
    ['a condition that depends on it', { if: { pattern: '(' }, then: { minLength: 9 } }, 'x', 'if'],
    [
      'how many fit, of which one is not known',
      { oneOf: [{ pattern: '(' }, { minLength: 1 }] },
      'x',
      'oneOf',
    ],
    [
      'what is said of all other members',
      { properties: 7, additionalProperties: false },
      { a: 1 },
      'additionalProperties',
    ],
    [
      'a member that the validator passes over',
      JSON.parse('{"properties":{"__proto__":{}}}'),
      {},
      'properties',
    ],
  ])('%s', (_, schema, value, keyword) => {
    const { wrong, unchecked } = It(object({ bad: schema, id: { type: 'integer' } }));
    expect(wrong({ bad: value, id: 1 })).toEqual([]);
    expect(unchecked({ bad: value, id: 1 })).toContain(keyword);
    // Everything else is checked.
    expect(wrong({ bad: value, id: 'x' })).toEqual(['/id type']);
  });

  test('a value that it says nothing of is checked as a whole', () => {
    expect(It({ pattern: '(' }).unchecked(7)).toEqual([]);
  });

  test('each is listed with its place', () => {
    expect(It(object({ a: { pattern: '(' } })).repairs).toEqual([
      {
        pointer: '/components/schemas/It/properties/a',
        what: '“pattern” cannot be used: it is no regular expression of ECMAScript',
        assumed: 'values are not checked against it',
      },
    ]);
  });

  test.each<[schema: JsonObject, wrong: Json]>([
    [{ maxLength: '2' }, 'abc'],
    [{ pattern: '^a\\-b$' }, 'ab'],
    [{ type: 'string', nullable: 'true' }, 7],
  ])('%j is read as intended', (schema, wrong) => {
    const { wrong: violations, unchecked } = It(schema);
    expect([violations(wrong).length, unchecked(wrong)]).toEqual([1, []]);
  });
});

describe('unevaluatedItems and unevaluatedProperties are set aside where it is not known what was looked at', () => {
  const known = { properties: { a: {} } };
  test.each<[what: string, schema: JsonObject, value: Json, keyword: string[]]>([
    ['beside a part that cannot be used', { allOf: [{ $ref: '#/nowhere' }] }, { b: 1 }, ['$ref', 'P']],
    ['behind a reference', { $ref: '#/components/schemas/Broken' }, { b: 1 }, ['$ref', 'P']],
    ['beside one half of a condition', { if: known, then: { maxProperties: 1 } }, { b: 1 }, ['P']],
    [
      'beside a whole condition',
      { if: known, then: { maxProperties: 1 }, else: { minProperties: 1 } },
      { a: 1 },
      [],
    ],
    ['beside what contains', { contains: { type: 'string' } }, ['a', 1], ['I']],
    ['beside items of an alternative', { anyOf: [{ items: { type: 'string' } }, {}] }, ['a'], ['I']],
    ['beside the first items', { prefixItems: [{}] }, [1], []],
  ])('%s', (_, schema, value, keywords) => {
    const schemas = {
      Broken: { $ref: '#/nowhere' },
      It: { ...schema, unevaluatedItems: false, unevaluatedProperties: false },
    };
    const { wrong, unchecked } = of(schemas, '3.1');
    expect(wrong(value)).toEqual([]);
    const short = { unevaluatedProperties: 'P', unevaluatedItems: 'I' };
    const found = unchecked(value).map(
      (name) => Object.entries(short).find(([long]) => long === name)?.[1] ?? name,
    );
    expect(found).toEqual(expect.arrayContaining(keywords));
    expect(found.length).toBe(keywords.length);
  });
});

test('a member may be called as any keyword, and data may hold them', () => {
  const names = ['nullable', 'example', 'required', 'type', '$ref', 'properties', '$id', 'enum', 'default'];
  const { wrong, repairs } = It({
    ...object(Object.fromEntries(names.map((name) => [name, { type: 'integer' }])), names),
    example: { $ref: '#/nowhere', $id: 'x', pattern: '(' },
    default: { $id: 'x', type: 'none' },
    'x-extension': { $id: 'x' },
    additionalProperties: { enum: [{ $ref: 'a', nullable: true }] },
  });
  expect(repairs).toEqual([]);
  expect(wrong({})).toEqual(names.map(() => ' required'));
  expect(wrong(Object.fromEntries(names.map((name) => [name, 1])))).toEqual([]);
  expect(wrong(Object.fromEntries(names.map((name) => [name, 'x'])))).toEqual(
    names.map((name) => `/${name} type`),
  );
});

describe('alternatives', () => {
  const Cat = object({ kind: { type: 'string' }, lives: { type: 'integer' } }, ['kind']);
  const Dog = object({ kind: { type: 'string' }, bark: { type: 'boolean' } }, ['kind', 'bark']);
  const oneOf = [ref('Cat'), ref('Dog')];
  const named = {
    oneOf,
    discriminator: { propertyName: 'kind', mapping: { meow: 'Cat', woof: ref('Dog')['$ref'] ?? '' } },
  };

  test.each<[value: Json, wrong: string[]]>([
    [{ kind: 'meow', lives: 9 }, []],
    [{ kind: 'Cat' }, []],
    // It fits both.
    [{ kind: 'woof', bark: true }, []],
    [{ kind: 'woof' }, [' required']],
    [{ kind: 'woof', bark: 'x', lives: 'x' }, ['/bark type']],
    [{ kind: 'moo' }, [' discriminator']],
    [{ lives: 9 }, [' discriminator']],
    [7, [' oneOf']],
  ])('the discriminator says which one is meant: %j', (value, expected) => {
    expect(of({ Cat, Dog, It: named }).wrong(value)).toEqual(expected);
  });

  test('that the discriminator names none is said with the member', () => {
    const { messages } = of({ Cat, Dog, It: named });
    expect(messages({ kind: 'moo' })[0]).toMatch(
      /“kind”.*names none of them: it should be meow, woof, Cat or Dog/,
    );
    expect(messages({})[0]).toMatch(/“kind”.*is missing/);
  });

  test('without names for all of them, what is not named is held against all', () => {
    const { wrong } = of({ Cat, It: { oneOf: [ref('Cat'), Dog], discriminator: { propertyName: 'kind' } } });
    expect(wrong({ kind: 'Cat', lives: 'x' })).toEqual(['/lives type']);
    expect(wrong({ kind: 'x', bark: 7 })).toEqual([]);
    expect(wrong({ kind: 'x', bark: true })).toEqual([' oneOf']);
  });

  test('a value that fits two is not said to fit none', () => {
    expect(of({ Cat, Dog, It: { oneOf } }).messages({ kind: 'x', bark: true })).toEqual([
      'fits 2 of the forms, and only one is allowed (an object came)',
    ]);
  });

  test.each<[schema: JsonObject, value: Json, wrong: string[]]>([
    [
      { nullable: true, oneOf: [{ type: 'string' }, object({ a: { type: 'integer' } }, ['a'])] },
      { a: 'x' },
      ['/a type'],
    ],
    [{ anyOf: [{ oneOf: [{ anyOf: [{ type: 'string' }] }, { type: 'integer' }] }] }, true, [' anyOf']],
    [
      { allOf: [{ oneOf: [{ type: 'string' }, { type: 'integer' }] }, { minLength: 3 }] },
      'a',
      [' minLength'],
    ],
    [
      {
        anyOf: [
          { type: 'string' },
          { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'integer' }] } },
        ],
      },
      [true],
      ['/0 anyOf'],
    ],
  ])('within one another: %j', (schema, value, expected) => {
    expect(It(schema).wrong(value)).toEqual(expected);
  });
});

describe('members that go one way only', () => {
  const secret = (mark: string): JsonObject => ({ type: 'string', [mark]: true });
  const forms = (mark: string): [string, Version, JsonObject][] => [
    ['plain', '3.0', { It: object({ id: {}, secret: secret(mark) }, ['id', 'secret']) }],
    [
      'by reference',
      '3.0',
      { Secret: secret(mark), It: object({ id: {}, secret: ref('Secret') }, ['id', 'secret']) },
    ],
    [
      'beside a reference',
      '3.1',
      {
        Text: { type: 'string' },
        It: object({ secret: { ...ref('Text'), [mark]: true } }, ['id', 'secret']),
      },
    ],
    [
      'in a part',
      '3.0',
      {
        Base: object({ secret: secret(mark) }),
        It: { allOf: [ref('Base'), { required: ['id', 'secret'] }] },
      },
    ],
    [
      'in a part of a part',
      '3.0',
      {
        Base: object({ secret: { allOf: [secret(mark)] } }),
        Mid: { allOf: [ref('Base')] },
        It: { allOf: [ref('Mid')], required: ['id', 'secret'] },
      },
    ],
    [
      'required in an alternative',
      '3.0',
      { It: { ...object({ id: {}, secret: secret(mark) }), anyOf: [{ required: ['id', 'secret'] }] } },
    ],
  ];

  test.each(forms('writeOnly'))(
    'are not required of an answer, and must not come: %s',
    (_, version, schemas) => {
      const { wrong } = of(schemas, version);
      expect(wrong({ id: 1 })).toEqual([]);
      expect(wrong({}).length).toBe(1);
      expect(wrong({ id: 1, secret: 'x' })).toEqual(['/secret writeOnly']);
    },
  );

  test.each(forms('readOnly'))(
    'are not required of a request, and forbid nothing: %s',
    (_, version, schemas) => {
      const { wrong } = of(schemas, version, 'request');
      expect(wrong({ id: 1 })).toEqual([]);
      expect(wrong({}).length).toBe(1);
      expect(wrong({ id: 1, secret: 7 })).toEqual([]);
    },
  );

  test('are as any other in the other direction', () => {
    const schema = object({ r: secret('readOnly'), w: secret('writeOnly') }, ['r', 'w']);
    expect(It(schema, '3.0', 'answer').wrong({})).toEqual([' required']);
    expect(It(schema, '3.0', 'request').messages({})).toEqual(['the required member “w” is missing']);
    expect(It(schema, '3.0', 'request').wrong({ w: 'x' })).toEqual([]);
  });
});

describe('schemas that include themselves', () => {
  test.each<[what: string, schemas: JsonObject, right: Json, wrong: Json, unchecked: string[]]>([
    [
      'all of itself and more',
      { It: { allOf: [ref('It'), object({ a: { type: 'integer' } })] } },
      { a: 1 },
      { a: 'x' },
      [],
    ],
    [
      'a parent that lists its children',
      {
        It: { ...object({ a: { type: 'integer' } }), oneOf: [ref('One')] },
        One: { allOf: [ref('It'), { required: ['b'] }] },
      },
      { a: 1, b: 1 },
      { a: 1 },
      [],
    ],
    [
      'a child of such a parent',
      {
        Up: { ...object({ a: { type: 'integer' } }), oneOf: [ref('It')] },
        It: { allOf: [ref('Up'), { required: ['b'] }] },
      },
      { b: 1 },
      { a: 'x', b: 1 },
      [],
    ],
    [
      'what is not itself, nor anything else',
      { It: { allOf: [{ not: { anyOf: [ref('It')] } }, { type: 'integer' }] } },
      1,
      'x',
      ['not'],
    ],
    [
      'through another',
      { It: { allOf: [ref('B'), { required: ['a'] }] }, B: { allOf: [ref('It'), { required: ['b'] }] } },
      { a: 1, b: 1 },
      { a: 1 },
      [],
    ],
  ])('%s', (_, schemas, right, wrong, unchecked) => {
    const { wrong: violations, unchecked: left, repairs } = of(schemas);
    expect([violations(right), left(right)]).toEqual([[], unchecked]);
    expect(violations(wrong).length).toBeGreaterThan(0);
    expect(repairs).toMatchObject([{ what: 'the schema includes itself' }]);
  });

  test('references that lead to one another only say nothing that could be checked', () => {
    const { wrong, unchecked } = of({
      It: object({ a: ref('A'), b: { type: 'integer' } }),
      A: ref('B'),
      B: ref('A'),
    });
    expect(unchecked({ a: 1 })).toEqual(['$ref']);
    expect(wrong({ a: 1, b: 'x' })).toEqual(['/b type']);
  });

  test('a list of itself is no loop', () => {
    const { wrong, repairs } = It(
      object({ list: { type: 'array', items: ref('It') }, a: { type: 'integer' } }),
    );
    expect(repairs).toEqual([]);
    expect(wrong({ list: [{ list: [{ a: 'x' }] }] })).toEqual(['/list/0/list/0/a type']);
  });
});
