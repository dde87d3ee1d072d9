import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatPlace, Problem } from '../problem.js';
import { temporaryFolder } from '../testing/conform.js';
import { loadContract } from './load.js';

/** Loads a contract from a folder of its own that holds these files; the first is the contract. */
async function load(files: Record<string, string>) {
  await using folder = await temporaryFolder();
  const [root = ''] = Object.keys(files);
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder.path, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return await loadContract(join(folder.path, root));
}

async function problemOf(files: Record<string, string>): Promise<Problem> {
  try {
    await load(files);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('it was loaded');
}

const openapi = (paths: string, rest = '', version = '3.0.3') =>
  `openapi: ${version}\ninfo: { title: T, version: '1' }\npaths:\n${paths}\n${rest}`;
const GET_THINGS = `  /things:
    get:
      responses: { '200': { description: ok } }`;

test('a path may hold what is no encoding', async () => {
  const { operations, repairs } = await load({
    'openapi.yaml': openapi(`  /first:
    get: { responses: { '200': { description: ok } } }
  /half%zz%20:
    get: { responses: { '200': { description: ok } } }`),
  });
  expect(operations.map(({ path }) => path)).toEqual(['/first', '/half%zz%20']);
  expect(repairs.map(({ place }) => place.line)).toEqual([5, 7]);
});

describe('the dialects that vendors publish', () => {
  test('Swagger 2.0', async () => {
    const contract = await load({
      'swagger.yaml': `
swagger: 2.0
info: { title: Old, version: 1 }
host: api.example.com
basePath: /api
consumes: [application/json]
produces: [application/json]
paths:
  /things/{id}:
    put:
      parameters:
        - { name: id, in: path, required: true, type: integer }
        - { name: body, in: body, schema: { $ref: '#/definitions/Thing' } }
      responses: { 200: { description: ok, schema: { $ref: '#/definitions/Thing' } } }
definitions:
  Thing: { type: object, required: [id], properties: { id: { type: integer } } }
`,
    });
    const [operation] = contract.operations;
    expect(operation?.id).toBe('PUT /api/things/{id}');
    expect(operation?.parameters[0]?.schema).toMatchObject({ type: 'integer' });
    expect(operation?.body?.content['application/json']?.schema).toBeDefined();
    expect(operation?.responses['200']?.content['application/json']?.schema).toBeDefined();
  });

  test('OpenAPI 3.1, with types as arrays', async () => {
    const contract = await load({
      'openapi.yaml': openapi(
        `  /a:
    get:
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: { type: [string, 'null'] }
              example: null`,
        '',
        '3.1.0',
      ),
    });
    expect(contract.dialect).toBe('3.1');
    expect(contract.repairs).toMatchObject([{ kind: 'operation-id' }]);
  });

  test('JSON', async () => {
    const contract = await load({
      'openapi.json': JSON.stringify({
        openapi: '3.0.1',
        info: { title: 'J', version: '1' },
        paths: { '/a': { get: { operationId: 'a', responses: { 200: { description: 'ok' } } } } },
      }),
    });
    expect(contract.operations.map(({ operationId }) => operationId)).toEqual(['a']);
    expect(contract.repairs).toEqual([]);
  });

  test('schemas that refer to themselves', async () => {
    const contract = await load({
      'openapi.yaml': openapi(
        `  /tree:
    get:
      operationId: tree
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Node' }
              example: { name: a, children: [{ name: b, children: [] }] }`,
        `components:
  schemas:
    Node:
      type: object
      required: [name]
      properties:
        name: { type: string }
        children: { type: array, items: { $ref: '#/components/schemas/Node' } }`,
      ),
    });
    expect(contract.repairs).toEqual([]);
  });
});

describe('what is repaired, and reported with its place', () => {
  test('a file that is referenced and not there', async () => {
    const { repairs, operations } = await load({
      'openapi.yaml': openapi(`  /a:
    get:
      operationId: a
      responses:
        '200':
          description: ok
          content: { application/json: { schema: { $ref: 'models/A.yaml#/A' } } }`),
    });
    expect(operations).toHaveLength(1);
    expect(repairs).toHaveLength(1);
    expect(repairs[0]?.what).toContain('models/A.yaml');
    expect(repairs[0]?.place.line).toBe(10);
    expect(repairs[0]?.assumed).not.toBe('');
  });

  test('missing and repeated operationIds', async () => {
    const { repairs, operations } = await load({
      'openapi.yaml': openapi(`${GET_THINGS}
    post:
      operationId: same
      responses: { '201': { description: ok } }
  /others:
    get:
      operationId: same
      responses: { '200': { description: ok } }`),
    });
    const names = operations.map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(3);
    expect(repairs.map(({ kind }) => kind)).toEqual(['operation-id', 'operation-id']);
  });

  test('undeclared path parameters, unknown formats, missing types, broken examples', async () => {
    const { repairs } = await load({
      'openapi.yaml': openapi(`  /a/{id}:
    get:
      operationId: a
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: { properties: { n: { type: integer, format: quark } } }
              example: { n: many }`),
    });
    expect(repairs.map(({ kind }) => kind).sort()).toEqual([
      'broken-example',
      'missing-type',
      'path-parameter',
      'unknown-format',
    ]);
    for (const { place } of repairs) expect(place.line).toBeGreaterThan(3);
  });
});

describe('what cannot be lived with', () => {
  test.each([
    ['YAML that does not parse', { 'a.yaml': 'openapi: 3.0.3\npaths: {\n' }, 'does not parse'],
    ['something else', { 'a.yaml': 'hello: world' }, 'neither a member “openapi” nor “swagger”'],
    ['a reference', { 'a.yaml': 'openapi: 3.1.0\n$ref: other.yaml' }, 'it is a reference to “other.yaml”'],
    ['no operations', { 'a.yaml': openapi('  {}') }, 'no operations'],
  ])('%s', async (_, files: Record<string, string>, message) => {
    const problem = await problemOf(files);
    expect(problem.message).toContain(message);
    expect(problem.exitCode).toBe(2);
    expect(problem.place?.file).toBeDefined();
    expect(problem.remedy).toBeDefined();
  });

  test('a file that is not there', async () => {
    await expect(loadContract('nowhere/swagger.yaml')).rejects.toThrow('there is no such contract');
  });
});

describe('a contract comes from outside', () => {
  test('reads nothing outside its own folder, also not by a link, and fetches nothing', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'secret.yaml'), 'Secret: { type: string, example: classified }');
    const inside = join(folder.path, 'spec');
    await mkdir(inside);
    await symlink(join(folder.path, 'secret.yaml'), join(inside, 'link.yaml'));
    const schema = (reference: string) =>
      `{ '200': { description: ok, content: { application/json: { schema: { $ref: '${reference}' } } } } }`;
    await writeFile(
      join(inside, 'openapi.yaml'),
      openapi(
        ['../secret.yaml#/Secret', 'link.yaml#/Secret', 'http://127.0.0.1:9/x.yaml#/X']
          .map(
            (reference, index) =>
              `  /${index}:\n    get:\n      operationId: o${index}\n      responses: ${schema(reference)}`,
          )
          .join('\n'),
      ),
    );
    const contract = await loadContract(join(inside, 'openapi.yaml'));
    expect(JSON.stringify(contract.document)).not.toContain('classified');
    expect(contract.repairs).toHaveLength(3);
    expect(contract.repairs.map(({ what }) => what).join('\n')).toContain(
      'nothing is fetched from a network',
    );
  });

  test('refuses aliases that unfold without end', async () => {
    const levels = Array.from({ length: 12 }, (_, index) => {
      const members =
        index === 0
          ? 'x, x, x, x, x, x, x, x, x, x'
          : Array<string>(10)
              .fill(`*l${index - 1}`)
              .join(', ');
      return `x-l${index}: &l${index} [${members}]`;
    });
    const problem = await problemOf({ 'a.yaml': openapi(GET_THINGS, levels.join('\n')) });
    expect(problem.message).toContain('unfolds into more than');
  });
});

describe('data is no description', () => {
  test('an example may hold what looks like a reference or a schema, and stays as it is', async () => {
    const { repairs, document } = await load({
      'openapi.yaml': openapi(
        `  /a:
    get:
      operationId: a
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: { $ref: '#/components/schemas/A' }
              example: { $ref: '#/nowhere', schema: { properties: { a: {} }, format: quark } }
              x-note: { $ref: 'missing.yaml' }`,
        `components:
  schemas:
    A:
      type: object
      properties: { $ref: { type: string }, properties: { type: object }, type: { type: string } }
      default: { $ref: 'gone.yaml#/A' }`,
      ),
    });
    expect(repairs).toEqual([]);
    expect(JSON.stringify(document)).toContain('"example":{"$ref":"#/nowhere"');
    expect(JSON.stringify(document)).toContain('"default":{"$ref":"gone.yaml#/A"');
  });
});

test('in a contract on one line, a place is a column and a pointer', async () => {
  const contract = {
    openapi: '3.0.3',
    info: { title: 'One line', version: '1' },
    paths: { '/a': { get: { responses: { 200: { description: 'ok' } } } } },
  };
  const text = JSON.stringify(contract);
  const { repairs } = await load({ 'openapi.json': text });
  const places = repairs.map(({ place }) => formatPlace(place).replace(/.*openapi/, 'openapi'));
  expect(places).toEqual([`openapi.json:1:${text.indexOf('"get"') + 1} #/paths/~1a/get`]);
  const { repairs: same } = await load({ 'openapi.json': JSON.stringify(contract, null, 2) });
  expect(same.map(({ place }) => formatPlace(place))).toEqual([expect.stringMatching(/openapi\.json:9$/)]);
});
