import { expect, test } from 'vitest';
import { checkOn } from '../../testing/checks.js';
import { answer, silence } from '../../testing/host.js';
import { nonsensePath } from './nonsense-path.js';

type Reply = ReturnType<typeof answer> | ReturnType<typeof silence>;
const on = (other: Reply, elsewhere = other, paths = '/v1/boats: { get: {} }\n/v1/boats/{id}: { get: {} }') =>
  checkOn(nonsensePath, {
    paths,
    operation: 'GET /v1/boats',
    host: ({ path }) =>
      path === '/v1/boats' ? answer(200, []) : path.startsWith('/v1/') ? other : elsewhere,
  });

test.each<[what: string, other: Reply, gives: string]>([
  ...[401, 403, 404, 405, 410].map((status): [string, Reply, string] => [
    `${status}`,
    answer(status),
    'passed',
  ]),
  ['200 and an object', answer(200, {}), 'catch-all'],
  ['200 and a page of HTML', answer(200, '<html>', { 'content-type': 'text/html' }), 'catch-all'],
  ['204', answer(204), 'catch-all'],
  ['302', answer(302, undefined, { location: '/login' }), 'inconclusive'],
  ...[400, 429, 500, 503].map((status): [string, Reply, string] => [
    `${status}`,
    answer(status),
    'inconclusive',
  ]),
  ['a body that breaks off', answer(200, '{"a"', {}, 'cut off'), 'inconclusive'],
  ['no answer', silence('ECONNRESET'), 'inconclusive'],
])('a nonsense path that is answered with %s', async (_, other, gives) => {
  expect((await on(other)).gives).toBe(gives);
});

test('a path below the base is asked, and one beside the operation', async () => {
  const { calls } = await on(answer(404));
  expect(calls.map((call) => call.replace(/__absent_[\da-f]+/, '…'))).toEqual(['GET /…', 'GET /v1/…']);
});

test('one that answers everything below a collection is seen', async () => {
  expect((await on(answer(200, {}), answer(404))).gives).toBe('catch-all');
});

test('where a contract has every path, none is nonsense', async () => {
  const paths = '/v1/boats: { get: {} }\n/{a}: { get: {} }\n/{a}/{b}: { get: {} }\n/{a}/{b}/{c}: { get: {} }';
  const found = await on(answer(200, {}), answer(200, {}), paths);
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
});
