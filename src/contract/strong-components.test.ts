import fc from 'fast-check';
import { expect, test } from 'vitest';
import { strongComponents } from './strong-components.js';

function components(edges: Record<string, string>): string[] {
  const next = (value: string) => Array.from(edges[value] ?? '');
  return strongComponents(Object.keys(edges), next).map((one) => one.toSorted().join(''));
}

test.each<[what: string, edges: Record<string, string>, expected: string[]]>([
  ['what leads on, behind what it leads to', { a: 'b', b: 'c', c: '' }, ['c', 'b', 'a']],
  ['a circle as one', { a: 'b', b: 'c', c: 'a' }, ['abc']],
  ['what leads to itself alone', { a: 'a' }, ['a']],
  ['two circles, and the way between them', { a: 'b', b: 'ac', c: 'd', d: 'c' }, ['cd', 'ab']],
  ['two ways to one end', { a: 'bc', b: 'd', c: 'd', d: '' }, ['d', 'b', 'c', 'a']],
])('there is %s', (_, edges, expected) => {
  expect(components(edges)).toEqual(expected);
});

test('two values are in one component exactly when each can be reached from the other', () => {
  const graph = fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 16 });
  fc.assert(
    fc.property(graph, (edges) => {
      const values = Array.from({ length: 8 }, (__, index) => index);
      const next = (value: number) => edges.filter(([from]) => from === value).map(([, to]) => to);
      const reach = values.map((value) => {
        const found = new Set([value]);
        for (const one of found) for (const other of next(one)) found.add(other);
        return found;
      });
      const found = strongComponents(values, next);
      const places = values.map((value) => found.findIndex((one) => one.includes(value)));
      for (const one of values) {
        for (const other of values) {
          const isMutual = reach[one]?.has(other) === true && reach[other]?.has(one) === true;
          expect(places[one] === places[other]).toBe(isMutual);
          if (reach[one]?.has(other)) expect(places[one]).toBeGreaterThanOrEqual(places[other] ?? 0);
        }
      }
    }),
    { seed: 2026, numRuns: 100 },
  );
});

test('a chain of a hundred thousand does not end the stack', () => {
  const found = strongComponents([0], (value) => (value < 100_000 ? [value + 1] : []));
  expect(found).toHaveLength(100_001);
});
