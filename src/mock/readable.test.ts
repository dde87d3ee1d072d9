import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { at, type JsonObject } from '../json.js';
import { readable } from './readable.js';

test('the mock is given what OpenAPI does by itself, and nothing of lists that it cannot read', () => {
  const list = '{ type: array, items: { type: integer } }';
  const document = parse(`
paths:
  /things/{ids}:
    post:
      parameters:
        - { name: ids, in: path, required: true, schema: ${list} }
        - { name: X-Ids, in: header, schema: ${list} }
        - { name: query, in: query, schema: ${list} }
        - { name: plain, in: query, schema: { type: string } }
      requestBody: { content: { application/x-www-form-urlencoded: { schema: { properties: { tags: ${list}, n: { type: integer } } } } } }
`) as JsonObject;
  const operation = at(readable(document), '/paths/~1things~1{ids}/post');
  expect(operation).toMatchObject({
    parameters: [
      { name: 'ids', required: true, schema: {} },
      { name: 'X-Ids', schema: {} },
      { name: 'query', style: 'form', explode: true, schema: { type: 'array' } },
      { name: 'plain', schema: { type: 'string' } },
    ],
  });
  expect(at(operation, '/parameters/0/schema')).toEqual({});
  const form = '/requestBody/content/application~1x-www-form-urlencoded/schema/properties';
  expect(at(operation, form)).toEqual({ tags: {}, n: { type: 'integer' } });
});

test.each([{ a: [] }, 7, [7], [null], 'x'])('security that is %j is left out for the mock', (security) => {
  const asked = [{ a: [] }];
  const document = { security, paths: { '/x': { get: { security }, post: { security: asked } } } };
  expect(readable(document)).toEqual({ paths: { '/x': { get: {}, post: { security: asked } } } });
});

test('bodies whose names are no media types are left out for the mock', () => {
  const schema = { type: 'string' };
  const kept = {
    'application/json': { schema },
    'text/*': { schema },
    'application/json; charset=utf-8; v="a \\" b"': { schema },
  };
  const content = { ...kept, json: { schema }, '': { schema }, 'a b/c': { schema }, 'a/b; c': { schema } };
  const document = {
    paths: {
      '/x': { post: { requestBody: { content }, responses: { 200: { content }, 404: {}, default: 7 } } },
    },
  };
  expect(readable(document)).toEqual({
    paths: {
      '/x': {
        post: { requestBody: { content: kept }, responses: { 200: { content: kept }, 404: {}, default: 7 } },
      },
    },
  });
});

test('a path that begins without a slash is left out for the mock', () => {
  const get = { responses: {} };
  expect(readable({ paths: { '/x': { get }, x: { get }, '': { get } } })).toEqual({
    paths: { '/x': { get } },
  });
});
