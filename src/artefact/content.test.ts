import { expect, test } from 'vitest';
import { chunksOf, jsonContent, textOf } from './content.js';

test.each<[what: string, value: unknown]>([
  ['nothing', {}],
  ['no value', undefined],
  ['a text', 'a\nb'],
  ['a list', [1, [2, [3, [4, { five: [6] }], []], {}], undefined]],
  ['values of each kind', { text: 'a "b"\n', number: 1.5, yes: true, none: null }],
  ['empty lists and objects', { list: [], object: {} }],
  ['lists of each kind', { list: [1, 'two\n', null, [3, { four: [] }], { five: { six: [7] } }], last: 8 }],
  [
    'what JSON leaves out',
    { first: undefined, second: [undefined, { third: undefined }], fourth: undefined },
  ],
  ['only what JSON leaves out', { first: undefined }],
  ['names that are numbers or hold quotes', { 10: 'a', 2: ['b'], 'a "b"': { c: 1 } }],
])('JSON in pieces is what JSON is in one: %s', (_, value) => {
  expect(textOf(jsonContent(value))).toBe(`${JSON.stringify(value ?? null, null, 2)}\n`);
});

test('a list is given an item at a time, as often as it is asked for', () => {
  const content = jsonContent({ id: 'a', operations: Array.from({ length: 5 }, (_, id) => ({ id })) });
  if (typeof content === 'string') throw new Error('it is given in pieces');
  const pieces = [...content()];
  expect(pieces.filter((piece) => piece.includes('"id": '))).toHaveLength(6);
  expect([...content()]).toEqual(pieces);
});

test('small pieces are put together, and large ones stay as they are', () => {
  const million = 'x'.repeat(1024 * 1024);
  expect([...chunksOf(() => ['a', 'b', million, 'c', 'd'])]).toEqual([`ab${million}`, 'cd']);
  expect([...chunksOf('as it is')]).toEqual(['as it is']);
  expect([...chunksOf(() => [])]).toEqual(['']);
});
