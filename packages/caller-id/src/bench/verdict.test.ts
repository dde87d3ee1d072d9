import { describe, expect, test } from 'vitest';
import type { Answers, Floor, Loop } from 'wellsky-conform/kit';
import { closedLoopOf, evidenceOf, openLoopOf } from '../testing/bench-result.js';
import { noAnswers } from './answers.js';
import { noiseOf } from './noise.js';
import { isClear, repeated } from './repeat.js';
import { sumUp, type Evidence } from './verdict.js';

/** A loop of which a share is above the target. */
function missing(overTarget: number, low: number, changes: Partial<Loop> = {}): Partial<Loop> {
  return { overTarget, overTargetInterval: { low, high: 1 }, judgement: 'breaks', ...changes };
}

const NOISE = ['SELECT 1 itself took longer'];

function answersOf(changes: Partial<Answers>): Answers {
  return { ...noAnswers(), asked: 30, somebody: 28, ...changes };
}

describe('the verdict that a person would give', () => {
  test.each<[what: string, verdict: string, cause: string | null, changes: Partial<Evidence>]>([
    ['right and fast', 'holds', null, {}],
    [
      'every lookup above the target, on a busy machine',
      'breaks',
      'slow',
      { rows: [closedLoopOf(missing(1, 0.44))], noise: NOISE },
    ],
    [
      'far more lookups than SELECT 1 above the target, on a busy machine',
      'breaks',
      'slow',
      { rows: [closedLoopOf(missing(0.6, 0.5, { floorOver: 0.2 }))], noise: NOISE },
    ],
    [
      'a few lookups above the target, on a busy machine',
      'uncertain',
      'restless',
      { rows: [closedLoopOf(missing(0.05, 0.03, { floorOver: 0.02 }))], noise: NOISE },
    ],
    [
      'a few lookups above the target, on a quiet machine',
      'breaks',
      'slow',
      { rows: [closedLoopOf(missing(0.05, 0.03))] },
    ],
    [
      'too slow only where calls come in at a fixed rate',
      'breaks',
      'slow',
      { openLoop: [openLoopOf(missing(1, 0.99))], noise: NOISE },
    ],
    [
      'above the target at a fixed rate, as SELECT 1 was',
      'uncertain',
      'restless',
      { openLoop: [openLoopOf(missing(0.3, 0.26, { floorOver: 0.2 }))], noise: NOISE },
    ],
    [
      'what the verdict is not about may be slow',
      'holds',
      null,
      {
        rows: [closedLoopOf(), closedLoopOf({ ...missing(1, 0.9), judged: false, connection: 'per-call' })],
      },
    ],
    ['finds nobody', 'breaks', 'missing', { answers: answersOf({ missing: 28 }) }],
    [
      'finds nobody, and nobody has said who should be found',
      'uncertain',
      'names nobody',
      { truth: null, answers: answersOf({ somebody: 0 }) },
    ],
    [
      'names somebody, and nobody has said who is right',
      'holds',
      null,
      { truth: null, answers: answersOf({ somebody: 0, named: 28 }) },
    ],
    ['finds the wrong ones', 'breaks', 'wrong', { answers: answersOf({ named: 28, wrong: 28 }) }],
    ['names one wrong person', 'breaks', 'wrong', { answers: answersOf({ named: 28, found: 27, wrong: 1 }) }],
    ['is wrong only while it is measured', 'breaks', 'missing', { rows: [closedLoopOf({ wrong: 1 })] }],
    [
      'sleeps',
      'breaks',
      'timed out',
      { answers: answersOf({ asked: 3, somebody: 3, timedOut: 3 }), rows: [], openLoop: [] },
    ],
    [
      'fails',
      'breaks',
      'failed',
      { answers: answersOf({ failed: 30, errors: ['P0001'] }), rows: [], openLoop: [] },
    ],
    ['fails only while it is measured', 'breaks', 'failed', { rows: [closedLoopOf({ failed: 1 })] }],
    [
      'names somebody where the number is withheld',
      'breaks',
      'edge cases',
      {
        edgeCases: [
          { variant: 'own', name: 'anonymous', expected: null, named: { kind: 'a', id: '1' }, right: false },
        ],
      },
    ],
    ['stopped', 'uncertain', 'stopped', { complete: false }],
    ['nothing measured', 'uncertain', 'not measured', { rows: [], openLoop: [] }],
    ['too few samples', 'uncertain', 'few samples', { rows: [closedLoopOf({ judgement: 'uncertain' })] }],
    [
      'one way and then the other',
      'uncertain',
      'restless',
      { rows: [closedLoopOf({ judgement: 'uncertain', attempts: 2 })] },
    ],
  ])('%s: %s', (_, verdict, cause, changes) => {
    expect(sumUp(evidenceOf(changes), ['own'])).toMatchObject({ verdict, cause });
  });

  test('says the shares that were found and that are wrong', () => {
    const { because } = sumUp(evidenceOf({ answers: answersOf({ named: 28, found: 21, wrong: 7 }) }), [
      'own',
    ]);
    expect(because[0]).toContain('7 of 30 (23.3 %) lookups');
    expect(because[0]).toContain('21 of 28 (75.0 %) callers');
  });

  test('of an error says the code, and not the words', () => {
    const { because } = sumUp(evidenceOf({ answers: answersOf({ failed: 1, errors: ['22P02'] }) }), ['own']);
    expect(because.join()).toContain('SQLSTATE 22P02');
  });

  test('says when not all numbers were asked', () => {
    expect(sumUp(evidenceOf({ unasked: 12 }), ['own']).because.join()).toContain('12 numbers were not asked');
  });
});

describe('what misses its target is measured again', () => {
  const { signal } = new AbortController();

  function play(...loops: Partial<Loop>[]) {
    const left = loops.map((loop) => closedLoopOf(loop));
    return repeated(() => Promise.resolve(left.shift() ?? closedLoopOf()), 99, signal);
  }

  const little = missing(0.05, 0.03);

  test.each<[what: string, judgement: string, attempts: number, loops: Partial<Loop>[]]>([
    ['what holds is not', 'holds', 1, [{}]],
    ['missed by every lookup each time', 'breaks', 3, [missing(1, 0.44), missing(1, 0.44), missing(1, 0.44)]],
    ['missed by every lookup, but once', 'uncertain', 2, [missing(1, 0.44), {}]],
    ['what the verdict is not about is not', 'breaks', 1, [{ ...little, judged: false }]],
    ['missed each time', 'breaks', 3, [little, little, little]],
    ['missed once, and nothing else to blame', 'uncertain', 2, [little, {}]],
    ['missed once, while SELECT 1 was slow before', 'holds', 2, [{ ...little, floorOver: 0.05 }, {}]],
    ['missed once, while SELECT 1 was slow after', 'holds', 2, [little, { floorOver: 0.05 }]],
    ['uncertain in the end', 'uncertain', 2, [{ ...little, floorOver: 0.05 }, { judgement: 'uncertain' }]],
  ])('%s', async (_, judgement, attempts, loops) => {
    expect(await play(...loops)).toMatchObject({ judgement, attempts });
  });

  test('every lookup above the target is clear, whatever SELECT 1 took', () => {
    expect(isClear({ overTarget: 1, overTargetInterval: { low: 0.2, high: 1 }, floorOver: 1 })).toBe(true);
    expect(isClear({ overTarget: 0.4, overTargetInterval: { low: 0.3, high: 0.5 }, floorOver: 0.2 })).toBe(
      false,
    );
  });
});

describe('noise is noted', () => {
  const floorOf = (changes: Partial<Floor>): Floor => ({
    ...{ rows: 100, concurrency: 1, connection: 'kept', over: 0 },
    ...{ p50: 0.1, p90: 0.1, p95: 0.1, p99: 0.1, p999: 0.1, max: 0.1 },
    ...changes,
  });
  const noise = (...floors: Floor[]) => noiseOf(floors, [], [], { ms: 5, percentile: 99 }).join();

  test('of the floor beside a closed loop, and beside an open loop', () => {
    expect(noise(floorOf({}))).toBe('');
    expect(noise(floorOf({ over: 0.02, concurrency: 16 }))).toContain('(16 at a time)');
    expect(noise(floorOf({ over: 0.02, concurrency: 16, ratePerSecond: 500 }))).toContain('(500 a second)');
    expect(noise(floorOf({ over: 0.02, connection: 'per-call' }))).toBe('');
  });

  test('of a floor that moves', () => {
    expect(noise(floorOf({}), floorOf({ p50: 0.3 }))).toContain('between 0.1 and 0.3 ms');
  });

  test('of a loop that missed the target once, and not again', () => {
    const again = closedLoopOf({ attempts: 2 });
    expect(noiseOf([], [again], [openLoopOf({ attempts: 2 })], { ms: 5, percentile: 99 })).toHaveLength(2);
  });
});
