import { expect, test } from 'vitest';
import { checkOn, type CheckedHost } from '../../testing/checks.js';
import { answer, silence } from '../../testing/host.js';
import { tokenPlace } from './token-place.js';

const GUARDED = '/boats: { get: { security: [{ bearer: [] }] } }';
type Reply = ReturnType<typeof answer> | ReturnType<typeof silence>;
const on = (small: Reply, again: Reply = answer(200, []), secured = true) => {
  let asked = 0;
  return checkOn(tokenPlace, {
    ...{ paths: '/boats: { get: {} }', operation: 'GET /boats', secured },
    host: ({ smallScheme }) => {
      if (smallScheme) return small;
      asked += 1;
      return asked === 1 ? answer(200, []) : again;
    },
  });
};

test.each<[what: string, small: Reply, gives: string]>([
  ['takes them', answer(200, []), 'passed'],
  ['takes them, and has less', answer(204), 'passed'],
  ...[400, 401, 403].map((status): [string, Reply, string] => [
    `refuses them with ${status}`,
    answer(status),
    'small-letters-refused',
  ]),
  ...[404, 429, 500].map((status): [string, Reply, string] => [
    `answers ${status}`,
    answer(status),
    'inconclusive',
  ]),
  ['does not answer', silence('ECONNRESET'), 'inconclusive'],
])('a host that %s', async (_, small, gives) => {
  expect((await on(small)).gives).toBe(gives);
});

test('who refuses its own form by now as well refuses it for another reason', async () => {
  expect((await on(answer(401), answer(401))).gives).toBe('inconclusive');
});

test('asks with the credentials of the run, in the header only', async () => {
  const { sent } = await on(answer(200, []));
  expect(sent.map(({ method, path, token, smallScheme }) => [method, path, token, smallScheme])).toEqual([
    ['GET', '/boats', 'valid', true],
  ]);
});

test('says by which answer they were refused', async () => {
  expect((await on(answer(401))).messages).toEqual([expect.stringContaining('401')]);
});

test.each<[what: string, given: Partial<CheckedHost>]>([
  ['no credentials are sent to what is guarded', { secured: false, paths: GUARDED }],
  ['it was asked without credentials', { token: 'none' }],
  ['everybody may read it', { paths: '/boats: { get: { security: [{ bearer: [] }, {}] } }' }],
])('does not apply where %s', async (_, given) => {
  const found = await checkOn(tokenPlace, {
    ...{ paths: '/boats: { get: {} }', operation: 'GET /boats', host: () => answer(401) },
    ...given,
  });
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test('applies only where there are credentials behind a scheme', async () => {
  expect(await on(answer(401), answer(200), false)).toMatchObject({ gives: 'not-applicable', calls: [] });
});
