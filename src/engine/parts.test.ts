import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { divide, type Divisible } from './parts.js';

const reading = (path: string, needs: string[] = [], weight = 1): Divisible => ({
  ...{ id: `GET ${path}`, path, weight, needs, mayRepeat: true },
});
const writing = (path: string, needs: string[] = [], weight = 1): Divisible => ({
  ...{ id: `POST ${path}`, path, weight, needs, mayRepeat: false },
});

const weightOf = (part: readonly string[], operations: readonly Divisible[]): number =>
  operations.filter(({ id }) => part.includes(id)).reduce((sum, { weight }) => sum + weight, 0);

/** How often an operation is asked again, in all parts together. */
function repeated(parts: readonly string[][], operations: readonly Divisible[]): number {
  const needsOf = new Map(operations.map(({ id, needs }) => [id, needs]));
  return parts.reduce((sum, part) => {
    const asked = new Set(part);
    for (const id of asked) for (const needed of needsOf.get(id) ?? []) asked.add(needed);
    return sum + asked.size - part.length;
  }, 0);
}

/** So many kinds of things, each with a list, what reads one, and what is below one. */
const kinds = (count: number): Divisible[] =>
  Array.from({ length: count }, (_, index) => [
    reading(`/kind-${index}`),
    reading(`/kind-${index}/{id}`, [`GET /kind-${index}`]),
    reading(`/kind-${index}/{id}/notes`, [`GET /kind-${index}`]),
  ]).flat();

/** Operations below a few paths, some of which need others that come before them. */
const operations = fc
  .array(
    fc.record({
      path: fc.constantFrom(
        '/a',
        '/a/{id}',
        '/a/{id}/b',
        '/b',
        '/b/{id}',
        '/c',
        '/c/{one}/d',
        '/e',
        '/f',
        '/',
      ),
      method: fc.constantFrom('GET', 'POST', 'PUT'),
      weight: fc.integer({ min: 0, max: 50 }),
      needs: fc.array(fc.nat(), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((drawn) => {
    const all = drawn.map(({ path, method, weight, needs }, index): Divisible => {
      const others = needs.flatMap((one) => (index === 0 ? [] : [drawn[one % index]]));
      return {
        ...{ id: `${method} ${path}`, path, weight, mayRepeat: method === 'GET' },
        needs: others.flatMap((other) => (other ? [`${other.method} ${other.path}`] : [])),
      };
    });
    return [...new Map(all.map((one) => [one.id, one])).values()];
  })
  .chain((all) =>
    fc.record({ all: fc.constant(all), shuffled: fc.shuffledSubarray(all, { minLength: all.length }) }),
  );
const counts = fc.integer({ min: 1, max: 9 });

describe('operations are divided so that', () => {
  test('each is in one part, what must not be repeated is in the part that needs it, and nobody needs to speak', () => {
    fc.assert(
      fc.property(operations, counts, ({ all, shuffled }, of) => {
        const parts = divide(all, of);
        expect(parts).toHaveLength(of);
        expect(parts.flat().sort()).toEqual(all.map(({ id }) => id).sort());
        const partOf = (id: string) => parts.findIndex((part) => part.includes(id));
        for (const { id, needs } of all)
          for (const needed of needs) if (!needed.startsWith('GET')) expect(partOf(needed)).toBe(partOf(id));
        expect(divide(shuffled, of)).toEqual(parts);
      }),
    );
  });

  test('what depends on each other is together, and nothing is asked twice, where no group is heavier than a part', () => {
    const all = kinds(40);
    for (const of of [2, 3, 4, 7, 13]) {
      const parts = divide(all, of);
      expect(repeated(parts, all)).toBe(0);
      const weights = parts.map((part) => weightOf(part, all));
      expect(Math.max(...weights) - Math.min(...weights)).toBeLessThanOrEqual(3);
    }
  });

  test('the operations of one path are together, whatever their parameters are called', () => {
    const all = [reading('/a/{id}'), writing('/a/{other}/'), reading('/b'), reading('/c')];
    const parts = divide(all, 2);
    expect(parts.map((part) => part.length)).toEqual([2, 2]);
    expect(parts.find((part) => part.includes('GET /a/{id}'))).toContain('POST /a/{other}/');
  });

  test('a list that feeds half of all is asked once in each part that needs it, and in no other', () => {
    const fed = Array.from({ length: 100 }, (_, index) => reading(`/of-${index}`, ['GET /list']));
    const all = [reading('/list'), ...fed, ...kinds(33)];
    const parts = divide(all, 4);
    const weights = parts.map((part) => weightOf(part, all));
    expect(Math.max(...weights)).toBeLessThanOrEqual(1.1 * (all.length / 4));
    expect(parts.filter((part) => part.some((id) => id.startsWith('GET /of-')))).toHaveLength(3);
    expect(repeated(parts, all)).toBe(2);
  });

  test('what is below a path is divided without asking anything again', () => {
    const below = Array.from({ length: 40 }, (_, index) => reading(`/root/of-${index}`));
    const all = [reading('/root'), ...below];
    const parts = divide(all, 4);
    expect(repeated(parts, all)).toBe(0);
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(11);
  });

  test('what a creation holds together stays whole, however heavy it is', () => {
    const all = [
      writing('/list'),
      ...Array.from({ length: 30 }, (_, index) => writing(`/of-${index}`, ['POST /list'])),
      ...kinds(3),
    ];
    const parts = divide(all, 4);
    expect(parts.find((part) => part.includes('POST /list'))).toHaveLength(31);
    expect(parts.filter((part) => part.length === 3)).toHaveLength(3);
  });

  test('what costs nothing is spread all the same, and there may be more parts than operations', () => {
    const free = Array.from({ length: 6 }, (_, index) => reading(`/of-${index}`, [], 0));
    expect(divide(free, 3).map(({ length }) => length)).toEqual([2, 2, 2]);
    const parts = divide(kinds(1), 5).filter(({ length }) => length > 0);
    expect(parts.flat()).toHaveLength(3);
    expect(divide([], 2)).toEqual([[], []]);
  });
});
