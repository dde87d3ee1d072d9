import { expect, test } from 'vitest';
import { checkOn } from '../../testing/checks.js';
import { answer, silence } from '../../testing/host.js';
import { wrongMethod } from './wrong-method.js';

type Reply = ReturnType<typeof answer> | ReturnType<typeof silence>;
const on = (boats: Reply, trays: Reply = answer(405), options = '', known = true) =>
  checkOn(wrongMethod, {
    paths: `/boats: { get: {}${options} }\n/trays: { get: {} }`,
    operation: 'GET /boats',
    others: known ? [{ operation: 'GET /trays', path: '/trays' }] : [],
    host: ({ method, path }) => (method === 'GET' ? answer(200, []) : path === '/boats' ? boats : trays),
  });

test.each<[what: string, boats: Reply, gives: string]>([
  ...[401, 403, 404, 405, 501].map((status): [string, Reply, string] => [
    `${status}`,
    answer(status),
    'passed',
  ]),
  ['a success with a body', answer(200, []), 'taken'],
  ['a success that names methods', answer(200, [], { allow: 'GET' }), 'passed'],
  ['a success for other origins', answer(200, [], { 'access-control-allow-origin': '*' }), 'passed'],
  ...['access-control-allow-methods', 'accept-patch', 'dav', 'public'].map(
    (name): [string, Reply, string] => [
      `a success with the header ${name}`,
      answer(200, [], { [name]: '1' }),
      'passed',
    ],
  ),
  ['a success without a body', answer(204), 'passed'],
  ...[400, 429, 500].map((status): [string, Reply, string] => [`${status}`, answer(status), 'inconclusive']),
  ['a body that breaks off', answer(200, '{"a"', {}, 'cut off'), 'inconclusive'],
  ['no answer', silence('ECONNRESET'), 'inconclusive'],
])('a method that is not described is answered with %s', async (_, boats, gives) => {
  expect((await on(boats)).gives).toBe(gives);
});

test('a host that answers it everywhere, or that has no other path, is not blamed', async () => {
  expect((await on(answer(200, []), answer(200, []))).gives).toBe('inconclusive');
  expect((await on(answer(200, []), answer(429))).gives).toBe('inconclusive');
  expect((await on(answer(200, []), answer(405), '', false)).gives).toBe('inconclusive');
});

test('a path whose contract describes OPTIONS is not asked', async () => {
  expect(await on(answer(200, []), answer(405), ', options: {}')).toMatchObject({
    gives: 'not-applicable',
    calls: [],
  });
});

test('asks both paths by a method that can change nothing', async () => {
  expect((await on(answer(200, []))).calls).toEqual(['OPTIONS /boats', 'OPTIONS /trays']);
});
