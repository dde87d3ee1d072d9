import { describe, expect, test } from 'vitest';
import type { Json } from '../json.js';
import { compareShapes, describeDifference } from './compare-shapes.js';
import { shapeOf } from './shape.js';

const shape = (value: Json) => shapeOf(value, () => true);
const changes = (base: Json, head: Json) =>
  compareShapes(shape(base), shape(head)).map(({ path, what, from, to }) => [path, what, from, to]);

describe('no change of the shape is', () => {
  test.each<[what: string, base: Json, head: Json]>([
    ['that nothing has changed', { id: 1, names: ['a'] }, { id: 1, names: ['a'] }],
    ['how long a text is', 'a', 'abc'],
    ['how long a list is', [1], [1, 2, 3]],
    ['that a list is empty now', [{ id: 1 }], []],
    ['that a list was empty before', [], [{ id: 1 }]],
    ['that a number has decimals', { id: 1 }, { id: 1.5 }],
    ['that of several types only some are seen', [1, 'a', null], [1]],
    ['that a list of unlike items has only one kind of them', [1, { id: 1 }, [1]], [{ id: 1 }]],
    ['that a member which not every item carried is carried by none', [{ id: 1 }, {}], [{}]],
    ['that every item carries a member now', [{ id: 1 }, {}], [{ id: 1 }]],
    ['what stands where null stood', { id: null }, { id: 'a' }],
    ['an object where null stood', { id: null }, { id: { a: 1 } }],
    ['a list where null stood', { id: null }, { id: [1] }],
  ])('%s', (_, base, head) => {
    expect(changes(base, head)).toEqual([]);
  });

  test('how many members have names that nobody knows', () => {
    const known = (value: Json) => shapeOf(value, (name) => name === 'id');
    expect(compareShapes(known({ id: 1 }), known({ id: 1, a: 1 }))).toEqual([]);
    expect(compareShapes(known({ id: 1, a: 1, b: 1 }), known({ id: 1 }))).toEqual([]);
  });
});

describe('a change of the shape is', () => {
  test.each<[what: string, base: Json, head: Json, is: string[][]]>([
    ['another type', 1, 'a', [['', 'changed', 'number', 'string']]],
    ['a type beside those before', ['a'], ['a', null], [['[]', 'changed', 'string', 'null or string']]],
    ['an object beside a number', [1], [1, {}], [['[]', 'changed', 'number', 'number or object']]],
    [
      'a member of several types that is gone',
      [{ a: 1 }, { a: 'x' }],
      [{}],
      [['[].a', 'vanished', 'number or string', '']],
    ],
    ['a list for an object', { a: {} }, { a: [] }, [['a', 'changed', 'object', 'list']]],
    ['null where there was a value', { a: 'x' }, { a: null }, [['a', 'changed', 'string', 'null']]],
    [
      'another value where null was among others',
      [1, null],
      ['a'],
      [['[]', 'changed', 'null or number', 'string']],
    ],
    ['a member that is new', {}, { a: true }, [['a', 'appeared', '', 'boolean']]],
    ['a member that is gone', { a: [] }, {}, [['a', 'vanished', 'list', '']]],
    [
      'a member within members and lists',
      { entry: [{ resource: { id: 'a' } }] },
      { entry: [{ resource: { id: 'a', name: 1 } }] },
      [['entry[].resource.name', 'appeared', '', 'number']],
    ],
    [
      'a member of an item of which there were several kinds',
      [1, { id: 1 }],
      [1, { id: 'a' }],
      [['[].id', 'changed', 'number', 'string']],
    ],
    [
      'several, those that changed and vanished before those that appeared',
      { a: 1, b: 1, c: { d: 1 } },
      { a: 'x', c: { e: 1 }, f: 1 },
      [
        ['a', 'changed', 'number', 'string'],
        ['b', 'vanished', 'number', ''],
        ['c.d', 'vanished', 'number', ''],
        ['c.e', 'appeared', '', 'number'],
        ['f', 'appeared', '', 'number'],
      ],
    ],
  ])('%s', (_, base, head, is) => {
    expect(changes(base, head)).toEqual(is);
  });

  test('another kind of body that is not JSON, whatever its length', () => {
    expect(compareShapes('html 120', 'html 7')).toEqual([]);
    expect(compareShapes('html 120', 'text 120')).toEqual([
      { path: '', what: 'changed', from: 'html', to: 'text' },
    ]);
  });
});

test.each([
  ['', 'changed', { from: 'the body: a', to: 'the body: b' }],
  ['id', 'changed', { from: 'id: a', to: 'id: b' }],
  ['id', 'appeared', { from: 'no id', to: 'id (b)' }],
  ['id', 'vanished', { from: 'id (a)', to: 'no id' }],
] as const)('of “%s” that has %s it is said what was and what is', (path, what, is) => {
  expect(describeDifference({ path, what, from: 'a', to: 'b' })).toEqual(is);
});
