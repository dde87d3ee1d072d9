import { expect, test } from 'vitest';
import { onlyAdds } from './only-adds.js';

const PATHS = [
  '/things/',
  '/things/{id}/',
  '/plans',
  '/plans/{id}/notes',
  '/plans/{id}/notes/{note_id}',
  '/settings',
  '/settings/history/{id}',
];

test.each([
  ['a POST to a collection', 'POST', '/things/', true],
  [
    'one without a slash at the end, whose things have a path of their own only with more below',
    'POST',
    '/plans',
    true,
  ],
  ['settings, below which something else has parts', 'POST', '/settings', false],
  ['a path that only begins like a collection', 'POST', '/thing', false],
  ['another method on a collection', 'PUT', '/things/', false],
  ['what takes an id', 'POST', '/things/{id}/', false],
  ['what takes the id of what it adds to', 'POST', '/plans/{id}/notes', false],
])('%s: %s %s only adds: %s', (_, method, path, adds) => {
  expect(
    onlyAdds(
      { method, path },
      PATHS.map((other) => ({ path: other })),
    ),
  ).toBe(adds);
});
