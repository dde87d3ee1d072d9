import { afterAll, expect, test } from 'vitest';
import { growthOf, startCounting } from './counted-work.js';

const counter = await startCounting(import.meta.url);
afterAll(() => {
  counter[Symbol.dispose]();
});

const list = (size: number): number[] => Array.from({ length: size }, (_, index) => index);

/** What is always the same, whatever the size is. */
const start = () => list(10_000).filter((one) => one % 2 === 0).length;

type Work = (size: number) => unknown;

const LINEAR: [what: string, work: Work][] = [
  [
    'a loop',
    (size) => {
      let sum = 0;
      for (const one of list(size)) sum += one;
      return sum;
    },
  ],
  ['a function that is called for each', (size) => list(size).map((one) => one + 1)],
  [
    'a set that is asked for each',
    (size) => {
      const all = new Set(list(size));
      return list(size).filter((one) => all.has(one));
    },
  ],
];

const QUADRATIC: [what: string, work: Work][] = [
  [
    'a loop in a loop',
    (size) => {
      const all = list(size);
      let pairs = 0;
      for (const one of all) for (const other of all) if (one < other) pairs += 1;
      return pairs;
    },
  ],
  [
    'a search for each',
    (size) => {
      const all = list(size);
      return all.map((one) => all.find((other) => other === one));
    },
  ],
  [
    'a loop that waits',
    async (size) => {
      for (const one of list(size)) await Promise.resolve(list(one).map((other) => other - one));
    },
  ],
];

async function growth(work: Work): Promise<number> {
  const count = (size: number) =>
    counter.count(async () => {
      start();
      await work(size);
    });
  return growthOf([await count(100), await count(200), await count(400)]);
}

test.each(LINEAR)('%s is linear', async (_, work) => {
  expect(await growth(work)).toBeCloseTo(2, 5);
});

test.each(QUADRATIC)('%s is quadratic', async (_, work) => {
  expect(await growth(work)).toBeGreaterThan(3.8);
});

test('the same work counts the same, and what was done before it does not count', async () => {
  const work = () => start();
  await counter.count(work);
  const first = await counter.count(work);
  start();
  expect(await counter.count(work)).toBe(first);
  expect(first).toBeGreaterThan(10_000);
});
