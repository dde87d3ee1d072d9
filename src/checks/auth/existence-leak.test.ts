import { expect, test } from 'vitest';
import type { Answer, NoAnswer } from '../../targets/reply.js';
import { checkOn, type CheckedHost } from '../../testing/checks.js';
import { answer, silence } from '../../testing/host.js';
import { existenceLeak } from './existence-leak.js';

const PATHS = `
/boats: { get: {} }
/boats/{boatId}: { get: {} }
`;
const on = (
  foreign: Answer | NoAnswer,
  absent: Answer | NoAnswer,
  given: Partial<CheckedHost> & { theirs?: string[] } = {},
) => {
  const { theirs = ['b-71'], ...rest } = given;
  return checkOn(existenceLeak, {
    ...{ paths: PATHS, operation: 'GET /boats/{boatId}', path: '/boats/b-11', callers: ['other'] },
    host: ({ path, token }) => {
      if (path === '/boats')
        return answer(
          200,
          (token === 'other' ? theirs : ['b-11']).map((id) => ({ id })),
        );
      if (path === '/boats/b-11') return answer(200, { id: 'b-11' });
      return path === '/boats/b-71' ? foreign : absent;
    },
    ...rest,
  });
};

test.each<[what: string, foreign: Answer | NoAnswer, absent: Answer | NoAnswer, gives: string]>([
  ['hides both', answer(404), answer(404), 'passed'],
  ['forbids both', answer(403), answer(403), 'passed'],
  ['forbids what is there', answer(403), answer(404), 'tells-apart'],
  ['forbids what is there, and says that the other is gone', answer(403), answer(410), 'tells-apart'],
  ['shows it', answer(200, { id: 'b-71' }), answer(404), 'inconclusive'],
  ['does not take the form of an id', answer(403), answer(400), 'inconclusive'],
  ['does not take the form of an id of theirs', answer(400), answer(404), 'inconclusive'],
  ['is busy', answer(429), answer(429), 'inconclusive'],
  ['is busy with one', answer(403), answer(429), 'inconclusive'],
  ['fails', answer(500), answer(404), 'inconclusive'],
  ['is silent', silence('ECONNRESET'), answer(404), 'inconclusive'],
  ['knows the caller no more', answer(401), answer(404), 'inconclusive'],
])('a host that %s', async (_, foreign, absent, gives) => {
  expect((await on(foreign, absent)).gives).toBe(gives);
});

test('the statuses that came are said', async () => {
  expect((await on(answer(403), answer(404))).messages).toEqual([
    'it answers 403 to the id of another tenant and 404 to one that nothing has: anybody can find out which ids there are',
  ]);
});

test.each<[what: string, given: Parameters<typeof on>[2]]>([
  [
    'the contract says that it answers 403',
    {
      paths: PATHS.replace(
        '/boats/{boatId}: { get: {} }',
        "/boats/{boatId}: { get: { responses: { '403': {} } } }",
      ),
    },
  ],
  ['nobody else is known', { callers: [] }],
  ['both see the same', { theirs: ['b-11'] }],
  ['another tenant has none', { theirs: [] }],
])('does not apply where %s', async (_, given) => {
  expect((await on(answer(403), answer(404), given)).gives).toBe('not-applicable');
});
