import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SEED } from '../testing/seed.js';
import { createReach } from './reach.js';

/** Every place but `o` has the names of its letter: `a` has `a1` and `a2`. */
const namesAt = (place: string) => (place === 'o' ? [] : [`${place}1`, `${place}2`]);

function sizes(edges: Record<string, string>, ...starts: string[]): number[] {
  const reach = createReach(namesAt, (place) => Array.from(edges[place] ?? ''));
  return starts.map((start) => reach(Array.from(start)).size);
}

test.each<[what: string, edges: Record<string, string>, starts: string[], expected: number[]]>([
  ['itself, and what it leads to', { a: 'b', b: 'c' }, ['a', 'b', 'c'], [6, 4, 2]],
  ['all of a circle', { a: 'b', b: 'c', c: 'a' }, ['a', 'c'], [6, 6]],
  ['what two ways lead to, once', { a: 'bc', b: 'd', c: 'd' }, ['a', 'bc'], [8, 6]],
  ['what is behind a place without names', { a: 'o', o: 'b' }, ['a', 'o'], [4, 2]],
  ['nothing from nowhere, and from a place that leads to no name', {}, ['', 'o'], [0, 0]],
  ['two large groups and one more', { a: 'bc', b: 'b', c: 'd', d: 'c', e: 'abc' }, ['e', 'bd'], [10, 6]],
])('there is reached %s', (_, edges, starts, expected) => {
  expect(sizes(edges, ...starts)).toEqual(expected);
});

test(`as much is reached as is found by following all ways (seed ${SEED})`, () => {
  const places = Array.from('abcdefgho');
  const place = fc.constantFrom(...places);
  const graph = fc.array(fc.tuple(place, place), { maxLength: 20 });
  const asked = fc.array(fc.uniqueArray(place, { maxLength: 3 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(graph, asked, (edges, all) => {
      const next = (from: string) => edges.filter(([one]) => one === from).map(([, to]) => to);
      const reach = createReach(namesAt, next);
      for (const starts of all) {
        const found = new Set(starts);
        for (const one of found) for (const other of next(one)) found.add(other);
        const { size, has } = reach(starts);
        expect(size).toBe([...found].flatMap(namesAt).length);
        for (const name of places.flatMap(namesAt)) expect(has(name)).toBe(found.has(name.slice(0, 1)));
      }
    }),
    { seed: SEED, numRuns: 500 },
  );
});
