import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isObject, type JsonObject } from '../json.js';
import { PACKAGE_ROOT } from '../package.js';
import { temporaryFolder } from '../testing/folder.js';
import { CONTRACT_RULES } from './index.js';
import { judgeContract } from './judge.js';
import type { ContractFinding } from './rule.js';

async function judged(document: JsonObject): Promise<ContractFinding[]> {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'openapi.json');
  await writeFile(file, JSON.stringify(document, null, 2));
  return (await judgeContract(file)).findings;
}

const REFUSED = { 401: { description: 'no credentials' } };
const json = (schema: JsonObject): JsonObject => ({
  description: 'ok',
  content: { 'application/json': { schema } },
});
const get = (operationId: string, more: JsonObject = {}): JsonObject => ({
  operationId,
  responses: { 200: json({ type: 'string' }), ...REFUSED },
  ...more,
});
const ID = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };

/** A contract that keeps every rule, with these paths and schemas. */
function contract(paths: JsonObject = {}, schemas: JsonObject = {}, more: JsonObject = {}): JsonObject {
  return {
    openapi: '3.0.3',
    info: { title: 'T', version: '1' },
    servers: [{ url: 'https://api.example.com' }],
    security: [{ token: [] }],
    paths: { '/first': { get: get('first') }, ...paths },
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } }, schemas },
    ...more,
  };
}

function swagger(operation: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    swagger: '2.0',
    info: { title: 'T', version: '1' },
    host: 'api.example.com',
    produces: ['application/json'],
    security: [],
    paths: {
      '/first': {
        get: {
          operationId: 'first',
          responses: { 200: { description: 'ok', schema: { type: 'string' } } },
          ...operation,
        },
      },
    },
    ...more,
  };
}

function without(member: string, document: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(document).filter(([name]) => name !== member));
}

interface Case {
  rule: string;
  /** What breaks it, with what is found: `CODE POINTER`. */
  broken: [what: string, document: JsonObject, found: string[]][];
  /** What looks like it and keeps it. */
  kept: [what: string, document: JsonObject][];
}

const schema = (value: JsonObject) => contract({}, { A: value });
const CASES: Case[] = [
  {
    rule: 'contract/structure',
    broken: [
      [
        'a response without a description',
        contract({ '/a': { get: get('a', { responses: { 200: {}, ...REFUSED } }) } }),
        ['required /paths/~1a/get/responses/200'],
      ],
      [
        'a parameter in the path that is optional',
        contract({ '/a/{id}': { get: get('a', { parameters: [{ ...ID, required: false }] }) } }),
        ['enum /paths/~1a~1{id}/get/parameters/0/required'],
      ],
      [
        'a type that is none, deep in schemas',
        schema({ type: 'object', properties: { a: { type: 'array', items: { type: 'text' } } } }),
        ['enum /components/schemas/A/properties/a/items/type'],
      ],
      [
        'a place for a parameter that is none',
        contract({ '/a': { get: get('a', { parameters: [{ ...ID, in: 'querry' }] }) } }),
        ['enum /paths/~1a/get/parameters/0/in'],
      ],
      [
        'a member that OpenAPI 3.1 does not have',
        contract({}, {}, { openapi: '3.1.0', info: { title: 'T', version: '1', titel: 'T' } }),
        ['unevaluatedProperties /info'],
      ],
      [
        'a parameter of Swagger 2.0 without a type',
        swagger({ parameters: [{ name: 'q', in: 'query' }] }),
        ['oneOf /paths/~1first/get/parameters/0'],
      ],
    ],
    kept: [['an extension', contract({}, {}, { 'x-vendor': { anything: true } })]],
  },
  {
    rule: 'repair/missing-reference',
    broken: [
      [
        'a schema that is not there',
        schema({ type: 'array', items: { $ref: '#/components/schemas/B' } }),
        ['repaired /components/schemas/A/items'],
      ],
    ],
    kept: [
      ['what looks like a reference in an example', schema({ type: 'object', example: { $ref: '#/none' } })],
    ],
  },
  {
    rule: 'repair/server',
    broken: [
      [
        'a variable without a value',
        contract({}, {}, { servers: [{ url: 'https://{host}', variables: { host: {} } }] }),
        ['repaired /servers/0/variables/host'],
      ],
    ],
    kept: [
      [
        'a variable with a default',
        contract({}, {}, { servers: [{ url: 'https://{h}', variables: { h: { default: 'a.example' } } }] }),
      ],
    ],
  },
  {
    rule: 'repair/broken-example',
    broken: [
      [
        'an example of another type',
        contract({
          '/a': {
            get: get('a', {
              responses: {
                200: {
                  description: 'ok',
                  content: { 'application/json': { schema: { type: 'integer' }, example: 'one' } },
                },
                ...REFUSED,
              },
            }),
          },
        }),
        ['repaired /paths/~1a/get/responses/200/content/application~1json'],
      ],
    ],
    kept: [],
  },
  {
    rule: 'repair/missing-type',
    broken: [
      [
        'properties of no object',
        schema({ properties: { a: { type: 'string' } } }),
        ['repaired /components/schemas/A'],
      ],
    ],
    kept: [
      [
        'a property that is called “items”',
        schema({ type: 'object', properties: { items: { type: 'string' } } }),
      ],
    ],
  },
  {
    rule: 'contract/same-path',
    broken: [
      [
        'paths that differ by the name of a parameter',
        contract({
          '/a/{id}': { get: get('a', { parameters: [ID] }) },
          '/a/{key}': { put: get('b', { parameters: [{ ...ID, name: 'key' }] }) },
        }),
        ['same /paths/~1a~1{key}'],
      ],
    ],
    kept: [
      [
        'a literal beside a template',
        contract({ '/a/{id}': { get: get('a', { parameters: [ID] }) }, '/a/b': { get: get('b') } }),
      ],
    ],
  },
  {
    rule: 'contract/undeclared-path-parameter',
    broken: [
      [
        'a name in the path only',
        contract({ '/a/{id}': { get: get('a') } }),
        ['undeclared /paths/~1a~1{id}/get'],
      ],
    ],
    kept: [['a parameter of the whole path', contract({ '/a/{id}': { parameters: [ID], get: get('a') } })]],
  },
  {
    rule: 'contract/unused-path-parameter',
    broken: [
      [
        'a parameter without a place',
        contract({ '/a': { get: get('a', { parameters: [ID] }) } }),
        ['unused /paths/~1a/get/parameters/0'],
      ],
    ],
    kept: [['a parameter with one', contract({ '/a/{id}.json': { get: get('a', { parameters: [ID] }) } })]],
  },
  {
    rule: 'contract/conflicting-parameters',
    broken: [
      [
        'a header in two cases',
        contract({
          '/a': {
            get: get('a', {
              parameters: ['X-A', 'x-a'].map((name) => ({ name, in: 'header', schema: { type: 'string' } })),
            }),
          },
        }),
        ['repeated /paths/~1a/get/parameters/1'],
      ],
      [
        'a body and a form',
        swagger({
          parameters: [
            { name: 'a', in: 'body', schema: { type: 'string' } },
            { name: 'b', in: 'formData', type: 'string' },
          ],
        }),
        ['body-and-form /paths/~1first/get/parameters'],
      ],
    ],
    kept: [
      [
        'a parameter of an operation that overrides that of the path',
        contract({ '/a/{id}': { parameters: [ID], get: get('a', { parameters: [ID] }) } }),
      ],
    ],
  },
  {
    rule: 'contract/duplicate-operation-id',
    broken: [
      [
        'the name of another',
        contract({ '/a': { get: get('first') } }),
        ['repeated /paths/~1a/get/operationId'],
      ],
    ],
    kept: [['the same in another case', contract({ '/a': { get: get('First') } })]],
  },
  {
    rule: 'contract/missing-operation-id',
    broken: [
      [
        'no name',
        contract({ '/a': { get: { responses: { 200: json({ type: 'string' }), ...REFUSED } } } }),
        ['missing /paths/~1a/get'],
      ],
    ],
    kept: [],
  },
  {
    rule: 'contract/undescribed-security-scheme',
    broken: [
      [
        'a scheme of another name',
        contract({ '/a': { get: get('a', { security: [{ key: [] }] }) } }),
        ['unknown-scheme /paths/~1a/get/security/0/key'],
      ],
      ['no scheme at all', contract({}, {}, { components: {} }), ['no-schemes /security/0/token']],
    ],
    kept: [['none asked for', contract({ '/a': { get: get('a', { security: [] }) } })]],
  },
  {
    rule: 'contract/silent-about-security',
    broken: [
      ['no word of it', swagger({}, { security: {} }), ['silent ']],
      [
        'a scheme that is never asked for',
        swagger({}, { security: {}, securityDefinitions: { a: { type: 'basic' } } }),
        ['never-asked '],
      ],
    ],
    kept: [['nobody has to be anybody', contract({}, {}, { security: [] })]],
  },
  {
    rule: 'contract/undocumented-refusal',
    broken: [
      [
        'one operation',
        contract({ '/a': { get: get('a', { responses: { 200: json({ type: 'string' }) } }) } }),
        ['missing /paths/~1a/get/responses'],
      ],
      [
        'all of them',
        contract({
          '/first': { get: get('first', { responses: { 200: json({ type: 'string' }) } }) },
          '/a': { get: get('a', { responses: { 200: json({ type: 'string' }) } }) },
        }),
        ['none /paths'],
      ],
    ],
    kept: [
      [
        '4XX',
        contract({ '/a': { get: get('a', { responses: { 200: json({}), '4XX': { description: 'no' } } }) } }),
      ],
      [
        'an open way in',
        contract({
          '/a': { get: get('a', { security: [{ token: [] }, {}], responses: { 200: json({}) } }) },
        }),
      ],
    ],
  },
  {
    rule: 'contract/no-success-response',
    broken: [
      [
        'errors only',
        contract({ '/a': { get: get('a', { responses: { ...REFUSED } }) } }),
        ['no-success /paths/~1a/get/responses'],
      ],
    ],
    kept: [
      [
        'a redirect',
        contract({ '/a': { get: get('a', { responses: { 302: { description: 'there' }, ...REFUSED } }) } }),
      ],
      ['a default', contract({ '/a': { get: get('a', { responses: { default: json({}) } }) } })],
    ],
  },
  {
    rule: 'contract/success-without-schema',
    broken: [
      [
        'JSON of any form',
        contract({
          '/a': {
            post: get('a', {
              responses: { 201: { description: 'ok', content: { 'application/json': {} } }, ...REFUSED },
            }),
          },
        }),
        ['no-schema /paths/~1a/post/responses/201/content/application~1json'],
      ],
      [
        'a GET that brings nobody knows what',
        contract({ '/a': { get: get('a', { responses: { 200: { description: 'ok' }, ...REFUSED } }) } }),
        ['no-body /paths/~1a/get/responses/200'],
      ],
    ],
    kept: [
      [
        'a picture',
        contract({
          '/a': {
            get: get('a', {
              responses: { 200: { description: 'ok', content: { 'image/png': {} } }, ...REFUSED },
            }),
          },
        }),
      ],
      [
        'nothing, by 204',
        contract({ '/a': { get: get('a', { responses: { 204: { description: 'ok' }, ...REFUSED } }) } }),
      ],
    ],
  },
  {
    rule: 'contract/read-with-body',
    broken: [
      [
        'a GET with a body',
        contract({
          '/a': { get: get('a', { requestBody: { content: { 'application/json': { schema: {} } } } }) },
        }),
        ['body /paths/~1a/get/requestBody'],
      ],
      [
        'the same in Swagger 2.0',
        swagger({ parameters: [{ name: 'a', in: 'body', schema: { type: 'string' } }] }),
        ['body /paths/~1first/get/parameters/0'],
      ],
    ],
    kept: [
      [
        'a DELETE with one',
        contract({
          '/a': { delete: get('a', { requestBody: { content: { 'application/json': { schema: {} } } } }) },
        }),
      ],
    ],
  },
  {
    rule: 'contract/endless-schema',
    broken: [
      [
        'a part of itself',
        schema({ allOf: [{ $ref: '#/components/schemas/A' }, { type: 'object' }] }),
        ['includes-itself /components/schemas/A'],
      ],
      [
        'a member that has to have one of its own',
        schema({
          type: 'object',
          required: ['next'],
          properties: { next: { $ref: '#/components/schemas/A' } },
        }),
        ['requires-itself /components/schemas/A'],
      ],
      [
        'two that require each other, one of them by a list',
        contract(
          {},
          {
            A: { type: 'object', required: ['b'], properties: { b: { $ref: '#/components/schemas/B' } } },
            B: { type: 'array', minItems: 1, items: { oneOf: [{ $ref: '#/components/schemas/A' }] } },
          },
        ),
        ['requires-itself /components/schemas/A'],
      ],
    ],
    kept: [
      [
        'a tree',
        schema({
          type: 'object',
          required: ['children'],
          properties: { children: { type: 'array', items: { $ref: '#/components/schemas/A' } } },
        }),
      ],
      [
        'a list whose last has null',
        schema({
          type: 'object',
          required: ['next'],
          properties: { next: { nullable: true, allOf: [{ $ref: '#/components/schemas/A' }] } },
        }),
      ],
      [
        'an alternative that ends',
        schema({
          oneOf: [
            { type: 'string' },
            { type: 'array', minItems: 1, items: { $ref: '#/components/schemas/A' } },
          ],
        }),
      ],
    ],
  },
  {
    rule: 'contract/enum-breaks-type',
    broken: [
      [
        'a number among texts',
        schema({ type: 'string', enum: ['a', 1] }),
        ['type /components/schemas/A/enum/1'],
      ],
      [
        'texts of a parameter of Swagger 2.0',
        swagger({ parameters: [{ name: 'n', in: 'query', type: 'integer', enum: ['1'] }] }),
        ['type /paths/~1first/get/parameters/0/enum/0'],
      ],
    ],
    kept: [
      ['null where it may be', schema({ type: 'string', nullable: true, enum: ['a', null] })],
      [
        'a property that is called “enum”',
        schema({ type: 'object', properties: { enum: { type: 'string' } } }),
      ],
    ],
  },
  {
    rule: 'contract/invalid-pattern',
    broken: [
      [
        'a group that does not end',
        schema({ type: 'string', pattern: '^(a' }),
        ['invalid /components/schemas/A/pattern'],
      ],
    ],
    kept: [
      ['an escape that only the flag forbids', schema({ type: 'string', pattern: '^[\\w\\-]+\\_$' })],
      ['a property of letters, which needs the flag', schema({ type: 'string', pattern: '^\\p{Lu}+$' })],
    ],
  },
  {
    rule: 'contract/unknown-required',
    broken: [
      [
        'a misspelled name',
        schema({ type: 'object', required: ['nane'], properties: { name: { type: 'string' } } }),
        ['unknown /components/schemas/A/required/0'],
      ],
    ],
    kept: [
      [
        'a name of another part',
        contract(
          {},
          {
            Base: { type: 'object', properties: { id: { type: 'string' } } },
            A: {
              allOf: [
                { $ref: '#/components/schemas/Base' },
                { type: 'object', required: ['id', 'name'], properties: { name: { type: 'string' } } },
              ],
            },
          },
        ),
      ],
      [
        'other members may come',
        schema({
          type: 'object',
          required: ['b'],
          properties: { a: {} },
          additionalProperties: { type: 'string' },
        }),
      ],
    ],
  },
  {
    rule: 'contract/unknown-format',
    broken: [
      [
        'a misspelled one, used twice',
        contract(
          {},
          { A: { type: 'string', format: 'datetime' }, B: { type: 'string', format: 'datetime' } },
        ),
        ['unknown /components/schemas/A/format'],
      ],
    ],
    kept: [['one of the registry', schema({ type: 'integer', format: 'uint32' })]],
  },
  {
    rule: 'contract/default-breaks-schema',
    broken: [
      ['another type', schema({ type: 'boolean', default: 'true' }), ['type /components/schemas/A/default']],
      [
        'no value of the enum',
        schema({ type: 'string', enum: ['a'], default: 'b' }),
        ['enum /components/schemas/A/default'],
      ],
    ],
    kept: [['a whole number', schema({ type: 'integer', default: 1.0 })]],
  },
  {
    rule: 'contract/example-breaks-schema',
    broken: [
      ['another type', schema({ type: 'string', example: 1 }), ['type /components/schemas/A/example']],
    ],
    kept: [
      ['members in another order', schema({ enum: [{ a: 1, b: 2 }], example: { b: 2, a: 1 } })],
      [
        'a property that is called “example”',
        schema({ type: 'object', properties: { example: { type: 'string' } } }),
      ],
    ],
  },
  {
    rule: 'contract/server-without-host',
    broken: [
      ['none', contract({}, {}, { servers: [] }), ['no-server ']],
      ['a path', contract({}, {}, { servers: [{ url: '/v1' }] }), ['relative /servers/0/url']],
      ['no host in Swagger 2.0', without('host', swagger({})), ['no-host ']],
    ],
    kept: [['the scheme left open', contract({}, {}, { servers: [{ url: '//api.example.com' }] })]],
  },
  {
    rule: 'contract/safe-mark',
    broken: [
      [
        'a DELETE',
        contract({ '/a': { delete: get('a', { 'x-safe': true }) } }),
        ['not-believed /paths/~1a/delete/x-safe'],
      ],
      [
        'a word',
        contract({ '/a': { post: get('a', { 'x-safe': 'yes' }) } }),
        ['no-boolean /paths/~1a/post/x-safe'],
      ],
    ],
    kept: [
      ['a search by POST', contract({ '/a': { post: get('a', { 'x-safe': true }) } })],
      ['a GET that is not safe', contract({ '/a': { get: get('a', { 'x-safe': false }) } })],
    ],
  },
];

test('the contract that the cases start from keeps every rule, in both forms', async () => {
  expect(await judged(contract())).toEqual([]);
  expect(await judged(swagger({}))).toEqual([]);
});

test('there is a case for every rule, and a section for every rule in the documentation', async () => {
  const ids = CONTRACT_RULES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(CASES.map(({ rule }) => rule)).toEqual(ids);
  const documentation = await readFile(join(PACKAGE_ROOT, 'docs/contract-rules.md'), 'utf8');
  for (const { id, promise, severity, source } of CONTRACT_RULES) {
    expect(promise, id).toMatch(/^[A-Z“].*[^.]\.$/);
    expect(source.url, id).toMatch(/^https:\/\/spec\.openapis\.org\/.+#.+/);
    const row = documentation.split('\n').find((line) => line.startsWith(`| \`${id}\``));
    expect(row, id).toContain(`| ${severity} `);
    expect(row?.replaceAll(/\s+/g, ' '), id).toContain(promise.replaceAll('|', '\\|'));
    expect(row, id).toContain(source.url);
  }
});

describe.each(CASES)('$rule', ({ rule, broken, kept }) => {
  test.each(broken)('finds %s, with its place', async (_, document, found) => {
    const own = (await judged(document)).filter((finding) => finding.rule === rule);
    expect(own.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual(found);
    for (const { message, place, facts } of own) {
      expect(message).toMatch(/[^.]$/);
      expect(isObject(facts)).toBe(true);
      expect(place.line).toBeGreaterThan(0);
      expect(place.column).toBeGreaterThan(0);
    }
  });

  if (kept.length > 0) {
    test.each(kept)('takes %s', async (_, document) => {
      expect((await judged(document)).filter((finding) => finding.rule === rule)).toEqual([]);
    });
  }
});
