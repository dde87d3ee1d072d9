import { expect, test } from 'vitest';
import type { Json } from '../../json.js';
import { componentsIn } from './components.js';
import { createValidator } from './validator.js';

test('a schema is known by the component that it is in', () => {
  const id = { type: 'integer' };
  const thing = { type: 'object', properties: { id } };
  const own = { type: 'object' };
  const componentOf = componentsIn({ components: { schemas: { 'a/b': thing } }, paths: { '/a': { own } } });
  expect([thing, id].map(componentOf)).toEqual(Array(2).fill('#/components/schemas/a~1b'));
  expect([own, { ...id }, undefined, true].map(componentOf)).toEqual(Array(4).fill(undefined));
});

test('a contract without components has none', () => {
  expect(componentsIn({})({})).toBeUndefined();
});

test('a violation names the component that says so, wherever it is referred to', () => {
  const ref = { $ref: '#/components/schemas/Thing' };
  const validator = createValidator(
    {
      openapi: '3.0.3',
      paths: {},
      components: {
        schemas: {
          Thing: { type: 'object', required: ['id'] },
          Things: { type: 'array', items: ref },
          Both: { allOf: [ref, { type: 'object', required: ['name'] }] },
        },
      },
    },
    '3.0',
    'answer',
  );
  const componentsOf = (name: string, value: Json) => {
    const checked = validator.check(`/components/schemas/${name}`, value);
    return checked.kind === 'checked' ? checked.violations.map(({ component }) => component) : [];
  };
  const THING = '#/components/schemas/Thing';
  expect(componentsOf('Thing', {})).toEqual([THING]);
  expect(componentsOf('Things', [{}])).toEqual([THING]);
  expect(componentsOf('Both', {})).toEqual([THING, '#/components/schemas/Both']);
});
