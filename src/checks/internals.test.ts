import { expect, test } from 'vitest';
import { internalsIn, textsIn } from './internals.js';

test.each<[text: string, frames: number]>([
  ['    at find (/srv/shop/things.js:12:7)\n    at async Shop.get (file:///srv/shop/get.js:1:2)', 2],
  ['    at new Thing (node:internal/things:1:2)\n    at /srv/shop/things.js:1:22', 2],
  ['Traceback:\n  File "/srv/shop/things.py", line 12, in find\n    x = y', 1],
  ['at shop.things.Find.one(Find.java:12)\n\tat java.base/a.b.C.d(Native Method)', 2],
  ['at shop.Things$Inner.<init>(Things.kt:3)', 1],
  ['#0 /srv/shop/things.php(12): find()\n#1 /srv/shop/things.php(13): get()', 2],
  ['   at Shop.Things.Find(String id) in C:\\shop\\Things.cs:line 12', 1],
  ['there is nothing at 12:30:45, nor at 13:00:00', 0],
  ['the shop is at the corner, open from 8:00 to 9:00', 0],
  ['line 12 of the file "things.csv", in column 7', 0],
  ['see #1 /things/7', 0],
])('frames in %j', (text, frames) => {
  expect(internalsIn(text).frames).toBe(frames);
});

test.each<[text: string, statements: number]>([
  ['SQLSTATE[42S02]: no such table', 1],
  ['ORA-00942: table or view does not exist', 1],
  ['ERROR: syntax error at or near "7"', 1],
  ['SELECT id\nFROM things\nWHERE id = 7', 1],
  ['please select a thing from the list where they are', 0],
  ['SELECT A THING', 0],
  ['SELECT id FROM things', 0],
  ['SELECT A THING WHERE IT IS', 0],
  ['SELECT A THING WHERE IT IS, FROM HERE', 0],
  ['A FROM B WHERE C', 0],
  ['part FLORA-12345: none', 0],
  ['there is no part ORA-12345', 0],
])('statements in %j', (text, statements) => {
  expect(internalsIn(text).statements).toBe(statements);
});

test.each<[text: string, paths: number]>([
  ['in /srv/shop/things.php on line 3', 1],
  ['(/home/shop/app/things.py)', 1],
  ['in C:\\shop\\things\\Find.cs', 1],
  ['no route for /shop/things.php', 0],
  ['see https://shop.example/home/things/find.php', 0],
  ['/home/things', 0],
  ['/home/static/page.js', 0],
])('paths in %j', (text, paths) => {
  expect(internalsIn(text).paths).toBe(paths);
});

test.each([
  'at ',
  'at a ',
  '/srv/a',
  '/srv/',
  'SELECT ',
  'File "',
  '#0 /a',
  'a.b(',
  'C:\\a\\',
  'at a.b(',
  ':1',
])(
  'a long text of %j takes no long time',
  (part) => {
    const text = part.repeat(Math.ceil(1_000_000 / part.length));
    expect(internalsIn(text)).toBeDefined();
  },
  2000,
);

test('the texts of a value, in their order', () => {
  expect(textsIn({ a: 'one', b: [{ c: 'two' }, 3, null, 'three'] })).toBe('one\ntwo\nthree');
});

test('only the first part of a long text is looked at, and a statement is not longer than 4000 characters', () => {
  const statementsIn = (text: string) => internalsIn(text).statements;
  const failure = 'ORA-00942: no such table';
  expect(statementsIn(`${' '.repeat(199_000)}${failure}`)).toBe(1);
  expect(statementsIn(`${' '.repeat(200_000)}${failure}`)).toBe(0);
  expect(statementsIn(`SELECT id ${' '.repeat(3000)} FROM things WHERE id = 7`)).toBe(1);
  expect(statementsIn(`SELECT id ${' '.repeat(5000)} FROM things WHERE id = 7`)).toBe(0);
});
