import { expect, test } from 'vitest';
import { fitTemplate, isIdForReading, isKeptByUrl, isSaneId, isTakenBefore, pathFor } from './segments.js';

const ODD = [
  '',
  '.',
  '..',
  'a/b',
  'a\\b',
  'a?b',
  'a#b',
  'a%2fb',
  'a\nb',
  'a\u0000',
  ' ',
  ' a',
  '*',
  '1,2',
  ';a',
  '\ud800',
  'x'.repeat(201),
];

test.each(['7', 'new-7', 'a b', 'ä', 'a.b', '...', '~x', 'x'.repeat(200)])('%j is an id', (id) => {
  expect(isSaneId(id)).toBe(true);
  const path = pathFor('https://api.shop.example/v1', '/things/{id}/', new Map([['id', id]]));
  expect(path).toBe(`/things/${encodeURIComponent(id)}/`);
  expect(fitTemplate('/things/{id}/', path ?? '')).toEqual(new Map([['id', id]]));
});

test.each(ODD)('%j is no id', (id) => {
  expect(isSaneId(id)).toBe(false);
  expect(pathFor('https://api.shop.example', '/things/{id}', new Map([['id', id]]))).toBeUndefined();
});

test.each<[id: string, isForReading: boolean]>([
  ['a/b c%20d?e#f$&é', true],
  ['group/project', true],
  ['urn:a:7', true],
  ['7/remove', false],
  ['7/../remove', false],
  ['7/..', false],
  ['a//b', false],
  ['7%2fremove', false],
  ['7%252fremove', false],
  ['7/remov%65', false],
  ['remove', false],
  ['7?remove', false],
  ['a\\..', false],
  ['%2e%2e', false],
  ['a,b', false],
  ['*', false],
  ['', false],
])('%j may be the id of a thing that is read: %s', (id, isForReading) => {
  expect(isIdForReading(id, new Set(['things', 'remove']))).toBe(isForReading);
});

test.each<[template: string, path: string]>([
  ['/things/{id}', '/things/'],
  ['/things/{id}', '/things/7/'],
  ['/things/{id}/', '/things/7'],
  ['/things/{id}', '/other/7'],
  ['/things/{id}', '/things/7/8'],
  ['/things/{id}', '/things/%2e%2e'],
  ['/things/{id}', '/things/%zz'],
  ['/things/{id}', 'things/7'],
  ['/things/{id}.json', '/things/7.json'],
])('%s does not fit %s', (template, path) => {
  expect(fitTemplate(template, path)).toBeUndefined();
});

test.each<[base: string, path: string, kept: boolean]>([
  ['https://api.shop.example', '/things/7', true],
  ['https://api.shop.example/v1', '/things/7/', true],
  ['https://api.shop.example', '/things/..', false],
  ['https://api.shop.example', '/things/%2e%2e/x', false],
  ['https://api.shop.example', '/things/7?x', false],
  ['https://api.shop.example', '.evil.example/things/7', false],
])('%s%s is kept as it is: %s', (base, path, kept) => {
  expect(isKeptByUrl(base, path)).toBe(kept);
});

test('a path belongs to the template with more fixed segments', () => {
  expect(isTakenBefore('/things/{id}', '/things/all', ['/things/{id}', '/things/all/'])).toBe(true);
  expect(isTakenBefore('/things/{id}', '/things/7', ['/things/{id}', '/things/all/'])).toBe(false);
});
