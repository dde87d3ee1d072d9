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

test.each<[what: string, ask: () => ReturnType<typeof on>, gives: string]>([
  ['is as fast as others', () => on([20]), 'passed'],
  ['is slow every time', () => on([1800]), 'slow'],
  ['is slow once', () => on([1800, 20]), 'passed'],
  ['is slow twice', () => on([1800, 1700, 300]), 'passed'],
  ['takes less than a second', () => on([900]), 'passed'],
  ['takes a second', () => on([1000]), 'passed'],
  ['takes more than a second', () => on([1001]), 'slow'],
  ['takes five times as long as others', () => on([2000], 400), 'passed'],
  ['takes longer than five times', () => on([2001], 400), 'slow'],
  ['is slow whatever is asked', () => on([1800], 900), 'passed'],
  ['has too few other reads', () => on([1800], 20, 200, 3), 'not-applicable'],
  ...[400, 401, 404, 429, 500].map((status): [string, () => ReturnType<typeof on>, string] => [
    `answers ${status} afterwards`,
    () => on([1800], 20, status),
    'inconclusive',
  ]),
])('a host that %s', async (_, ask, gives) => {
  expect((await ask()).gives).toBe(gives);
});

test.each<[what: string, ask: () => ReturnType<typeof on>, gives: string]>([
  ['is slower than it may be, though all are', () => on([400], 300, 200, 5, 350), 'over-limit'],
  ['is slower than it may be, with no other reads', () => on([400], 20, 200, 0, 350), 'over-limit'],
  ['takes as long as it may', () => on([350], 20, 200, 5, 350), 'passed'],
  ['answers otherwise afterwards', () => on([400], 20, 500, 5, 350), 'inconclusive'],
  ['is slower than it may be, once', () => on([400, 300], 20, 200, 5, 350), 'passed'],
  ['is as slow as it may be', () => on([1800], 20, 200, 5, 2000), 'passed'],
])('a host that by checks.yaml %s', async (_, ask, gives) => {
  expect((await ask()).gives).toBe(gives);
});

test('the least of the durations is said, and that of the others', async () => {
  const { messages, calls } = await on([1800, 1650, 1700]);
  expect(messages).toEqual([
    'each of three answers took at least 1650 ms, while half of the other reads took at most 20 ms',
  ]);
  expect(calls).toHaveLength(2);
});

test('half of the others decide what is slow, and not the slowest of them', async () => {
  const durations: Record<string, number> = { trays: 900, masts: 20, sails: 10, oars: 10, ropes: 900 };
  let asked = 0;
  const found = await checkOn(latency, {
    ...{ paths: PATHS, operation: 'GET /boats' },
    others: NAMES.slice(1).map((name) => ({ operation: `GET /${name}`, path: `/${name}` })),
    host: ({ path }) => ({ ...answer(200, []), durationMs: durations[path.slice(1)] ?? 1500 + (asked += 1) }),
  });
  expect(found.messages).toEqual([
    'each of three answers took at least 1501 ms, while half of the other reads took at most 20 ms',
  ]);
});

test('what checks.yaml allows is said', async () => {
  expect((await on([400], 20, 200, 0, 350)).messages).toEqual([
    'each of three answers took at least 400 ms; checks.yaml allows 350 ms',
  ]);
});

test.each([
  [1_000_000, undefined, 'slow'],
  [1_000_001, undefined, 'inconclusive'],
  [1_000_001, 350, 'over-limit'],
])(
  'an answer of %d bytes that takes its time, with a limit of %s ms, gives %s',
  async (bytes, limit, gives) => {
    const found = await checkOn(latency, {
      ...{ paths: PATHS, operation: 'GET /boats', latencyLimitOf: () => limit },
      others: NAMES.slice(1).map((name) => ({ operation: `GET /${name}`, path: `/${name}` })),
      host: ({ path }) => ({
        ...{ ...answer(200, []), durationMs: path === '/boats' ? 1800 : 20 },
        body: Buffer.alloc(bytes, ' '),
      }),
    });
    expect(found.gives).toBe(gives);
  },
);
