import { expect, test } from 'vitest';
import type { Answer, NoAnswer } from '../../targets/reply.js';
import { checkOn, type CheckedHost } from '../../testing/checks.js';
import { answer, silence, type Sent } from '../../testing/host.js';
import { noToken } from './no-token.js';

const PATHS = '/things: { get: {} }';
const on = (without: Answer | NoAnswer, own = answer(200, { data: [{ id: 1, name: 'a' }] })) =>
  checkOn(noToken, {
    paths: PATHS,
    operation: 'GET /things',
    host: ({ token }: Sent) => (token === 'valid' ? own : without),
  });

test.each<[what: string, without: Answer | NoAnswer, gives: string]>([
  ['refuses', answer(401, { error: 'who are you' }), 'passed'],
  ['forbids', answer(403), 'passed'],
  ['hides', answer(404), 'passed'],
  ['leads to a form', answer(302, '', { location: '/login' }), 'passed'],
  ['is asked too often', answer(429), 'passed'],
  ['lets everybody in', answer(200, { data: [{ id: 1, name: 'a' }] }), 'let-in'],
  ['shows less', answer(200, { data: [] }), 'let-in'],
  ['fails', answer(500), 'fails'],
  [
    'shows a form',
    answer(200, '<html><form></form></html>', { 'content-type': 'text/html' }),
    'inconclusive',
  ],
  ['says in a success that it refuses', answer(200, { error: 'who are you' }), 'inconclusive'],
  ['cuts its answer', answer(200, '{"a"', {}, 'cut off'), 'inconclusive'],
  ['says nothing', answer(204), 'inconclusive'],
  ['is silent', silence('ECONNRESET'), 'inconclusive'],
])('a host that %s without credentials', async (_, without, gives) => {
  expect((await on(without)).gives).toBe(gives);
});

test('lists are compared with lists, and other bodies by their media type', async () => {
  const text = (type: string) => answer(200, 'a,b', { 'content-type': type });
  expect([
    (await on(answer(200, []), answer(200, [1]))).gives,
    (await on(answer(200, {}), answer(200, [1]))).gives,
    (await on(text('text/csv'), text('text/csv'))).gives,
    (await on(text('text/plain'), text('text/csv'))).gives,
  ]).toEqual(['let-in', 'inconclusive', 'let-in', 'inconclusive']);
});

test('what does not work with credentials either is not blamed', async () => {
  let asked = 0;
  const found = await checkOn(noToken, {
    paths: PATHS,
    operation: 'GET /things',
    host: () => ((asked += 1) === 1 ? answer(200, {}) : answer(503)),
  });
  expect(found.gives).toBe('inconclusive');
});

test.each([
  ['everybody may read it', '/things: { get: { security: [] } }'],
  ['one way in is empty', '/things: { get: { security: [{ bearer: [] }, {}] } }'],
])('does not apply where %s', async (_, paths) => {
  const found = await checkOn(noToken, { paths, operation: 'GET /things', host: () => answer(200, {}) });
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test.each<[what: string, given: Partial<CheckedHost>]>([
  ['no credentials are sent', { secured: false }],
  ['it was asked without credentials', { token: 'none' }],
  ['it was asked with bad ones', { token: 'invalid' }],
  ['the request has a token of its own', { headers: { Authorization: 'Basic of-its-own' } }],
  ['the request has a cookie of its own', { headers: { cookie: 'a=b' } }],
])('does not apply where %s', async (_, given) => {
  const found = await checkOn(noToken, {
    ...{ paths: '/things: { get: { security: [{ bearer: [] }] } }', operation: 'GET /things' },
    host: () => answer(200, {}),
    ...given,
  });
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test('asks once without credentials, and says what came', async () => {
  const found = await on(answer(200, { data: [] }));
  expect(found.sent.map(({ path, token, headers }) => [path, token, headers])).toEqual([
    ['/things', 'none', { accept: 'application/json' }],
  ]);
  expect(found.messages).toEqual(['it answers 200 without credentials, where the contract asks for them']);
  expect((await on(answer(502))).messages).toEqual([
    'it fails with 502 without credentials, where it should refuse',
  ]);
});
