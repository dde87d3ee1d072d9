import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Json } from '../json.js';
import { temporaryFolder } from '../testing/conform.js';
import { growthOf, startCounting } from '../testing/counted-work.js';
import { readContent } from './content.js';
import { createDigests } from './digest.js';
import { loadContract } from './load.js';

const SHOP = `
openapi: 3.0.3
info: { title: Shop, version: '7' }
paths:
  /items:
    get:
      summary: List items
      responses:
        '200':
          description: ok
          content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Item' } } } }
  /shops:
    get:
      responses:
        '200': { description: ok }
components:
  schemas:
    Item:
      type: object
      properties:
        description: { type: string }
        maker: { $ref: '#/components/schemas/Maker' }
    Maker:
      type: object
      properties:
        name: { type: string }
        makes: { type: array, items: { $ref: '#/components/schemas/Item' } }
`;

async function digestsOf(text: string): Promise<string[]> {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'openapi.yaml');
  await writeFile(file, text);
  const contract = await loadContract(file);
  return contract.operations.map(createDigests(contract));
}

test('a schema two references away changes the operation that reaches it, and no other', async () => {
  const [items, shops] = await digestsOf(SHOP);
  const [newItems, newShops] = await digestsOf(
    SHOP.replace('name: { type: string }', 'name: { type: integer }'),
  );
  expect(newItems).not.toBe(items);
  expect(newShops).toBe(shops);
});

test('prose changes nothing, a property of the name “description” does', async () => {
  const before = await digestsOf(SHOP);
  expect(await digestsOf(SHOP.replace('List items', 'All of them'))).toEqual(before);
  expect(
    await digestsOf(SHOP.replace('description: { type: string }', 'description: { type: integer }')),
  ).not.toEqual(before);
});

describe('where schemas lead to one another in a ring, and one of them out of it', () => {
  const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  /** An operation for each schema, with the digests by the names of the schemas. The ring leads to `Leaf`. */
  const digestsOfRing = (size: number, { first = 'string', leaf = 'string' } = {}): Map<string, string> => {
    const own = (index: number) => (index === 0 ? { type: first } : reference('Leaf'));
    const ring = Array.from({ length: size }, (_, index): [string, Json] => [
      `S${index}`,
      { properties: { next: reference(`S${(index + 1) % size}`), own: own(index) } },
    ]);
    const schemas = new Map<string, Json>([...ring, ['Leaf', { type: leaf }]]);
    const document = { components: { schemas: Object.fromEntries(schemas) } };
    const digest = createDigests({ document });
    const digestFor = (name: string) => {
      const content = readContent(document, { 'application/json': { schema: reference(name) } }, '');
      return digest({
        ...{ id: `GET /${name}`, secured: true, deprecated: false, parameters: [], body: undefined },
        responses: { '200': { description: 'it', headers: [], content } },
      });
    };
    return new Map([...schemas.keys()].map((name) => [name, digestFor(name)]));
  };

  test.each([10, 1000])('of %i, a change of one changes all that reach it', (size) => {
    const before = digestsOfRing(size);
    expect(digestsOfRing(size)).toEqual(before);
    expect(new Set(before.values()).size).toBe(size + 1);
    const same = (changed: Map<string, string>) =>
      [...changed.keys()].filter((name) => changed.get(name) === before.get(name));
    expect(same(digestsOfRing(size, { first: 'integer' }))).toEqual(['Leaf']);
    expect(same(digestsOfRing(size, { leaf: 'integer' }))).toEqual([]);
  });

  test('twice the operations are twice the work', async () => {
    using counter = await startCounting(new URL('digest.ts', import.meta.url).href);
    const count = (size: number) => counter.count(() => digestsOfRing(size));
    expect(growthOf([await count(500), await count(1000), await count(2000)])).toBeLessThan(2.05);
  });
});
