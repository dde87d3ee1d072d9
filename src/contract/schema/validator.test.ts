import { describe, expect, test } from 'vitest';
import { at, isObject, type Json, type JsonObject } from '../../json.js';
import { within } from './in-place.js';
import { towards } from './one-way.js';
import { prepareSchemas } from './prepare.js';
import { createValidator, isForbidden, type Checked } from './validator.js';

/** So much time that no machine is too busy for it. */
const PLENTY_MS = 120_000;

function validatorOf(schema: JsonObject, longestMs = PLENTY_MS) {
  const validator = createValidator({ components: { schemas: { It: schema } } }, '3.0', 'answer', longestMs);
  return (value: Json) => validator.check('/components/schemas/It', value);
}

function messagesOf(checked: Checked): string[] {
  return checked.kind === 'checked'
    ? checked.violations.map(({ pointer, message }) => `${pointer} ${message}`)
    : [`not checked: ${checked.why}`];
}

const ID = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } };
const EITHER = { anyOf: [ID, { type: 'object', required: ['name'] }, { type: 'array', items: ID }] };

describe('values that were made to take long', () => {
  test('thousands of items that fit no alternative are examined in short time', () => {
    const check = validatorOf({ type: 'array', items: EITHER });
    const value = check(Array.from({ length: 3000 }, () => ({ id: 'x' })));
    expect(messagesOf(value).slice(0, 2)).toEqual([
      '/0/id should be integer, but a string of 1 characters came',
      '/1/id should be integer, but a string of 1 characters came',
    ]);
    expect(messagesOf(value)).toHaveLength(3000);
    expect(value).toMatchObject({ complete: true });
  });

  test('of a million of them the first is named, and that there are more', () => {
    const check = validatorOf({ type: 'array', items: EITHER });
    const items: Json = Array.from({ length: 1_000_000 }, () => 7);
    const value = check(items);
    expect(messagesOf(value)).toEqual([
      '/0 fits none of the forms that the contract allows there (a number came)',
    ]);
    expect(value).toMatchObject({ complete: false });
  });

  test('no more errors are collected than are examined', () => {
    const check = validatorOf({ type: 'array', items: { type: 'integer' } });
    const wrong = (count: number) => check(Array.from({ length: count }, () => 'x'));
    expect(wrong(15_000)).toMatchObject({ complete: true, violations: { length: 15_000 } });
    expect(wrong(25_000)).toMatchObject({ complete: false, violations: { length: 1 } });
  });

  test('of a million things that name no alternative the first is named, with the member that should', () => {
    const one = (kind: string) => ({
      type: 'object',
      properties: { kind: { type: 'string', enum: [kind] } },
    });
    const components = {
      schemas: {
        Cat: one('Cat'),
        Dog: one('Dog'),
        It: {
          type: 'array',
          items: {
            oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
            discriminator: { propertyName: 'kind' },
          },
        },
      },
    };
    const { check } = createValidator({ components }, '3.0', 'answer', PLENTY_MS);
    const value = check(
      '/components/schemas/It',
      Array.from({ length: 30_000 }, () => ({ kind: 'Cow' })),
    );
    expect(value).toMatchObject({ complete: false });
    expect(messagesOf(value)).toEqual([
      '/0 the member “kind”, which says which form it is (discriminator), names none of them: it should be Cat or Dog',
    ]);
  });

  test('names of megabytes are not repeated for every error', () => {
    const check = validatorOf({ additionalProperties: { type: 'array', items: EITHER } });
    const name = 'n'.repeat(1_000_000);
    const value = check({ [name]: Array.from({ length: 5000 }, () => 7) });
    expect(messagesOf(value)).toEqual([
      '/*/0 fits none of the forms that the contract allows there (a number came)',
    ]);
    expect(value).toMatchObject({ complete: false });
  });

  test.each<[what: string, schema: JsonObject, value: Json]>([
    ['a pattern that looks ahead', { pattern: '^(?=a)(a+)+$' }, `${'a'.repeat(60)}!`],
    [
      'a name that is matched by one',
      { patternProperties: { '^(?=a)(a+)+$': { type: 'integer' } } },
      { [`${'a'.repeat(60)}!`]: 1 },
    ],
    [
      'items that have to be different',
      { uniqueItems: true },
      Array.from({ length: 60_000 }, (_, index) => ({ index })),
    ],
  ])('what takes too long is neither right nor wrong: %s', (_, schema, given) => {
    const value = validatorOf(schema, 200)(given);
    expect(value).toEqual({ kind: 'not checked', why: 'time' });
    expect(isForbidden(value)).toBe(false);
  });

  test('a slow pattern that RE2 can say is no slow pattern', () => {
    const check = validatorOf({ pattern: '^(a+)+$' });
    expect(messagesOf(check(`${'a'.repeat(1_000_000)}!`))).toEqual([
      ' should match the pattern ^(a+)+$, but a string of 1000001 characters that does not match came',
    ]);
    expect(messagesOf(check('a'.repeat(1_000_000)))).toEqual([]);
  });

  test('after some checks that took too long, patterns that can take for ever are not tried any more', () => {
    const check = validatorOf({ type: 'object', properties: { a: { pattern: '^(?=a)(a+)+$' } } }, 100);
    const slow = { a: `${'a'.repeat(60)}!` };
    // What is checked soon is checked, until too much has taken too long.
    expect(check({ a: 'aaa' })).toMatchObject({ kind: 'checked', violations: [] });
    for (let tries = 0; tries < 10; tries++)
      expect(check(slow)).toEqual({ kind: 'not checked', why: 'time' });
    expect(check({ a: 'aaa' })).toEqual({ kind: 'not checked', why: 'time' });
    expect(check({ a: 7 })).toMatchObject({ kind: 'checked', violations: [] });
    expect(check([])).toMatchObject({ kind: 'checked', complete: true });
  });

  test('a schema that goes round without taking anything of the value is not checked', () => {
    const schema = { anyOf: [{ $ref: '#/components/schemas/It' }, { type: 'null' }] };
    expect(validatorOf(schema)(7)).toEqual({
      kind: 'checked',
      violations: [],
      complete: true,
      unchecked: [
        {
          schemaPointer: '/components/schemas/It/anyOf/0',
          keyword: '$ref',
          why: 'the schema is made of itself',
        },
      ],
    });
  });
});

test('a value that fits neither of two sets of alternatives at one place is wrong', () => {
  const check = validatorOf({
    allOf: [{ anyOf: [{ type: 'integer' }] }, { anyOf: [{ type: 'boolean' }] }],
  });
  expect(messagesOf(check('x'))).toEqual([
    ' fits none of the forms that the contract allows there (a string of 1 characters came)',
  ]);
});

test('of a value that fits none of several alternatives, the error deepest in it is named', () => {
  const check = validatorOf({ type: 'object', properties: { one: EITHER, other: { type: 'string' } } });
  expect(messagesOf(check({ one: [{ id: 1 }, { id: 'x' }], other: 7 }))).toEqual([
    '/one/1/id should be integer, but a string of 1 characters came',
    '/other should be string, but a number came',
  ]);
});

test('members that every object of JavaScript has are members only when they are sent', () => {
  const names = ['constructor', 'hasOwnProperty', 'toString', 'valueOf'];
  const check = validatorOf({
    type: 'object',
    required: names,
    properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
  });
  expect(messagesOf(check({}))).toEqual(names.map((name) => ` the required member “${name}” is missing`));
  expect(messagesOf(check(Object.fromEntries(names.map((name) => [name, 'x']))))).toEqual([]);
});

test('a sentence holds no text of any length from the contract', () => {
  const long = 'x'.repeat(100_000);
  const check = validatorOf({ required: [long], pattern: long, enum: [long, `${long}y`] });
  for (const value of [{}, 'x'])
    for (const message of messagesOf(check(value))) expect(message.length).toBeLessThan(2000);
});

test('references are followed however many schemas they lead through', () => {
  const names = Array.from({ length: 1000 }, (_, index) => `Part${index}`);
  const next = (index: number) => ({ $ref: `#/components/schemas/Part${(index + 1) % names.length}` });
  const schemas = Object.fromEntries(
    names.map((name, index): [string, Json] => [
      name,
      {
        type: 'object',
        required: ['id'],
        properties: {
          id: { type: 'string', pattern: `^a${index}$` },
          part: next(index),
          list: { items: next(index) },
        },
      },
    ]),
  );
  const document = { openapi: '3.0.3', components: { schemas } };
  const { check } = createValidator(document, '3.0', 'answer', PLENTY_MS);
  const nested = (depth: number): Json => (depth === 0 ? { id: 7 } : { id: 'x', part: nested(depth - 1) });
  expect(check('/components/schemas/Part0', { id: 'a0' })).toMatchObject({ kind: 'checked', violations: [] });
  expect(check('/components/schemas/Part0', nested(40))).toMatchObject({
    kind: 'checked',
    violations: expect.arrayContaining([
      expect.objectContaining({ pointer: `${'/part'.repeat(40)}/id`, keyword: 'type' }),
    ]) as unknown,
  });
});

/** An operation whose answer is nothing but a reference, to a schema that is nothing but a reference, too. */
const REFERRING: JsonObject = {
  openapi: '3.0.3',
  paths: {
    '/things': {
      get: {
        responses: {
          200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Also' } } } },
        },
      },
    },
  },
  components: { schemas: { Also: { $ref: '#/components/schemas/Thing' }, Thing: ID } },
};
const ANSWER = '/paths/~1things/get/responses/200/content/application~1json/schema';

test('a schema that is nothing but a reference is checked where it leads, and has no place of its own', () => {
  const { root, placeOf } = prepareSchemas(REFERRING, '3.0');
  expect(placeOf(ANSWER)).toBe('/components/schemas/Thing');
  expect(placeOf('/components/schemas/Also')).toBe('/components/schemas/Thing');
  expect(placeOf('/components/schemas')).toBeUndefined();
  expect(Object.keys(root)).not.toContain('paths');
});

test('what was released is compiled again when it is next needed', () => {
  const validator = createValidator(REFERRING, '3.0', 'answer', PLENTY_MS);
  const messages = () => messagesOf(validator.check(ANSWER, { id: 'x' }));
  const before = messages();
  validator.release();
  expect(before).toHaveLength(1);
  expect(messages()).toEqual(before);
});

test('a schema that is the same in both directions is not copied', () => {
  const { root, outermost } = prepareSchemas(
    {
      openapi: '3.0.3',
      components: {
        schemas: {
          Thing: ID,
          Made: { type: 'object', required: ['at'], properties: { at: { type: 'string', readOnly: true } } },
        },
      },
    },
    '3.0',
  );
  const schemas = outermost.flatMap((place) => [...within(objectAt(root, place))]);
  const sent = towards('request', root, schemas);
  expect(at(sent, '/components/schemas/Thing')).toBe(at(root, '/components/schemas/Thing'));
  expect(at(sent, '/components/schemas/Made')).toMatchObject({ required: [], properties: { at: true } });
  expect(at(root, '/components/schemas/Made')).toMatchObject({ required: ['at'] });
});

function objectAt(root: JsonObject, place: string): JsonObject {
  const schema = at(root, place);
  if (!isObject(schema)) throw new Error(`${place} is no schema`);
  return schema;
}
