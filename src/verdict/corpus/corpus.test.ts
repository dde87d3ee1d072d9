import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../package.js';
import { readSignatures, type Signatures } from '../signatures.js';
import { diagnoseCase, isRight, readCorpus } from './corpus.js';

let signatures: Signatures;
beforeAll(async () => {
  signatures = await readSignatures(join(PACKAGE_ROOT, 'spec'));
});

/** Judges one half, and says on standard output how well it went. */
async function measure(half: 'seen' | 'held-out') {
  const cases = await readCorpus(half);
  const judged = cases.map((refusal) => ({ refusal, verdict: diagnoseCase(refusal, signatures) }));
  const wrong = judged.filter(({ refusal, verdict }) => !isRight(verdict, refusal));
  const accuracy = (cases.length - wrong.length) / cases.length;
  const percent = (100 * accuracy).toFixed(1);
  process.stdout.write(`corpus, ${half}: ${cases.length - wrong.length} of ${cases.length} right (${percent} %)\n`);
  return { cases, accuracy, wrong };
}

describe('labelled refusals', () => {
  test('are diagnosed right in the seen half', async () => {
    const { accuracy, wrong } = await measure('seen');
    const misses = wrong.map(
      ({ refusal, verdict }) =>
        `${refusal.name}: ${verdict.layer ?? '-'}/${verdict.cause ?? verdict.outcome} (${verdict.confidence ?? '-'})`,
    );
    expect(accuracy, misses.join('\n')).toBeGreaterThanOrEqual(0.95);
    expect(wrong.filter(({ verdict }) => verdict.confidence === 'certain')).toEqual([]);
  });

  // Says how many are missed and how sure the verdict was, but not which: nobody may tune on this half. The aim
  // is 95 %; what was true when it was first measured, on 2026-11-21, is 67 of 74 (90.5 %).
  test('are diagnosed right in the held-out half, and never wrong for certain', async () => {
    const { accuracy, wrong } = await measure('held-out');
    const confidences = wrong.map(({ verdict }) => verdict.confidence ?? verdict.outcome);
    expect(accuracy, `confidence of the misses: ${confidences.join(', ')}`).toBeGreaterThanOrEqual(0.9);
    expect(confidences).not.toContain('certain');
  });
});
