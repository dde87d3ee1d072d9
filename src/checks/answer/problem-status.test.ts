import { expect, test } from 'vitest';
import type { Json } from '../../json.js';
import { checkOn } from '../../testing/checks.js';
import { answer, silence } from '../../testing/host.js';
import type { Answer, NoAnswer } from '../../targets/reply.js';
import { problemStatus } from './problem-status.js';

const problem = (status: number, body: Json) =>
  answer(status, JSON.stringify(body), { 'content-type': 'application/problem+json; charset=utf-8' });

test.each<[reply: Answer | NoAnswer, gives: string]>([
  [problem(404, { status: 404 }), 'passed'],
  [problem(404, { status: 400 }), 'other-status'],
  [problem(400, { status: 500, title: 'none' }), 'other-status'],
  [problem(404, { title: 'none' }), 'not-applicable'],
  [problem(404, { status: 'not found' }), 'not-applicable'],
  [problem(404, []), 'inconclusive'],
  // Other errors may have a status of their own, as of a thing.
  [answer(404, { status: 17 }), 'not-applicable'],
  [answer(404), 'not-applicable'],
  [answer(404, '{"a"', { 'content-type': 'application/problem+json' }, 'cut off'), 'inconclusive'],
  [silence('ECONNRESET'), 'inconclusive'],
  ...[200, 401, 403, 429, 500].map((status): [Answer, string] => [
    problem(status, { status: 1 }),
    'inconclusive',
  ]),
])('%#', async (reply, gives) => {
  const found = await checkOn(problemStatus, {
    paths: '/things/{id}: { get: {} }',
    operation: 'GET /things/{id}',
    path: '/things/7',
    host: ({ path }) => (path === '/things/7' ? answer(200, { id: 7 }) : reply),
  });
  expect(found.gives).toBe(gives);
});

test('applies only to a path that ends in an id', async () => {
  const host = () => answer(200, []);
  const found = await checkOn(problemStatus, {
    paths: '/things: { get: {} }',
    operation: 'GET /things',
    host,
  });
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
});
