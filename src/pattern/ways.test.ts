import { expect, test } from 'vitest';
import { waysIn } from './ways.js';

test.each([
  ['abc', 1],
  ['a|b|cd', 3],
  ['[Ss]ign [Ii]n|Log ?[Ii]n', 3],
  ['(?:a|b)c(?:d|e|f)', 6],
  ['a?', 2],
  ['(?<code>[45]\\d{2,4})', 3],
  ['\\d{3}', 1],
  ['(?:ab){3}', 1],
  ['[A-Z]{3,}', 98],
  ['[A-Z]+', 100],
  ['[A-Z]*?', 101],
  ['[A-Z_]*(?:A|B)[A-Z_]*', 101 * 2 * 101],
  ['(?:\\w+:)?Name', 101],
  ['\\(a+\\)', 100],
  ['[(*+]', 1],
  ['[^\\n]{0,200}?', 101],
])('%s can be tried in %d ways on 100 characters', (source, ways) => {
  expect(waysIn(source, 100)).toBe(ways);
});

test.each(['(a+)+', '(?:a|a)*', '\\d+(?:\\.\\d+)*', '(?:a?){9}', '(?:a|b){2,}'])(
  '%s can take for ever: a repetition repeats what can match in several ways',
  (source) => {
    expect(waysIn(source, 100)).toBe(Infinity);
  },
);

test('a bracket too many is no expression', () => {
  expect(waysIn('a)b', 100)).toBe(Infinity);
});
