import { expect, test } from 'vitest';
import { removeStrayReferences } from './stray-references.js';

test.each([
  '/etc/passwd',
  '../other.yaml#/x',
  'file:///etc/passwd',
  'http://host.invalid/x',
  '',
  '#/nowhere',
  'other.yaml',
])('a reference to %s is taken out wherever it is', (elsewhere) => {
  const document = {
    paths: { '/things': { get: { parameters: [{ schema: { type: { $ref: elsewhere, a: 1 } } }] } } },
    components: { examples: { One: { externalValue: elsewhere }, Two: { value: { $ref: elsewhere } } } },
    discriminator: { propertyName: 'kind', mapping: elsewhere === '' ? {} : { a: elsewhere } },
  };
  removeStrayReferences(document);
  expect(document).toEqual({
    paths: { '/things': { get: { parameters: [{ schema: { type: { a: 1 } } }] } } },
    components: { examples: { One: {}, Two: { value: {} } } },
    discriminator: { propertyName: 'kind', mapping: {} },
  });
});

test('a discriminator keeps the names of components, and references to places of the document', () => {
  const mapping = { a: 'Cat', b: '#/components/schemas/Cat', c: 'animals.Dog', d: 7 };
  const document = {
    discriminator: { propertyName: 'kind', mapping: { ...mapping, e: 'animals.Bird' } },
    data: { mapping: { a: 'http://host.invalid/x' } },
    components: { schemas: { Cat: {}, 'animals.Dog': {} } },
  };
  removeStrayReferences(document);
  expect(document).toEqual({ ...document, discriminator: { propertyName: 'kind', mapping } });
});

test('references to places of the document stay, and so do members that are only called like one', () => {
  const document = { a: { $ref: '#/b' }, b: { $ref: { type: 'string' } } };
  removeStrayReferences(document);
  expect(document).toEqual({ a: { $ref: '#/b' }, b: { $ref: { type: 'string' } } });
});
