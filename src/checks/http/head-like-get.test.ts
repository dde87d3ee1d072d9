import { expect, test } from 'vitest';
import type { Answer, NoAnswer } from '../../targets/reply.js';
import { checkOn } from '../../testing/checks.js';
import { answer, silence, type Sent } from '../../testing/host.js';
import { headLikeGet } from './head-like-get.js';

const TYPE = { 'content-type': 'application/json; charset=utf-8' };
const GET = answer(200, '[]', { ...TYPE, etag: '"a"' });
const on = (host: (sent: Sent) => Answer | NoAnswer, paths = '/things: { get: {} }') =>
  checkOn(headLikeGet, { paths, operation: 'GET /things', host });
const heads = (head: Answer | NoAnswer, paths?: string) =>
  on(({ method }) => (method === 'HEAD' ? head : GET), paths);

test.each<[what: string, head: Answer | NoAnswer, gives: string]>([
  ['answers the same', answer(200, '', { ...TYPE, etag: '"a"' }), 'passed'],
  ['sends neither header', answer(200), 'passed'],
  ['writes the type otherwise', answer(200, '', { 'content-type': 'Application/JSON' }), 'passed'],
  ['weakens the tag', answer(200, '', { etag: 'W/"a"' }), 'passed'],
  ['has another status', answer(204), 'other-status'],
  ['fails', answer(500), 'other-status'],
  ['has another type', answer(200, '', { 'content-type': 'text/html' }), 'other-header'],
  ['has another tag', answer(200, '', { etag: '"b"' }), 'other-header'],
  ['knows no HEAD', answer(405), 'not-applicable'],
  ['has not made it', answer(501), 'not-applicable'],
  ['finds nothing', answer(404), 'not-applicable'],
  ['leads elsewhere', answer(302), 'inconclusive'],
  ['is not available', answer(503), 'inconclusive'],
  ['is silent', silence('ECONNRESET'), 'inconclusive'],
])('a host that %s', async (_, head, gives) => {
  expect((await heads(head)).gives).toBe(gives);
});

test.each<[number, string]>([
  [405, 'other-status'],
  [404, 'other-status'],
  [401, 'inconclusive'],
  [429, 'inconclusive'],
])('where the contract describes HEAD, %i is %s', async (status, gives) => {
  expect((await heads(answer(status), '/things: { get: {}, head: {} }')).gives).toBe(gives);
});

test('a tag that changes with each answer is not blamed', async () => {
  let asked = 0;
  const found = await on(() => answer(200, '[]', { etag: `"${(asked += 1)}"` }));
  expect(found.gives).toBe('inconclusive');
});

test('what changed between the two is not blamed', async () => {
  let asked = 0;
  const found = await on(() => answer(200, '[]', { etag: (asked += 1) <= 2 ? '"a"' : '"b"' }));
  expect(found.gives).toBe('passed');
});

test('what does not work any more is not compared', async () => {
  let asked = 0;
  expect(
    (await on(({ method }) => (method === 'HEAD' || (asked += 1) === 1 ? GET : answer(429)))).gives,
  ).toBe('inconclusive');
});

test('says which header is another one', async () => {
  const type = await heads(answer(200, '', { 'content-type': 'text/html' }));
  expect(type.messages).toEqual([expect.stringContaining('Content-Type')]);
  const tag = await heads(answer(200, '', { etag: '"b"' }));
  expect(tag.messages).toEqual([expect.stringContaining('ETag')]);
});
