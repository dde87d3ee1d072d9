import { expect, test } from 'vitest';
import type { Json } from '../json.js';
import { shapeText } from './shape-text.js';

test.each<[what: string, shape: Json, lines: string[]]>([
  ['no JSON', 'html 99', ['html 99']],
  [
    'an object',
    { id: 'integer', name: { 'given?': 'string 3..12' } },
    ['id: integer', 'name:', '  given?: string 3..12'],
  ],
  ['a list of objects', ['×2', { id: 'integer' }], ['×2', '  id: integer']],
  [
    'lists in members',
    { total: 'integer', entry: ['×2', { tags: ['×1', 'string 4'], none: ['×0'] }] },
    ['total: integer', 'entry: ×2', '  tags: ×1 string 4', '  none: ×0'],
  ],
  ['a list of lists', { rows: ['×2', ['×3', { id: 'integer' }]] }, ['rows: ×2 ×3', '    id: integer']],
  ['an object without members', { meta: {} }, ['meta: object']],
])('the shape of %s', (_, shape, lines) => {
  expect(shapeText(shape).split('\n')).toEqual(lines);
});
