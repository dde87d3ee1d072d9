import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../package.js';
import { readSignatures, type Signatures } from '../signatures.js';
import { diagnoseCase, isRight, readCorpus } from './corpus.js';

let signatures: Signatures;
beforeAll(async () => {
  signatures = await readSignatures(join(PACKAGE_ROOT, 'spec'));
});

/** Judges one part, and says on standard output how well it went. */
async function measure(part: 'seen' | 'held-out') {
  const cases = await readCorpus(part);
  const judged = cases.map((refusal) => ({ refusal, verdict: diagnoseCase(refusal, signatures) }));
  const wrong = judged.filter(({ refusal, verdict }) => !isRight(verdict, refusal));
  const accuracy = (cases.length - wrong.length) / cases.length;
  const percent = (100 * accuracy).toFixed(1);
  process.stdout.write(`corpus, ${part}: ${cases.length - wrong.length} of ${cases.length} right (${percent} %)\n`);
  return { cases, accuracy, wrong };
}

describe('labelled refusals', () => {
  test('are diagnosed right in the seen part', async () => {
    const { accuracy, wrong } = await measure('seen');
    const misses = wrong.map(
      ({ refusal, verdict }) =>
        `${refusal.name}: ${verdict.layer ?? '-'}/${verdict.cause ?? verdict.outcome} (${verdict.confidence ?? '-'})`,
    );
    expect(accuracy, misses.join('\n')).toBe(1);
  });

  // Says how many are missed and how sure the verdict was, but not which: nobody may tune on this part. What was
  // true when it was first measured, on 2026-11-21, is 63 of 71 (88.7 %), and 6 of the 8 misses were called no more
  // than possible. When it is labelled again, what is here moves to the seen part.
  test('are diagnosed right in the held-out part as often as when it was first measured', async () => {
    const { accuracy, wrong } = await measure('held-out');
    const confidences = wrong.map(({ verdict }) => verdict.confidence ?? verdict.outcome);
    expect(accuracy, `confidence of the misses: ${confidences.join(', ')}`).toBeGreaterThanOrEqual(0.88);
    expect(confidences.filter((confidence) => confidence === 'likely').length).toBeLessThanOrEqual(2);
  });

  test('are diagnosed right in 95 of 100, and never wrong for certain', async () => {
    const [seen, heldOut] = await Promise.all([measure('seen'), measure('held-out')]);
    const wrong = [...seen.wrong, ...heldOut.wrong];
    expect(1 - wrong.length / (seen.cases.length + heldOut.cases.length)).toBeGreaterThanOrEqual(0.95);
    expect(wrong.filter(({ verdict }) => verdict.confidence === 'certain')).toEqual([]);
  });
});
