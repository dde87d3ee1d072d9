import { expect, test } from 'vitest';
import { HOLE, shownUrl, wordsOfApi } from './shown-url.js';

test.each([
  [
    'https://api.example/things/303-555-0100/?token=secret-for-tests',
    'https://api.example/things/{id}/?token=…',
  ],
  ['https://u:secret-for-tests@api.example/thing/', 'https://api.example/thing/'],
  ['https://Ada&Lovelace/thing/', 'https://…/thing/'],
  ['http://[::1]:8080/thing/', 'http://[::1]:8080/thing/'],
  ['//u:secret-for-tests@api.example:8080/thing/4711', '//api.example:8080/thing/…'],
  ['/thing/4711/notes?phone=3035550100&q', '/thing/…/notes?phone=…&q'],
  ['/thing/3035550100=x?3035550100=1', '/thing/…?…=…'],
  ['/people/Ada-Lovelace/notes', '/people/…/notes'],
  ['/v1/people/ada-lovelace', '/v1/people/…'],
  ['/v1/people/ada_lovelace/notes', '/v1/people/…/notes'],
  ['/v1/people/ada', '/v1/people/…'],
  ['/users/grace.quillon/orderLines', '/users/…/orderLines'],
  ['/Organization/care-plans', '/Organization/care-plans'],
  ['/v2/things/_search', '/v2/things/_search'],
  [`/thing/${'abcdefgh'.repeat(8)}`, '/thing/…'],
  ['', ''],
  ['/things/?a=1&&b=2', '/things/?a=…&b=…'],
  ['/thing/Ada//h.example/things', '/thing/…//…/things'],
  ['https://:secret-for-tests@h.example/thing/?', 'https://….example/thing/'],
  ['h2x+y.z-1://h.example/thing', 'h2x+y.z-1://….example/thing'],
  ['https://ada.3035550142.example/thing', 'https://…/thing'],
  [`/things/?${HOLE}&a=${HOLE}`, '/things/?a=…'],
  [`/things/?${HOLE}`, '/things/'],
  ['/things/?a b=1&ok2=2&of-ada-1947=3&x12=4', '/things/?…=…&ok2=…&…=…&x12=…'],
  [`/things/?${'a'.repeat(40)}=1&${'a'.repeat(41)}=1`, `/things/?${'a'.repeat(40)}=…&…=…`],
  ['/things#secret-for-tests', '/things'],
  ['//api.example/things/?name:contains=x', '//api.example/things/?name:contains=…'],
  [`${HOLE}/things/${HOLE}/notes/`, '/things/…/notes/'],
  [`https://${HOLE}/things/a${HOLE}/`, 'https://…/things/…/'],
])('of %s nothing is printed that a person or a secret could be', (url, shown) => {
  const is = url.startsWith('https://api.example/things/303') ? '/things/{id}/' : undefined;
  expect(shownUrl(url, { is })).toBe(shown);
});

test.each([
  ['/v1/thing/Quillon/notes', '/v1/things/{id}/notes/', '/v1/thing/…/notes'],
  ['/v1/v1/things/Quillon/', '/v1/things/{id}/', '/v1/v1/things/…/'],
  ['/v1/things/Quillon', '/v1/things/{id}/', '/v1/things/…'],
  ['/v1/thing/', '/v1/things/', '/v1/thing/'],
  ['/things/note/', '/things/{id}/', '/things/…/'],
])('in %s a word that is where %s has a value is not printed', (url, like, shown) => {
  expect(shownUrl(url, { like })).toBe(shown);
});

test.each([
  ['/v1/quokkas/ada-lovelace', ['/quokkas/{id}/burrows'], '/v1/quokkas/…'],
  ['/burrows/ada', ['/quokkas/{id}/quokka-burrows'], '/burrows/…'],
  ['/quokkas/ada', [], '/…/…'],
  ['/quokka-ada/', ['/quokkas/quokka/'], '/…/'],
  ['/ada/', ['/quokkas/{ada}/'], '/…/'],
])('of %s words that paths of the contract have are shown', (url, paths, shown) => {
  expect(shownUrl(url, { words: wordsOfApi(paths, []) })).toBe(shown);
});

test.each([
  ['/v1/qoukkas/ada/burrow', '/v1/quokkas/{id}/burrows', '/v1/qoukkas/…/burrow'],
  ['/api/qoukkas/ada/burrow', '/quokkas/{id}/burrows', '/api/qoukkas/…/burrow'],
  ['/v1/quillon/ada/burrows', '/v1/quokkas/{id}/burrows', '/v1/…/…/burrows'],
])('of %s a misspelling of %s is shown, and no other word', (url, like, shown) => {
  expect(shownUrl(url, { like })).toBe(shown);
});

test('a word is no longer than a token, also where every word is shown', () => {
  const shown = (length: number) => shownUrl(`/${'q'.repeat(length)}/`, { words: 'all' });
  expect([shown(40), shown(41)]).toEqual([`/${'q'.repeat(40)}/`, '/…/']);
});

test('a third of the letters of a word may be wrong', () => {
  const shown = (segment: string) => shownUrl(`/${segment}/`, { like: '/quokka/' });
  expect([shown('quoxxa'), shown('quxxxa')]).toEqual(['/quoxxa/', '/…/']);
});

test('in code all plain words are shown', () => {
  expect(shownUrl(`/v1/quokkas/${HOLE}/due-for-review`, { words: 'all' })).toBe(
    '/v1/quokkas/…/due-for-review',
  );
});

test('names of the query that are elsewhere are shown behind those of the URL', () => {
  expect(shownUrl('/things/?a=1', {}, ['b', '3035550100'])).toBe('/things/?a=…&b=…&…=…');
});

test.each([
  ['https://zorquabvex.example.test/things/', 'https://….example.test/things/'],
  ['https://ada.lovelace/things/', 'https://…/things/'],
  ['https://ada.lovelace.api.shop.example/', 'https://….api.shop.example/'],
  ['https://ada-lovelace.co.uk:8443/things/', 'https://….co.uk:8443/things/'],
  ['https://API.shop.example:8443/things/', 'https://API.shop.example:8443/things/'],
  ['https://3035550.100/things/', 'https://…/things/'],
  ['https://10.30.35.55/things/', 'https://…/things/'],
  ['https://[fe80::303:555:0100]/things/', 'https://…/things/'],
  ['http://localhost:8080/things/', 'http://localhost:8080/things/'],
  ['http://127.0.0.1:8080/things/', 'http://127.0.0.1:8080/things/'],
])('of the host of %s only what is known is shown', (url, shown) => {
  expect(shownUrl(url, { words: wordsOfApi([], ['https://api.shop.example/v1']) })).toBe(shown);
});

test('in code nothing is shown that is no host, or holds a number that can be that of a person', () => {
  expect(shownUrl('https://Ada&Lovelace/things/', { words: 'all' })).toBe('https://…/things/');
  expect(shownUrl('https://h3035550100.example/things/', { words: 'all' })).toBe('https://…/things/');
});

test('in code the whole host is shown', () => {
  expect(shownUrl('https://quokkas.shop.example/things/', { words: 'all' })).toBe(
    'https://quokkas.shop.example/things/',
  );
});
