import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.js';
import { bringIn } from './bring-in.js';
import { parseYamlText } from './parse.js';
import { isSelfContained } from './self-contained.js';
import { isObject, type JsonObject } from '../json.js';

/** A contract of one read, with what its answer is and further schemas. */
function contractOf(schema: unknown, schemas: JsonObject = {}, version: unknown = '3.0.3'): string {
  return JSON.stringify({
    openapi: version,
    info: { title: 'Boats', version: '1' },
    paths: {
      '/boats': {
        get: { responses: { 200: { description: 'ok', content: { 'application/json': { schema } } } } },
      },
    },
    components: { schemas: { Boat: { type: 'object' }, ...schemas } },
  });
}

function documentOf(text: string): JsonObject {
  const document = parseYamlText(text);
  if (!isObject(document)) throw new Error('no document');
  return document;
}

const BOAT = { $ref: '#/components/schemas/Boat' };

test.each<[what: string, text: string]>([
  ['no reference', contractOf({ type: 'string' })],
  ['a reference to a schema', contractOf(BOAT)],
  ['references in circles', contractOf(BOAT, { Boat: { properties: { next: BOAT } } })],
  ['a property that is called like a reference', contractOf({ properties: { $ref: { type: 'string' } } })],
])('a document with %s is whole, and the bundler has nothing to do in it', async (_, text) => {
  const document = documentOf(text);
  expect(isSelfContained(document)).toBe(true);

  await using folder = await temporaryFolder();
  const path = join(folder.path, 'openapi.json');
  await writeFile(path, text);
  const root = { file: path, path, body: text, document, locate: () => ({ file: path }) };
  expect(await bringIn(root)).toEqual([]);
  expect(document).toEqual(documentOf(text));
});

/** Schemas each of which refers to the one that is so called. */
function schemasOf(count: number, next: (index: number) => number): JsonObject {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index): [string, JsonObject] => [
      `Boat${index}`,
      { properties: { next: { $ref: `#/components/schemas/Boat${next(index)}` } } },
    ]),
  );
}

test.each<[what: string, schemas: JsonObject]>([
  ['in rows', schemasOf(2_000, (index) => index - (index % 10 === 0 ? 0 : 1))],
  ['in circles', schemasOf(2_000, (index) => (index % 10 === 9 ? index - 9 : index + 1))],
  ['in one circle', schemasOf(5_000, (index) => (index + 1) % 5_000)],
  ['in one chain', schemasOf(5_000, (index) => Math.min(index + 1, 4_999))],
])('a document with many references is whole: %s', (_, schemas) => {
  expect(isSelfContained(documentOf(contractOf(BOAT, schemas)))).toBe(true);
});

test.each<[what: string, text: string]>([
  ['a reference to another file', contractOf({ $ref: 'boat.yaml' })],
  ['a reference into another file', contractOf({ $ref: 'boats.yaml#/Boat' })],
  ['a reference to an address', contractOf({ $ref: 'https://api.example/boat.json' })],
  ['a reference that leads nowhere', contractOf({ $ref: '#/components/schemas/Oar' })],
  ['a reference that is no pointer', contractOf({ $ref: '#Boat' })],
  ['a reference in an example', contractOf({ type: 'object', example: BOAT })],
  ['a reference in the place of a text', contractOf({ type: 'object', description: BOAT })],
  [
    'a discriminator that names schemas',
    contractOf({ oneOf: [BOAT], discriminator: { propertyName: 'kind', mapping: { boat: 'Boat' } } }),
  ],
  ['an example in another file', contractOf({ type: 'object', 'x-e': { externalValue: 'boat.json' } })],
  ['a version that is not known', contractOf(BOAT, {}, '4.0.0')],
  ['a version that is no text', contractOf(BOAT, {}, 3)],
])('a document with %s is left to the bundler', (_, text) => {
  expect(isSelfContained(documentOf(text))).toBe(false);
});
