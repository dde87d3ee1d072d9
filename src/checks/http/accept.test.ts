import { expect, test } from 'vitest';
import type { Answer, NoAnswer } from '../../targets/reply.js';
import { checkOn } from '../../testing/checks.js';
import { answer, silence, type Sent } from '../../testing/host.js';
import { accept } from './accept.js';

const content = '{ application/json: {}, text/csv: {}, "text/*": {} }';
const PATHS = `/things: { get: { responses: { 200: { description: all, content: ${content} } } } }`;
const NONE = 'application/pdf';
const on = (host: (accept: string) => Answer | NoAnswer, paths = PATHS) =>
  checkOn(accept, {
    ...{ paths, operation: 'GET /things' },
    host: ({ headers }: Sent) => host(headers['accept'] ?? ''),
  });
const JSON_LIST = answer(200, []);

test.each<[what: string, none: Answer | NoAnswer, csv: Answer | NoAnswer, gives: string]>([
  ['has a default', JSON_LIST, JSON_LIST, 'passed'],
  [
    'refuses what it does not know',
    answer(406),
    answer(200, 'a,b', { 'content-type': 'text/csv' }),
    'passed',
  ],
  ['calls it an odd media type', answer(415), JSON_LIST, 'passed'],
  ['fails', answer(500), JSON_LIST, 'fails'],
  ['refuses what is described', answer(406), answer(406), 'refuses-described'],
  ['does both', answer(500), answer(406), 'fails, refuses-described'],
  ['calls it a bad request', answer(400), JSON_LIST, 'inconclusive'],
  ['wants credentials', answer(401), JSON_LIST, 'inconclusive'],
  ['finds nothing', answer(404), JSON_LIST, 'inconclusive'],
  ['is asked too often', answer(429), answer(429), 'inconclusive'],
  ['is silent', silence('ECONNRESET'), JSON_LIST, 'inconclusive'],
  ['fails for what is described', answer(406), answer(500), 'passed'],
])('a host that %s', async (_, none, csv, gives) => {
  const found = await on((type) => (type === NONE ? none : type === 'text/csv' ? csv : JSON_LIST));
  expect(found.gives).toBe(gives);
});

test('what does not work otherwise either is not blamed', async () => {
  let asked = 0;
  expect((await on(() => ((asked += 1) === 1 ? JSON_LIST : answer(503)))).gives).toBe('inconclusive');
});

test('says which one it refuses', async () => {
  const { messages } = await on((type) => (type === 'text/csv' ? answer(406) : JSON_LIST));
  expect(messages).toEqual([expect.stringContaining('text/csv')]);
});

test('where nothing is described, only the odd one is asked for', async () => {
  const { gives, calls } = await on(() => JSON_LIST, '/things: { get: {} }');
  expect([gives, calls.length]).toEqual(['passed', 1]);
});
