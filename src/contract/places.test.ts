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
