import { expect, test } from 'vitest';
import type { Answer } from '../../targets/reply.js';
import { foundIn, good, linesOf, TOTAL } from '../../testing/answers.js';

test.each<[what: string, reply: Answer, path: string, finding: string]>([
  [
    'another content type',
    good('{"id":1}', { ...TOTAL, 'content-type': 'text/html; charset=utf-8' }),
    '/things/',
    'answer/content-type not-documented, error: the content type is text/html, the contract promises application/json',
  ],
  [
    'a content type that is not repeated, as it may hold anything',
    good('{"id":1}', { ...TOTAL, 'content-type': 'application/of-a-customer' }),
    '/things/',
    'answer/content-type not-documented, error: the content type is another one, the contract promises application/json',
  ],
  [
    'a body without a content type',
    good('{"id":1}', TOTAL),
    '/things/',
    'answer/content-type missing, error: a body came without a content type (documented: application/json)',
  ],
])('%s', (_, reply, path, finding) => {
  expect(linesOf(foundIn(reply, path))).toEqual([finding]);
});

test('a content type of nothing but spaces is none, and all that are promised are said', () => {
  const path = '/files/';
  const found = linesOf(foundIn(good('x', { 'content-type': ' ' }), path));
  expect(found).toEqual([
    'answer/content-type missing, error: a body came without a content type (documented: application/pdf, text/csv, text/plain, application/xml)',
  ]);
  const other = foundIn(good('x', { 'content-type': 'text/html' }), path);
  expect(linesOf(other)).toEqual([
    'answer/content-type not-documented, error: the content type is text/html, the contract promises application/pdf or text/csv or text/plain or application/xml',
  ]);
  expect(other[0]).toMatchObject({ facts: { came: 'text/html' } });
});
