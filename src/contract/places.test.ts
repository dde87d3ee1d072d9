import { expect, test } from 'vitest';
import { placesIn } from './places.js';

const TEXT = `shared: &shared
  type: string
"quoted name": [1, {deep: true}]
alias: *shared
? {a: 1}
: complex
list:
  - first
  - 'second'
merged:
  <<: *shared
  own: |
    text
200: !!str tagged
twice: 1
twice: 2
`;
const place = placesIn(TEXT, 'a.yaml');

test.each([
  ['', 1, 1],
  ['/shared/type', 2, 3],
  ['/quoted name', 3, 1],
  ['/quoted name/0', 3, 17],
  ['/quoted name/1/deep', 3, 21],
  ['/list/0', 8, 5],
  ['/list/1', 9, 5],
  ['/merged/own', 12, 3],
  ['/200', 14, 1],
])('the value at “%s” is in line %d, column %d', (pointer, line, column) => {
  expect(place(pointer)).toEqual({ file: 'a.yaml', line, column, pointer });
});

test.each([
  ['what an alias brings in has the place of the alias', '/alias/type', 4],
  ['what a merge key brings in has the place of the object', '/merged/type', 10],
  ['an item that is not there has the place of its list', '/list/7', 7],
  ['a name that is not there has the place of what it would be in', '/shared/none/below', 1],
  ['of a name that is twice, the first counts', '/twice', 15],
])('%s', (_, pointer, line) => {
  expect(place(pointer).line).toBe(line);
});

const JSON_TEXT = `{
  "plain": { "list": [1, [ 2 ], {"deep" : true}] },
  "with \\"quotes\\" and \\\\": {"a:b": "{[,", "empty": {}, "none": [] },
  "paths": {"/x/{id}": null, "\\u00e9": -1.5e3}
}
`;

test.each([
  ['', '{'],
  ['/plain', '"plain": {'],
  ['/plain/list/0', '1, ['],
  ['/plain/list/1/0', '2 ]'],
  ['/plain/list/2/deep', '"deep" :'],
  ['/with "quotes" and \\', '"with'],
  ['/with "quotes" and \\/a:b', '"a:b"'],
  ['/with "quotes" and \\/none/4', '"none"'],
  ['/paths/~1x~1{id}', '"/x/{id}"'],
  ['/paths/é', '"\\u00e9"'],
])('the value at “%s” of a JSON text is where %s is, as it is in YAML', (pointer, start) => {
  const { line = 0, column = 0 } = placesIn(JSON_TEXT, 'a.json')(pointer);
  expect(JSON_TEXT.split('\n')[line - 1]?.slice(column - 1, column - 1 + start.length)).toBe(start);
  expect(placesIn(`${JSON_TEXT}# YAML`, 'a.json')(pointer)).toMatchObject({ line, column });
});

test.each([
  ['a name twice', '{"a": 1,\n "a": 2}', '/a', 1],
  ['more after its end', '{"a": 1}\n# "b"', '/a', 1],
  ['names without quotes', '{a: 1,\n b: {"c": 2}}', '/b/c', 2],
  ['a text without quotes', '{"a": b c,\n "d": 1}', '/d', 2],
  ['a comma after its last item', '{"a": [1,\n 2,\n], "d": 1}', '/d', 3],
  [
    'nested as deep as YAML may be',
    `{"a": ${'['.repeat(96)}\n1${']'.repeat(96)}}`,
    `/a${'/0'.repeat(96)}`,
    2,
  ],
])('what is nearly JSON has its places: %s', (_, text, pointer, line) => {
  expect(placesIn(text, 'a.json')(pointer).line).toBe(line);
});
