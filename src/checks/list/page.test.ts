import { expect, test } from 'vitest';
import { resultOn } from '../../testing/checks.js';
import { answer, type Sent } from '../../testing/host.js';
import { pageOf, queryOf } from './page.js';

const PATHS = '/boats: { get: {} }';
const FULL = { data: [{ id: 1 }, { id: 2 }], total: 7, next: '/boats?page=2' };
/** What comes of the second request; the first one gives a list. */
const pageOn = (reply: ReturnType<typeof answer>) =>
  resultOn(
    function* (subject) {
      return yield* pageOf(subject, subject.request.same('a page', { query: { page: '1' } }));
    },
    {
      ...{ paths: PATHS, operation: 'GET /boats' },
      host: ({ url }: Sent) => (url.includes('?') ? reply : answer(200, FULL)),
    },
  );

test('a page has its things, the total, what is next and what was asked for', async () => {
  const { result } = await pageOn(answer(200, FULL));
  expect(result).toMatchObject({
    body: FULL,
    things: FULL.data,
    total: 7,
    next: { kind: 'link', link: '/boats?page=2' },
  });
  expect(result && [...queryOf(result.ask)]).toEqual([['page', '1']]);
});

test('what an answer does not say is undefined', async () => {
  const { result } = await pageOn(answer(200, []));
  expect(result).toMatchObject({ things: [], total: undefined, next: undefined });
});

test.each([
  ['an error that has a list', answer(500, FULL)],
  ['a refusal', answer(400)],
  ['a redirect', answer(304, FULL)],
  ['what is no list', answer(200, { name: 'a' })],
  ['what is cut off', answer(200, '{"a"', {}, 'cut off')],
])('%s is no page', async (_, reply) => {
  expect((await pageOn(reply)).result).toBeUndefined();
});

test('where the read is no list, nothing is a page', async () => {
  const { result } = await resultOn(
    function* (subject) {
      return [yield* pageOf(subject, subject.request.same('a page'))];
    },
    { paths: PATHS, operation: 'GET /boats', host: () => answer(200, { name: 'a' }) },
  );
  expect(result).toEqual([undefined]);
});
