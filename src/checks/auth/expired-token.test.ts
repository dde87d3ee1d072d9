import { expect, test } from 'vitest';
import type { Answer, NoAnswer } from '../../targets/reply.js';
import { checkOn, type CheckedHost } from '../../testing/checks.js';
import { answer, silence } from '../../testing/host.js';
import { expiredToken } from './expired-token.js';

const GUARDED = '/things: { get: { security: [{ bearer: [] }] } }';
const LIST = answer(200, { data: [{ id: 1 }] });
const on = (
  { expired, none = answer(401) }: { expired: Answer | NoAnswer; none?: Answer | NoAnswer },
  given: Partial<CheckedHost> = {},
) =>
  checkOn(expiredToken, {
    ...{ paths: '/things: { get: {} }', operation: 'GET /things', callers: ['expired'] },
    host: ({ token }) => (token === 'expired' ? expired : token === 'none' ? none : LIST),
    ...given,
  });

test.each<[what: string, expired: Answer | NoAnswer, gives: string]>([
  ['refuses it', answer(401, { error: 'invalid_token' }), 'passed'],
  ['forbids it', answer(403), 'passed'],
  ['takes it', LIST, 'let-in'],
  ['shows nothing for it', answer(200, { data: [] }), 'let-in'],
  ['says in a success that it refuses', answer(200, { error: 'invalid_token' }), 'inconclusive'],
  ['shows a form', answer(200, '<html></html>', { 'content-type': 'text/html' }), 'inconclusive'],
  ['cuts its answer', answer(200, '{"a"', {}, 'cut off'), 'inconclusive'],
  ['is silent', silence('ECONNRESET'), 'inconclusive'],
  ...[204, 302, 400, 404, 429, 500].map((status): [string, Answer, string] => [
    `answers ${status}`,
    answer(status),
    'inconclusive',
  ]),
])('a host that %s', async (_, expired, gives) => {
  expect((await on({ expired })).gives).toBe(gives);
});

test.each([401, 403])('a host that takes it, and answers %d without credentials, says so', async (status) => {
  const { gives, messages, sent } = await on({ expired: LIST, none: answer(status) });
  expect([gives, messages]).toEqual(['let-in', [expect.stringContaining('200')]]);
  expect(sent.map(({ token }) => token)).toContain('none');
});

test.each<[what: string, none: Answer | NoAnswer]>([
  ['lets everybody in', LIST],
  ['is busy', answer(429)],
  ['is silent', silence('ECONNRESET')],
])('a host that takes it and %s without credentials is not blamed', async (_, none) => {
  expect((await on({ expired: LIST, none })).gives).toBe('inconclusive');
});

test.each<[what: string, given: Partial<CheckedHost>]>([
  ['everybody may read it', { paths: '/things: { get: { security: [] } }' }],
  ['one way in is empty', { paths: '/things: { get: { security: [{ bearer: [] }, {}] } }' }],
  ['no credentials are sent', { secured: false }],
  ['no credentials are sent to what is guarded', { secured: false, paths: GUARDED }],
  ['it was asked without credentials', { token: 'none' }],
  ['nobody has such a token', { callers: ['reader', 'other'] }],
])('does not apply where %s', async (_, given) => {
  expect(await on({ expired: LIST }, given)).toMatchObject({ gives: 'not-applicable', calls: [] });
});
