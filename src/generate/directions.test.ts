import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { JsonObject } from '../json.js';
import { separateDirections } from './directions.js';

const DOCUMENT = `
paths:
  /pets:
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
      responses: { 200: { content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } } } }
  /plain:
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Plain' } } } }
      responses: { 200: { description: ok } }
components:
  schemas:
    Plain: { type: object, properties: { readOnly: { type: boolean } } }
    Id: { type: string, readOnly: true }
    Owner: { type: object, required: [id], properties: { id: { $ref: '#/components/schemas/Id' }, pets: { type: array, items: { $ref: '#/components/schemas/Pet' } } } }
    Pet:
      type: object
      required: [id, name, secret]
      properties:
        id: { type: string, readOnly: true }
        name: { type: string }
        secret: { type: string, writeOnly: true }
        owner: { $ref: '#/components/schemas/Owner' }
    Any: { oneOf: [{ $ref: '#/components/schemas/Pet' }], discriminator: { propertyName: name } }
`;

test('requests have no member that only comes, answers none that is only sent; what has neither is the same', () => {
  const document = parse(DOCUMENT) as JsonObject;
  separateDirections(document);
  const text = JSON.stringify(document['paths']);
  expect(text).toContain(
    '"requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/PetRequest"}}}}',
  );
  expect(text).toContain('"items":{"$ref":"#/components/schemas/PetResponse"}');
  expect(text).toContain('#/components/schemas/Plain"');
  expect(document['components']).toMatchObject({
    schemas: {
      PetRequest: {
        required: ['name', 'secret'],
        properties: { name: {}, secret: {}, owner: { $ref: '#/components/schemas/OwnerRequest' } },
      },
      PetResponse: {
        required: ['id', 'name'],
        properties: { owner: { $ref: '#/components/schemas/OwnerResponse' } },
      },
      OwnerRequest: {
        required: [],
        properties: { pets: { items: { $ref: '#/components/schemas/PetRequest' } } },
      },
      Pet: { required: ['id', 'name', 'secret'] },
    },
  });
  expect(JSON.stringify(document)).not.toMatch(/"PetRequest":\{[^}]*"id":/);
});

test('what a copy is called is no value of a discriminator', () => {
  const document = parse(
    DOCUMENT.replaceAll(
      "schema: { $ref: '#/components/schemas/Pet' } } } }\n      responses",
      "schema: { $ref: '#/components/schemas/Any' } } } }\n      responses",
    ),
  ) as JsonObject;
  separateDirections(document);
  expect(document['components']).toMatchObject({
    schemas: { AnyRequest: { discriminator: { mapping: { Pet: '#/components/schemas/PetRequest' } } } },
  });
});
