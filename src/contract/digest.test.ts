import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/conform.js';
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
