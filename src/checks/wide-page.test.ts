import { expect, test } from 'vitest';
import { wideSize } from './wide-page.js';

test.each<[schema: Record<string, string | number>, size: number]>([
  [{}, 20],
  [{ maximum: 4 }, 4],
  [{ maximum: 99 }, 20],
  [{ maximum: 'many' }, 20],
])('a parameter with %j is asked for a page of %s', (schema, size) => {
  expect(wideSize({ schema })).toBe(size);
});
