import { expect, test } from 'vitest';
import type { Answer, NoAnswer } from '../../targets/reply.js';
import { checkOn } from '../../testing/checks.js';
import { answer, silence, type Sent } from '../../testing/host.js';
import { optionsAllow } from './options-allow.js';

const PATHS = '/things: { get: {}, post: {} }\n/things/{id}: { get: {} }';
const on = (options: Answer | NoAnswer, elsewhere: Answer | NoAnswer = answer(404)) =>
  checkOn(optionsAllow, {
    ...{ paths: PATHS, operation: 'GET /things' },
    host: ({ method, path }: Sent) =>
      method !== 'OPTIONS' ? answer(200, []) : path === '/things' ? options : elsewhere,
  });
const allow = (methods: string) => answer(204, undefined, { allow: methods });

test.each<[what: string, options: Answer | NoAnswer, gives: string]>([
  ['names them', allow('GET, HEAD, POST, OPTIONS'), 'passed'],
  ['names them in small letters', allow('get,post'), 'passed'],
  ['names no more than them', allow('POST, GET, TRACE'), 'passed'],
  ['names a method too few', allow('GET, HEAD'), 'lacks'],
  ['names a method too many', allow('GET, POST, DELETE'), 'too-many'],
  ['names another one', allow('GET, PUT'), 'lacks, too-many'],
  ['does not say', answer(204), 'not-applicable'],
  ['says nothing', allow(' '), 'not-applicable'],
  ['allows everything', allow('*'), 'not-applicable'],
  ['leads elsewhere', answer(302, undefined, { allow: 'GET' }), 'inconclusive'],
  ['cannot be reached', silence('ECONNRESET'), 'inconclusive'],
  ...[400, 401, 404, 405, 429, 500].map((status): [string, Answer, string] => [
    `answers ${status}`,
    answer(status, undefined, { allow: 'GET' }),
    'inconclusive',
  ]),
])('a host that %s', async (_, options, gives) => {
  expect((await on(options)).gives).toBe(gives);
});

test('several headers are one list', async () => {
  const twice: Answer = {
    ...answer(204),
    headers: [
      ['allow', 'GET'],
      ['allow', 'POST'],
    ],
  };
  expect((await on(twice)).gives).toBe('passed');
});

test('what is said of every path says nothing of this one', async () => {
  const general = allow('GET, HEAD, POST, PUT, PATCH, DELETE');
  expect([(await on(general, general)).gives, (await on(general, silence('ECONNRESET'))).gives]).toEqual([
    'not-applicable',
    'too-many',
  ]);
});

test('what is said of a path of nothing is compared by what can change something', async () => {
  const own = allow('GET, PUT, DELETE');
  expect((await on(own, allow('HEAD, DELETE, PUT'))).gives).toBe('not-applicable');
  expect((await on(own, allow('GET, PUT'))).gives).toBe('lacks, too-many');
  expect((await on(own, answer(404, undefined, { 'x-allow': 'PUT, DELETE' }))).gives).toBe('lacks, too-many');
});

test('names the methods', async () => {
  const { messages } = await on({
    ...allow('GET, PUT'),
    headers: [
      ['x-allow', 'POST'],
      ['allow', 'GET, PUT, DELETE'],
    ],
  });
  expect(messages).toEqual([
    'Allow lacks POST, which the contract describes',
    'Allow names PUT, DELETE, which the contract does not describe',
  ]);
});

test('where the contract describes OPTIONS, it speaks for its path', async () => {
  const paths = '/things: { get: {}, options: {} }';
  const host = ({ method, path }: Sent) =>
    path !== '/things' ? answer(404) : method === 'OPTIONS' ? allow('GET, DELETE') : answer(200, []);
  expect(await checkOn(optionsAllow, { paths, operation: 'GET /things', host })).toMatchObject({
    gives: 'not-applicable',
    calls: [],
  });
  expect((await checkOn(optionsAllow, { paths, operation: 'OPTIONS /things', host })).gives).toBe('too-many');
});
