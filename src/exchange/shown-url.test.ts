import { expect, test } from 'vitest';
import { HOLE, shownUrl } from './shown-url.js';

test.each([
  ['https://h.example/things/303-555-0100/?token=secret-for-tests', 'https://h.example/things/{id}/?token=…'],
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
  ['//h.example/things/?name:contains=x', '//h.example/things/?name:contains=…'],
  [`${HOLE}/things/${HOLE}/notes/`, '/things/…/notes/'],
  [`https://${HOLE}/things/a${HOLE}/`, 'https://…/things/…/'],
])('of %s nothing is printed that a person or a secret could be', (url, shown) => {
  const is = url.startsWith('https://h.example/things/303') ? '/things/{id}/' : undefined;
  expect(shownUrl(url, { is })).toBe(shown);
});

test.each([
  ['/v1/thing/Quillon/notes', '/v1/things/{id}/notes/', '/v1/thing/…/notes'],
  ['/v1/v1/things/Quillon/', '/v1/things/{id}/', '/v1/v1/things/…/'],
  ['/v1/things/Quillon', '/v1/things/{id}/', '/v1/things/…'],
  ['/v1/thing/', '/v1/things/', '/v1/thing/'],
])('in %s a word that stands where %s has a value is not printed', (url, like, shown) => {
  expect(shownUrl(url, { like })).toBe(shown);
});

test('names of the query that stand elsewhere are shown behind those of the URL', () => {
  expect(shownUrl('/things/?a=1', {}, ['b', '3035550100'])).toBe('/things/?a=…&b=…&…=…');
});
