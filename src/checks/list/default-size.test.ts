import { expect, test } from 'vitest';
import { checkOn } from '../../testing/checks.js';
import { answer, type Sent } from '../../testing/host.js';
import { defaultSize } from './default-size.js';

const PATHS = (schema: string, more = '') =>
  `/trays: { get: { parameters: [{ name: limit, in: query, schema: ${schema} ${more} }] } }`;
const trays = (length: number) => answer(200, { data: Array.from({ length }, (_, id) => ({ id })) });

test.each<[what: string, host: (sent: Sent) => ReturnType<typeof answer>, gives: string]>([
  ['keeps to it', () => trays(3), 'passed'],
  ['has less', () => trays(1), 'passed'],
  ['has more', () => trays(4), 'larger-than-default'],
  [
    'adds to what it has found',
    () => answer(200, { entry: [{}, {}, {}, { search: { mode: 'include' } }] }),
    'passed',
  ],
  ...[400, 401, 404, 429, 500].map((status): [string, () => ReturnType<typeof answer>, string] => [
    `answers ${status}`,
    other(answer(status)),
    'inconclusive',
  ]),
  ['breaks off', other(answer(200, '{"a"', {}, 'cut off')), 'inconclusive'],
])('a host that %s', async (_, host, gives) => {
  const paths = PATHS('{ type: integer, default: 3 }');
  expect((await checkOn(defaultSize, { paths, operation: 'GET /trays', host })).gives).toBe(gives);
});

test('asks without the parameter that the run has sent', async () => {
  const found = await checkOn(defaultSize, {
    paths: PATHS('{ type: integer, default: 3 }'),
    operation: 'GET /trays',
    path: '/trays?limit=9',
    host: ({ url }) => trays(url.includes('limit') ? 9 : 3),
  });
  expect(found).toMatchObject({ gives: 'passed', calls: ['GET /trays'] });
});

test('a default of one is kept, and what is no list has no size', async () => {
  const one = { paths: PATHS('{ type: integer, default: 1 }'), operation: 'GET /trays' };
  expect((await checkOn(defaultSize, { ...one, host: () => trays(2) })).gives).toBe('larger-than-default');
  const none = await checkOn(defaultSize, { ...one, host: () => answer(200, { name: 'a' }) });
  expect(none).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test.each([
  '/trays: { get: {} }',
  PATHS('{ type: integer, default: 0 }'),
  PATHS('{ type: integer }'),
  PATHS('{ type: integer, default: 3 }', ', required: true'),
])('is not for %s', async (paths) => {
  const found = await checkOn(defaultSize, { paths, operation: 'GET /trays', host: () => trays(9) });
  expect(found.gives).toBe('not-applicable');
});

/** Answers the first request with a page, and the second one otherwise. */
function other(reply: ReturnType<typeof answer>): () => ReturnType<typeof answer> {
  const replies = [trays(3)];
  return () => replies.pop() ?? reply;
}
