import { expect, test } from 'vitest';
import type { Answer, NoAnswer } from '../../targets/reply.js';
import { checkOn, type CheckedHost } from '../../testing/checks.js';
import { answer, silence } from '../../testing/host.js';
import { existenceLeak } from './existence-leak.js';

const PATHS = `
/boats: { get: {} }
/boats/{boatId}: { get: {} }
`;
const GUARDED = `
/boats: { get: { security: [{ bearer: [] }] } }
/boats/{boatId}: { get: { security: [{ bearer: [] }] } }
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
  [
    'the contract says that it answers some refusal',
    {
      paths: PATHS.replace(
        '/boats/{boatId}: { get: {} }',
        "/boats/{boatId}: { get: { responses: { '4XX': {} } } }",
      ),
    },
  ],
  ['it was asked without credentials', { token: 'none' }],
  ['no credentials are sent to what is guarded', { secured: false, paths: GUARDED }],
  ['everybody may read the list', { paths: PATHS.replace('{ get: {} }', '{ get: { security: [] } }') }],
  ['nothing lists it', { paths: PATHS.replace('/boats: { get: {} }', '/ships: { get: {} }') }],
  ['what lists it cannot be read', { paths: PATHS.replace('/boats: { get: {} }', '/boats: { post: {} }') }],
  [
    'it is below another thing',
    {
      ...{ paths: '/boats/{boatId}/{markId}: { get: {} }\n/boats/{boatId}: { get: {} }\n' },
      ...{ operation: 'GET /boats/{boatId}/{markId}', path: '/boats/b-11/m-1' },
    },
  ],
  ['nobody else is known', { callers: [] }],
  ['both see the same', { theirs: ['b-11'] }],
  ['another tenant has none', { theirs: [] }],
])('does not apply where %s', async (_, given) => {
  expect((await on(answer(403), answer(404), given)).gives).toBe('not-applicable');
});

test.each<[what: string, ours: Answer | NoAnswer, theirs: Answer | NoAnswer]>([
  ['our list fails', answer(500), answer(200, [{ id: 'b-71' }])],
  ['our list does not come', silence('ECONNRESET'), answer(200, [{ id: 'b-71' }])],
  ['things of our list have no id', answer(200, [{ name: 'a' }]), answer(200, [{ id: 'b-71' }])],
  ['our list is none', answer(200, 'a text'), answer(200, [{ id: 'b-71' }])],
  ['their list is refused', answer(200, [{ id: 'b-11' }]), answer(403)],
  [
    'things of theirs have no id',
    answer(200, [{ id: 'b-11' }]),
    answer(200, [{ id: 'b-71' }, { name: 'b' }]),
  ],
])('where %s, nothing is found out', async (_, ours, theirs) => {
  const { gives } = await on(answer(403), answer(404), {
    host: ({ path, token }) => {
      if (path === '/boats') return token === 'other' ? theirs : ours;
      if (path === '/boats/b-11') return answer(200, { id: 'b-11' });
      return path === '/boats/b-71' ? answer(403) : answer(404);
    },
  });
  expect(gives).toBe('inconclusive');
});

test('two lists are the same where one of them writes the same ids in capital letters', async () => {
  expect((await on(answer(403), answer(404), { theirs: ['B-11', 'b-71'] })).gives).toBe('not-applicable');
});
