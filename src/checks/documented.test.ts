import { describe, expect, test } from 'vitest';
import type { MediaType } from '../contract/content.js';
import type { Operation } from '../contract/operation.js';
import { answer, contractOf } from '../testing/host.js';
import { describedBody, documentedErrors, documentedJson, isProblem } from './documented.js';

const mediaOf = (name: string): MediaType => ({
  ...{ schema: { title: name }, schemaPointer: `/${name}` },
  ...{ example: undefined, encoding: {} },
});
const [TEXT, ANY, JSON_TYPE, PROBLEM] = [
  mediaOf('text'),
  mediaOf('any'),
  mediaOf('json'),
  mediaOf('problem'),
];

describe('what is said of a body', () => {
  test.each<[content: Record<string, MediaType>, type: string, isJson: boolean, range: string | undefined]>([
    [{ '*/*': ANY, 'text/csv': TEXT }, 'text/csv', false, 'text/csv'],
    [{ '*/*': ANY, 'application/json': JSON_TYPE }, 'text/csv', false, '*/*'],
    // JSON in another type is what is said of JSON, and nothing else is.
    [{ 'text/csv': TEXT, 'application/json': JSON_TYPE }, 'text/html', true, 'application/json'],
    [
      { 'text/csv': TEXT, 'application/problem+json': PROBLEM },
      'text/html',
      true,
      'application/problem+json',
    ],
    [{ 'application/*': ANY }, 'text/html', true, 'application/*'],
    [{ 'application/json': JSON_TYPE }, 'text/html', false, undefined],
    [{ 'text/csv': TEXT }, 'text/html', true, undefined],
  ])('%j in %s, JSON: %s', (content, type, isJson, range) => {
    expect(describedBody({ description: '', headers: [], content }, type, isJson)?.[0]).toBe(range);
  });

  test('is nothing where no response is described', () => {
    expect(describedBody(undefined, 'application/json', true)).toBeUndefined();
  });
});

const THING = '{ type: object, required: [id] }';
const FAULT = '{ type: object, required: [message] }';
const operationWith = (responses: string): Operation => {
  const [operation] = contractOf(`/things: { get: { responses: ${responses} } }`).operations;
  if (!operation) throw new Error('there is no operation');
  return operation;
};
const content = (type: string, schema: string) => `{ description: d, content: { '${type}': ${schema} } }`;
const schemaOf = (schema: string) => `{ schema: ${schema} }`;

describe('what is said of the JSON of an answer', () => {
  const operation = operationWith(
    `{ '200': ${content('application/json', schemaOf(THING))}, 4XX: ${content('application/json', schemaOf(FAULT))} }`,
  );

  test('is that of its status, or of the class of that', () => {
    const at = (status: string) => `/paths/~1things/get/responses/${status}/content/application~1json/schema`;
    const plain = answer(200, '{}');
    expect(documentedJson(operation, answer(200, {}))).toEqual({
      schema: { type: 'object', required: ['id'] },
      schemaPointer: at('200'),
    });
    expect(documentedJson(operation, plain)?.schemaPointer).toBe(at('200'));
    expect(documentedJson(operation, answer(404, {}))?.schemaPointer).toBe(at('4XX'));
    expect(documentedJson(operation, answer(500, {}))).toBeUndefined();
  });

  test('is that of its media type, where several are described', () => {
    const several = operationWith(`{ default: { description: d, content: {
      application/json: ${schemaOf(THING)}, application/problem+json: ${schemaOf(FAULT)} } } }`);
    const requiredOf = (type: string) =>
      documentedJson(several, answer(404, '{}', { 'content-type': type }))?.schema['required'];
    expect(requiredOf('application/problem+json')).toEqual(['message']);
    expect(requiredOf('application/json')).toEqual(['id']);
    expect(documentedJson(several, answer(404, '{}'))?.schema['required']).toEqual(['id']);
  });

  test('is nothing where it is described as a text, or without a schema', () => {
    const text = operationWith(`{ '200': ${content('text/plain', schemaOf('{ type: string }'))} }`);
    expect(documentedJson(text, answer(200, '{}', { 'content-type': 'text/plain' }))).toBeUndefined();
    const bare = operationWith(`{ '200': ${content('application/json', '{}')} }`);
    expect(documentedJson(bare, answer(200, {}))).toBeUndefined();
  });
});

test('what is said of errors in JSON is found once for each place', () => {
  const operation = operationWith(`{
    '200': ${content('application/json', schemaOf(THING))},
    '404': ${content('application/json', schemaOf(FAULT))},
    '304': ${content('application/json', schemaOf('{ type: object }'))},
    '406': ${content('text/html', schemaOf('{ type: string }'))},
    '410': ${content('application/json', '{}')},
    5XX: ${content('application/problem+json', schemaOf(FAULT))},
    default: ${content('application/json', schemaOf(FAULT))},
  }`);
  const at = (status: string, type: string) =>
    `/paths/~1things/get/responses/${status}/content/application~1${type}/schema`;
  expect(documentedErrors(operation).map(({ schemaPointer }) => schemaPointer)).toEqual([
    ...[at('404', 'json'), at('5XX', 'problem+json'), at('default', 'json')],
  ]);
  expect(documentedErrors(operation)[0]?.schema).toEqual({ type: 'object', required: ['message'] });
});

test.each([
  ['application/problem+json', true],
  ['Application/Problem+JSON; charset=utf-8', true],
  ['application/json', false],
  ['problem', false],
  [undefined, false],
])('%s is the type of a problem: %s', (type, is) => {
  expect(isProblem(type)).toBe(is);
});
