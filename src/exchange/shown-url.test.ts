import { expect, test } from 'vitest';
import { contractOf } from '../testing/host.js';
import { shownUrl } from './shown-url.js';

const [operation] = contractOf('/things/{id}/:\n  get: {}\n').operations;

test.each([
  ['https://u:secret-for-tests@h.example/thing/', 'https://h.example/thing/'],
  ['https://Ada&Lovelace/thing/', 'https://…/thing/'],
  ['http://[::1]:8080/thing/', 'http://[::1]:8080/thing/'],
  ['//u:secret-for-tests@h.example:8080/thing/4711', '//h.example:8080/thing/…'],
  ['/thing/4711/notes?phone=3035550100&q', '/thing/…/notes?phone=…&q'],
  ['/thing/3035550100=x?3035550100=1', '/thing/…?…=…'],
  ['/people/Ada-Lovelace/notes', '/people/…/notes'],
  ['/Patient/care-plans', '/Patient/care-plans'],
  ['/v2/things/_search', '/v2/things/_search'],
  [`/thing/${'abcdefgh'.repeat(8)}`, '/thing/…'],
  ['/things#secret-for-tests', '/things'],
])('of %s nothing is printed that a person or a secret could be', (url, shown) => {
  expect(shownUrl(url, undefined)).toBe(shown);
});

test('where the operation is known, its parameters are named', () => {
  expect(shownUrl('https://h.example/things/303-555-0100/?token=secret-for-tests', operation)).toBe(
    'https://h.example/things/{id}/?token=…',
  );
});
