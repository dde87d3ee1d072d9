import { describe, expect, test } from 'vitest';
import { noAnswers } from '../../../packages/caller-id/src/bench/answers.js';
import {
  benchResultOf,
  closedLoopOf,
  openLoopOf,
} from '../../../packages/caller-id/src/testing/bench-result.js';
import { printed } from '../../testing/printed.js';
import { printBench } from './bench.js';

const slow = {
  ...{ p50: 50.8, p99: 51, overTarget: 1, overTargetInterval: { low: 0.9, high: 1 } },
  judgement: 'breaks' as const,
};
const RESULTS = [
  benchResultOf(),
  benchResultOf({
    rows: [closedLoopOf(slow), closedLoopOf({ ...slow, rows: 1_000_000, variant: 'two-connections' })],
    openLoop: [openLoopOf(slow)],
    noise: ['SELECT 1 itself took longer than 5 ms in 3.7 % of cases (16 at a time)'],
    edgeCases: ['anonymous', 'short code', 'emergency number', 'percent sign', 'ten zeros', 'no number'].map(
      (name) => ({ variant: 'own', name, expected: null, named: { kind: 'a', id: '1' }, right: false }),
    ),
  }),
  benchResultOf({ truth: null, answers: { ...noAnswers(), asked: 30 } }),
];

describe('what the terminal says of a bench', () => {
  test('begins with the verdict, in a sentence', () => {
    const heads = RESULTS.map(
      (result) =>
        printed((io) => {
          printBench(result, io);
        }, 140).split('\n')[0],
    );
    expect(heads).toEqual([
      expect.stringMatching(/^The target holds\. Fast enough and right: /),
      expect.stringMatching(/^The target is missed\. Wrong answers to calls /),
      'No verdict. It named nobody for any of 30 numbers; --truth FILE says who should be found.',
    ]);
  });

  test.each([60, 80, 140])('fits %i characters', (columns) => {
    for (const result of RESULTS) {
      const lines = printed((io) => {
        printBench(result, io);
      }, columns).split('\n');
      expect(lines.filter(({ length }) => length > columns)).toEqual([]);
    }
  });

  test('has more columns where there is room for them, and the floor from 80 characters on', () => {
    const [narrow, usual, wide] = [60, 80, 140].map((columns) =>
      printed((io) => {
        printBench(benchResultOf(), io);
      }, columns),
    );
    expect(narrow).not.toContain('floor');
    expect(usual).toContain('floor');
    expect(usual).not.toContain('samples');
    expect(wide).toContain('samples');
  });

  test('names the size of the tables, not the length of the file', () => {
    expect(
      printed((io) => {
        printBench(benchResultOf(), io);
      }, 140),
    ).toContain('19,101 rows in public.people');
  });

  test('of calls without a number says nothing where everybody is nobody', () => {
    const text = printed((io) => {
      printBench(benchResultOf({ edgeCases: [] }), io);
    });
    expect(text).not.toContain('of 0 right');
  });
});
