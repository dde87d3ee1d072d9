import { expect, test } from 'vitest';
import { checkOn } from '../../testing/checks.js';
import { answer, silence } from '../../testing/host.js';
import { cors } from './cors.js';

type Reply = ReturnType<typeof answer> | ReturnType<typeof silence>;
const on = (reply: (origin: string | undefined) => Reply) =>
  checkOn(cors, {
    ...{ paths: '/boats: { get: {} }', operation: 'GET /boats' },
    host: ({ headers }) => (headers['origin'] === undefined ? answer(200, []) : reply(headers['origin'])),
  });
const allowing = (origin: string, credentials?: string, status = 200) =>
  answer(status, [], {
    'access-control-allow-origin': origin,
    ...(credentials === undefined ? {} : { 'access-control-allow-credentials': credentials }),
  });

test.each<[what: string, reply: (origin: string | undefined) => Reply, gives: string]>([
  ['says nothing of origins', () => answer(200, []), 'passed'],
  ['allows every origin without credentials', () => allowing('*'), 'passed'],
  ['allows every origin with credentials', () => allowing('*', 'true'), 'any-with-credentials'],
  ['writes that credentials are allowed as nobody reads it', () => allowing('*', 'True'), 'passed'],
  ['writes blanks around both', () => allowing(' * ', ' true '), 'any-with-credentials'],
  ['repeats an origin without credentials', (origin = '') => allowing(origin), 'passed'],
  [
    'repeats an origin with credentials',
    (origin = '') => allowing(origin, 'true'),
    'foreign-with-credentials',
  ],
  ['allows its own origin', () => allowing('https://shop.example', 'true'), 'passed'],
  ['refuses other origins', () => answer(403), 'passed'],
  ['repeats an origin that it refuses', (origin = '') => allowing(origin, 'true', 403), 'passed'],
  ['fails for an origin', (origin = '') => allowing(origin, 'true', 500), 'inconclusive'],
  ['does not answer', () => silence('ECONNRESET'), 'inconclusive'],
  ...[400, 401, 404, 429, 500].map((status): [string, () => Reply, string] => [
    `answers ${status}`,
    () => answer(status),
    'inconclusive',
  ]),
])('a host that %s', async (_, reply, gives) => {
  expect((await on(reply)).gives).toBe(gives);
});

test('a body that breaks off has its headers all the same', async () => {
  expect((await on(() => answer(200, '{"a"', {}, 'cut off'))).gives).toBe('passed');
});

test('asks once, with the origin of nobody', async () => {
  const { sent } = await on(() => answer(200, []));
  expect(sent.map(({ method, headers }) => [method, headers['origin']])).toEqual([
    ['GET', 'https://origin.example'],
  ]);
});
