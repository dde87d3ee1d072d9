import { expect, test } from 'vitest';
import { nearest } from './nearest.js';

test('the nearest name is the one with the fewest letters that differ', () => {
  const names = ['list/page-size', 'list/pages-lose', 'read/absent-id', 'all'];
  expect(nearest('list/pagesize', names)).toBe('list/page-size');
  expect(nearest('LIST/PAGES-LOST', names)).toBe('list/pages-lose');
  expect(nearest('al', names)).toBe('all');
  expect(nearest('x', [])).toBeUndefined();
});
