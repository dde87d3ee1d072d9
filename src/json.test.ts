import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { parseYamlText } from './contract/parse.js';
import { copyOf, objectOf, setMember, type Json } from './json.js';

test('members have the order that objects have, whatever their names', () => {
  const made = objectOf<Json>([
    ...[['404', 1] as const, ['default', 2] as const, ['200', 3] as const, ['__proto__', 4] as const],
  ]);
  expect(Object.entries(made)).toEqual([
    ['200', 3],
    ['404', 1],
    ['default', 2],
    ['__proto__', 4],
  ]);
  expect(JSON.stringify(made)).toBe('{"200":3,"404":1,"default":2,"__proto__":4}');
});

test('a member replaces one of the same name, also of a large number', () => {
  const made = objectOf<Json>([
    ['404', 1],
    ['404', 2],
  ]);
  setMember(made, '4294967294', 3);
  setMember(made, '500', 4);
  expect(made).toEqual({ 404: 2, 4294967294: 3, 500: 4 });
});

test('a list stays as long as its largest index', () => {
  const list: Json[] = [];
  setMember(list, '500', 1);
  expect(list).toHaveLength(501);
});

test('a copy shares nothing with what it is a copy of', () => {
  const shared = { a: [1] };
  const whole = { responses: { 200: shared, 404: shared }, none: null };
  const copy = copyOf(whole);
  expect(copy).toEqual(whole);
  shared.a.push(2);
  expect(copy).toEqual({ responses: { 200: { a: [1] }, 404: { a: [1] } }, none: null });
});

test.each<[string, (index: number) => unknown]>([
  ['read from YAML', (index) => parseYamlText(`200: ${index}\n401: 1\n404: 2\n`)],
  ['made of members', (index) => objectOf<Json>(Object.entries({ 200: index, 401: 1, 404: 2 }))],
  ['copied', (index) => copyOf({ 200: index, 401: 1, 404: 2 })],
])('an object of statuses takes less than 1 KB: %s', (_, make) => {
  const before = heldAfterCollection();
  const made = Array.from({ length: 2000 }, (__, index) => make(index));
  expect((heldAfterCollection() - before) / made.length).toBeLessThan(1000);
});

/** Bytes on the heap when all garbage is gone. */
function heldAfterCollection(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') Reflect.apply(collect, undefined, []);
  return process.memoryUsage().heapUsed;
}
