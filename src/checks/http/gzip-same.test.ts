import { expect, test } from 'vitest';
import type { Json } from '../../json.js';
import type { Answer, NoAnswer } from '../../targets/reply.js';
import { checkOn } from '../../testing/checks.js';
import { answer, silence, type Sent } from '../../testing/host.js';
import { gzipSame } from './gzip-same.js';

const GZIP = { 'content-encoding': 'gzip' };
const BODY = { data: [{ id: 1, name: 'a' }] };
const on = (host: (isPacked: boolean) => Answer | NoAnswer) =>
  checkOn(gzipSame, {
    ...{ paths: '/things: { get: {} }', operation: 'GET /things' },
    host: ({ headers }: Sent) => host(headers['accept-encoding'] === 'gzip'),
  });
const packs = (packed: Answer | NoAnswer) => on((isPacked) => (isPacked ? packed : answer(200, BODY)));

test.each<[what: string, packed: Answer | NoAnswer, gives: string]>([
  ['says the same', answer(200, BODY, GZIP), 'passed'],
  ['has another order of members', answer(200, { data: [{ name: 'a', id: 1 }] }, GZIP), 'passed'],
  ['says something else', answer(200, { data: [] }, GZIP), 'differs'],
  ['packs wrongly', answer(200, '', GZIP, 'wrongly compressed'), 'broken'],
  ['does not pack', answer(200, BODY), 'not-applicable'],
  ['cuts it', answer(200, '{"a"', GZIP, 'cut off'), 'inconclusive'],
  ['packs no JSON', answer(200, '<p>', GZIP), 'inconclusive'],
  ['is silent', silence('ECONNRESET'), 'inconclusive'],
  ...[400, 401, 404, 429, 500].map((status): [string, Answer, string] => [
    `answers ${status}`,
    answer(status, {}, GZIP),
    'inconclusive',
  ]),
])('a host that %s', async (_, packed, gives) => {
  expect((await packs(packed)).gives).toBe(gives);
});

/** A host that gives these bodies in turn: the first before the check, then plain, packed, plain, packed. */
const inTurn = async (...bodies: Json[]) => {
  let asked = 0;
  const found = await on((isPacked) => answer(200, bodies[asked++] ?? null, isPacked ? GZIP : {}));
  return found.gives;
};

test('what changes by itself is not blamed', async () => {
  expect([
    await inTurn([0], [1], [2], [3]),
    await inTurn([0], [1], [2], [1], [3]),
    await inTurn([0], [1], [2], [1], [1]),
  ]).toEqual(['inconclusive', 'inconclusive', 'inconclusive']);
});

test('what can be unpacked later is not blamed', async () => {
  let asked = 0;
  const found = await on((isPacked) =>
    isPacked && (asked += 1) === 1
      ? answer(200, '', GZIP, 'wrongly compressed')
      : answer(200, BODY, isPacked ? GZIP : {}),
  );
  expect(found.gives).toBe('inconclusive');
});

test('what does not answer plainly is not compared', async () => {
  let asked = 0;
  const found = await on((isPacked) =>
    (asked += 1) === 1 ? answer(200, BODY) : answer(isPacked ? 200 : 429, BODY, isPacked ? GZIP : {}),
  );
  expect(found.gives).toBe('inconclusive');
});

test('applies only to JSON', async () => {
  expect(await on(() => answer(200, 'a,b'))).toMatchObject({ gives: 'not-applicable', calls: [] });
});
