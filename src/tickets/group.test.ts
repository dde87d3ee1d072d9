import { expect, test } from 'vitest';
import { groupOf, inWords } from './group.js';

test.each([
  [['GET /v1/things/'], 'GET /v1/things/'],
  [
    ['GET /v1/things/', 'POST /v1/things/', 'GET /v1/things/{id}/'],
    'GET /v1/things/, POST /v1/things/, GET /v1/things/{id}/',
  ],
  [
    ['GET /v1/things/', 'POST /v1/things/', 'PUT /v1/things/', 'DELETE /v1/things/'],
    'GET, POST, PUT and DELETE /v1/things/',
  ],
  [
    ['GET /v1/things/a/', 'GET /v1/things/b/', 'GET /v1/things/{id}/', 'GET /v1/things/{id}/c/'],
    '4 GET operations below /v1/things/',
  ],
  [
    ['GET /v1/things/a/', 'POST /v1/things/b/', 'GET /v1/things/{id}/', 'PUT /v1/things/{id}/c/'],
    '4 operations below /v1/things/',
  ],
  [
    ['GET /v1/things/', 'GET /v1/others/', 'GET /v1/things/{id}/', 'GET /v1/others/{id}/'],
    '4 GET operations (things and others)',
  ],
  [['GET /v1/a/', 'GET /v1/b/', 'GET /v1/c/', 'POST /v1/d/'], '4 operations below /v1/'],
  [['GET /a', 'GET /b', 'GET /c', 'POST /d'], '4 operations'],
])('%j are %s', (ids, group) => {
  const tagOf = (id: string): string =>
    id.split('/').find((part) => /^[a-z]/.test(part) && part !== 'v1') ?? '';
  expect(groupOf(ids.map((id) => ({ id, tag: tagOf(id) })))).toBe(group);
});

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c', 'd'], 'a, b, c and d'],
  [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
])('%j are written as %s', (texts, words) => {
  expect(inWords(texts)).toBe(words);
});
