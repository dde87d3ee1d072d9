import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.js';
import { unfoldAliases, unfoldsTooFar } from './aliases.js';
import { loadContract } from './load.js';

async function load(text: string) {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'swagger.yaml');
  await writeFile(file, text);
  return await loadContract(file);
}

/** Errors that several operations share, a parameter, and a schema: each by an alias or a merge key. */
const SHARED = `
swagger: '2.0'
info: { title: Zones, version: '1' }
basePath: /api
produces: [application/json]
paths:
  /servers/{server}/zones:
    get:
      operationId: listZones
      parameters: [&server { name: server, in: path, required: true, type: string }]
      responses:
        '200': { description: zones, schema: { type: array, items: { $ref: '#/definitions/Zone' } } }
        <<: &errors
          '400': &refused { description: not valid, schema: &error { type: object, properties: { error: { type: string } } } }
          '500': *refused
    post:
      operationId: createZone
      parameters:
        - *server
        - { name: zone, in: body, required: true, schema: { $ref: '#/definitions/Zone' } }
      responses:
        '201': { description: made, schema: { $ref: '#/definitions/Zone' } }
        <<: *errors
  /error:
    get: &failing
      responses: *errors
    delete: *failing
definitions:
  Error: *error
  Zone: &zone { type: object, required: [name], properties: { name: { type: string } } }
  Signed: { <<: *zone, description: a zone with a key }
`;

test('a Swagger file whose parameters, responses and schemas are shared by alias is loaded', async () => {
  const { operations, document, repairs } = await load(SHARED);
  const [list, create] = operations;
  expect(list?.parameters.map(({ name }) => name)).toEqual(['server']);
  expect(create?.parameters.map(({ name }) => name)).toEqual(['server']);
  expect(Object.keys(create?.responses ?? {})).toEqual(['201', '400', '500']);
  expect(create?.responses['500']?.content['application/json']?.schema).toMatchObject({ type: 'object' });
  expect(document['components']).toMatchObject({
    schemas: {
      Error: { type: 'object' },
      Signed: { required: ['name'], description: 'a zone with a key' },
    },
  });
  // Two operations that are one value in the file are two operations.
  expect(operations.slice(2).map(({ operationId }) => operationId)).toEqual(['getError', 'deleteError']);
  expect(repairs.map(({ kind, place }) => [kind, place.line])).toEqual([
    ['operation-id', 25],
    ['operation-id', 27],
  ]);
});

test('every place gets a value of its own, also within what is shared', () => {
  const inner = { n: 1 };
  const outer = { a: inner, b: inner };
  const document = { first: outer, second: outer, list: [inner, inner] };
  const before = structuredClone(document);
  unfoldAliases(document);
  expect(document).toEqual(before);
  const places = [
    ...[document.first, document.second].flatMap((one) => [one, one.a, one.b]),
    ...document.list,
  ];
  expect(new Set(places).size).toBe(8);
});

test('what unfolds too far is distinguished from what is only shared', () => {
  let bomb: unknown[] = ['x'];
  for (let level = 0; level < 30; level++) bomb = [bomb, bomb];
  const circle: unknown[] = [];
  circle.push(circle);
  const shared = { n: 1 };
  expect(unfoldsTooFar(bomb)).toBe(true);
  expect(unfoldsTooFar(circle)).toBe(true);
  expect(unfoldsTooFar(Array(1000).fill(shared))).toBe(false);
  // Values that are in the file are as many as they are.
  expect(unfoldsTooFar(Array.from({ length: 600_000 }, () => 1))).toBe(false);
});
