import { expect, test } from 'vitest';
import type { Bench } from '../impact/bench.js';
import { benchView } from './bench-view.js';

const BENCH: Bench = {
  format: 'conform-bench/1',
  finishedAt: '2026-02-01T12:00:00Z',
  target: { percentile: 'p99', ms: 5 },
  verdict: 'holds',
  judged: { variants: ['proposed'], connection: 'kept' },
};

test.each<[Bench['verdict'], string, string]>([
  // Nobody has said who is right: that is not as good as right.
  ['holds', 'unchecked', 'deviates'],
  ['breaks', 'missed', 'fails'],
  ['uncertain', 'no verdict', 'skipped'],
])('a bench that %s is shown as %s', (verdict, word, slug) => {
  expect(benchView({ ...BENCH, verdict })).toMatchObject({ word, slug, at: '2026-02-01 12:00 UTC' });
});
