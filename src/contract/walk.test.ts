import { expect, test } from 'vitest';
import type { JsonObject } from '../json.js';
import { walkObjects, walkSchemas } from './walk.js';

function schemasIn(document: JsonObject): string[] {
  const found: string[] = [];
  walkSchemas(document, (_, { pointer }) => found.push(pointer));
  return found;
}

function describedIn(document: JsonObject): string[] {
  const found: string[] = [];
  walkObjects(document, (_, { pointer }) => {
    found.push(pointer);
    return undefined;
  });
  return found;
}

const DATA = { $ref: '#/nowhere', schema: { properties: { a: {} } }, type: 'quark' };

test.each([
  ['an example', { example: DATA }],
  ['examples in a list', { examples: [DATA] }],
  ['a default', { default: DATA }],
  ['values of an enum', { enum: [DATA] }],
  ['a constant', { const: DATA }],
  ['an extension', { 'x-vendor': DATA }],
])('%s of a schema is data', (_, members) => {
  const document = { components: { schemas: { A: { type: 'object', ...members } } } };
  expect(schemasIn(document)).toEqual(['/components/schemas/A']);
  expect(describedIn(document)).toEqual(['', '/components', '/components/schemas/A']);
});

test('the value of an example, what a link sends, and an extension of a path are data', () => {
  const document = {
    paths: {
      'x-paths': DATA,
      '/a': {
        get: {
          'x-get': DATA,
          responses: {
            'x-responses': DATA,
            200: {
              links: { next: { parameters: { id: DATA }, requestBody: DATA } },
              content: { 'application/json': { example: DATA, examples: { one: { value: DATA } } } },
            },
          },
        },
      },
    },
  };
  expect(schemasIn(document)).toEqual([]);
  expect(
    describedIn(document).filter((pointer) => /x-|id$|requestBody|value|example$/.test(pointer)),
  ).toEqual([]);
});

test('examples of Swagger 2.0 are data by their media type', () => {
  const responses = { 200: { schema: {}, examples: { 'application/json': DATA } } };
  expect(schemasIn({ swagger: '2.0', paths: { '/a': { get: { responses } } } })).toEqual([
    '/paths/~1a/get/responses/200/schema',
  ]);
});

test('what a map names may be called as members are', () => {
  const names = [
    'example',
    'default',
    'enum',
    'const',
    'value',
    'x-name',
    'properties',
    'type',
    '$ref',
    'schema',
  ];
  const properties = Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
  const document = {
    components: { schemas: { default: { properties } }, headers: { value: { schema: {} } } },
    paths: { '/a': { get: { responses: { default: { content: { value: { schema: {} } } } } } } },
  };
  expect(schemasIn(document)).toEqual([
    '/components/schemas/default',
    ...names.map((name) => `/components/schemas/default/properties/${name}`),
    '/components/headers/value/schema',
    '/paths/~1a/get/responses/default/content/value/schema',
  ]);
});

test('schemas are in schemas, in lists of them, in callbacks and under parameters', () => {
  const document = {
    components: {
      schemas: { A: { allOf: [{ items: [{ not: {} }] }], $defs: { B: {} }, additionalProperties: {} } },
      parameters: { p: { schema: {} } },
    },
    paths: {
      '/a': {
        parameters: [{ content: { 'application/json': { schema: {} } } }],
        post: {
          callbacks: {
            done: {
              '{$request.body#/url}': { post: { requestBody: { content: { 'text/csv': { schema: {} } } } } },
            },
          },
        },
      },
    },
  };
  expect(schemasIn(document)).toHaveLength(9);
});
