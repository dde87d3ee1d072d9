import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../../src/clock.js';
import { standingClock } from '../../../../src/testing/clock.js';
import type { Answer, Ask } from './ask.js';
import { closedLoop } from './closed-loop.js';
import { openLoop } from './open-loop.js';
import { judge, wilson } from './wilson.js';

const next = () => ({ input: '', expected: null });
const NOBODY: Answer = { kind: 'named', named: null };
const signal = new AbortController().signal;

const STALL_MS = 200;

describe('a stall of 200 ms', () => {
  test('is charged to every call that waited, when calls come in at a fixed rate', async () => {
    const clock = standingClock();
    // Time goes on by half a millisecond a turn of the event loop.
    const turn = () => setImmediate(() => (clock.advance(0.5), done ? undefined : turn()));
    let done = false;
    let asked = 0;
    const stalling: Ask = async () => {
      if (++asked === 100) await clock.sleep(STALL_MS);
      return NOBODY;
    };
    turn();
    const { latencies } = await openLoop({
      askers: [stalling],
      next,
      targetMs: 50,
      ratePerSecond: 500,
      durationMs: 1000,
      signal,
      clock,
    });
    done = true;
    expect(latencies.count).toBe(500);
    // 200 ms at 500 a second are 100 calls; those that came in the first 150 ms of it waited for 50 or more.
    expect(latencies.over).toBe(75);
  });

  test('is one call of many, when the next call waits for the last: why there is an open loop', async () => {
    const clock = standingClock();
    let asked = 0;
    const stalling: Ask = () => {
      clock.advance(++asked === 100 ? STALL_MS : 0.1);
      return Promise.resolve(NOBODY);
    };
    const { latencies } = await closedLoop({
      askers: [stalling],
      next,
      targetMs: 150,
      percentile: 99,
      samples: 1000,
      patienceMs: 4_000,
      hopeless: false,
      signal,
      clock,
    });
    expect(latencies.count).toBeGreaterThanOrEqual(1000);
    expect(latencies.over).toBe(1);
  });
});

test('wrong answers are counted in both loops', async () => {
  const askers: Ask[] = [() => Promise.resolve({ kind: 'named', named: { kind: 'staff', id: '1' } })];
  const common = { askers, next, targetMs: 60_000, signal, clock: systemClock };
  const closed = await closedLoop({
    ...common,
    percentile: 99,
    samples: 400,
    patienceMs: 4_000,
    hopeless: false,
  });
  expect(closed.answers.wrong).toBe(closed.latencies.count);
  const open = await openLoop({ ...common, ratePerSecond: 100, durationMs: 100 });
  expect(open.answers.wrong).toBe(10);
});

describe('the interval of a share', () => {
  // Computed by hand from Wilson’s formula with z = 1.96.
  for (const [hits, of, low, high] of [
    [0, 10, 0, 0.2775],
    [5, 10, 0.2366, 0.7634],
    [1, 100, 0.0018, 0.0545],
    [10, 10, 0.7225, 1],
  ] as const) {
    test(`${hits} of ${of}`, () => {
      const interval = wilson(hits, of);
      expect(interval.low).toBeCloseTo(low, 3);
      expect(interval.high).toBeCloseTo(high, 3);
    });
  }

  test('a p99 is proven from 381 samples without one above, and not from fewer', () => {
    expect(judge(0, 380, 99)).toBe('uncertain');
    expect(judge(0, 381, 99)).toBe('holds');
    expect(judge(3, 3, 99)).toBe('breaks');
    expect(judge(0, 0, 99)).toBe('uncertain');
  });
});
