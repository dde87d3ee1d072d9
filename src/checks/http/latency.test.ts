import { expect, test } from 'vitest';
import { checkOn } from '../../testing/checks.js';
import { answer } from '../../testing/host.js';
import { latency } from './latency.js';

const NAMES = ['boats', 'trays', 'masts', 'sails', 'oars', 'ropes'];
const PATHS = NAMES.map((name) => `/${name}: { get: {} }`).join('\n');

/** @param durations of the answers of `/boats`, the last one of all further ones */
function on(durations: number[], others = 20, status = 200, known = NAMES.length - 1, limit?: number) {
  let asked = 0;
  return checkOn(latency, {
    paths: PATHS,
    operation: 'GET /boats',
    latencyLimitOf: (operation) => (operation === 'GET /boats' ? limit : undefined),
    others: NAMES.slice(1, 1 + known).map((name) => ({ operation: `GET /${name}`, path: `/${name}` })),
    host: ({ path }) => {
      if (path !== '/boats') return { ...answer(200, []), durationMs: others };
      const durationMs = durations[Math.min(asked, durations.length - 1)] ?? 0;
      asked += 1;
      return { ...answer(asked === 1 ? 200 : status, []), durationMs };
    },
  });
}

test.each<[what: string, came: ReturnType<typeof on>, gives: string]>([
  ['is as fast as others', on([20]), 'passed'],
  ['is slow every time', on([1800]), 'slow'],
  ['is slow once', on([1800, 20]), 'passed'],
  ['is slow twice', on([1800, 1700, 300]), 'passed'],
  ['takes less than a second', on([900]), 'passed'],
  ['is slow whatever is asked', on([1800], 900), 'passed'],
  ['has too few other reads', on([1800], 20, 200, 3), 'not-applicable'],
  ...[400, 401, 404, 429, 500].map((status): [string, ReturnType<typeof on>, string] => [
    `answers ${status} afterwards`,
    on([1800], 20, status),
    'inconclusive',
  ]),
])('a host that %s', async (_, came, gives) => {
  expect((await came).gives).toBe(gives);
});

test.each<[what: string, came: ReturnType<typeof on>, gives: string]>([
  ['is slower than it may be, though all are', on([400], 300, 200, 5, 350), 'over-limit'],
  ['is slower than it may be, with no other reads', on([400], 20, 200, 0, 350), 'over-limit'],
  ['is slower than it may be, once', on([400, 300], 20, 200, 5, 350), 'passed'],
  ['is as slow as it may be', on([1800], 20, 200, 5, 2000), 'passed'],
])('a host that by checks.yaml %s', async (_, came, gives) => {
  expect((await came).gives).toBe(gives);
});

test('the least of the durations is said, and that of the others', async () => {
  const { messages, calls } = await on([1800, 1650, 1700]);
  expect(messages).toEqual([
    'each of three answers took at least 1650 ms, while half of the other reads took at most 20 ms',
  ]);
  expect(calls).toHaveLength(2);
});
