import { expect, test } from 'vitest';
import { literalAt } from './literal.js';

test.each<[string, string, unknown]>([
  ['JSON', '{"a":[1,true,null,"x\\n"]}', { a: [1, true, null, 'x\n'] }],
  ['JSON that was cut', '{"a":{"b":"c","d":[1,2', { a: { b: 'c', d: [1, 2] } }],
  ['an object of Node', "{ a: 'it\\'s', 'b-c': -1.5, d: undefined, }", { a: "it's", 'b-c': -1.5, d: null }],
  [
    'classes and symbols',
    "{ h: AxiosHeaders { x: '1' }, [cause]: Map(1) { 'a' => 2 } }",
    { h: { x: '1' }, cause: { a: 2 } },
  ],
  [
    'marks for what was not printed',
    '{ a: [Object], f: [Function: then], s: ReadableStream { locked: false }, z: 1 }',
    { a: '[Object]', f: '[Function: then]', s: '[ReadableStream]', z: 1 },
  ],
  ['texts that are joined', "{ a: 'one ' +\n    'two' }", { a: 'one two' }],
  ['bytes', '{ a: <Buffer 7b 7d> }', { a: '{}' }],
  [
    'an error with its stack and members',
    "{ [cause]: Error: connect ECONNREFUSED\n      at a (b:1:2)\n      at c {\n    code: 'ECONNREFUSED'\n  },\n  z: 1 }",
    { cause: { message: 'Error: connect ECONNREFUSED', code: 'ECONNREFUSED' }, z: 1 },
  ],
  [
    'a dict of Python',
    "{'a': True, 'b': None, 'c': ('x', 2), 'd': b'y'}",
    { a: true, b: null, c: ['x', 2], d: 'y' },
  ],
  ['a hash of Ruby', '{"a"=>1, :b=>nil}', { a: 1, b: null }],
])('%s', (_, text, value) => {
  expect(literalAt(text, 0)?.value).toEqual(value);
});

test('what follows a value is no part of it', () => {
  expect(literalAt('x = { a: 1 } and { b: 2 }', 4)).toEqual({ value: { a: 1 }, to: 12 });
});

test.each(['word', '12', '(a)', ''])('%j is no object, list or text in quotes', (text) => {
  expect(literalAt(text, 0)).toBeUndefined();
});

test('a text that is nested without end is read', () => {
  expect(literalAt('{a:'.repeat(100_000), 0)).toBeDefined();
  expect(literalAt('['.repeat(100_000), 0)).toBeDefined();
});
