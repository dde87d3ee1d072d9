import { expect, test } from 'vitest';
import { withoutReadOnly } from './strip.js';

test('an example is sent without the members that only come in answers, wherever they are described', () => {
  const Base = { properties: { id: { readOnly: true } } };
  const Made = { type: 'string', readOnly: true };
  const document = { components: { schemas: { Base, Made } } };
  const schema = {
    allOf: [{ $ref: '#/components/schemas/Base' }],
    properties: {
      made: { $ref: '#/components/schemas/Made' },
      list: { items: { $ref: '#/components/schemas/Base' } },
      name: { type: 'string' },
    },
  };
  const value = { id: 1, made: 'x', name: 'y', other: 2, list: [{ id: 1, a: 2 }] };
  expect(withoutReadOnly(document, schema, value)).toEqual({ name: 'y', other: 2, list: [{ a: 2 }] });
});
