import { expect, test } from 'vitest';
import type { EffectReason } from './effect.js';
import type { Refusal } from './gate.js';
import { sentenceOf } from './withheld.js';

const REFUSALS: [Refusal, says: string][] = [
  [{ code: 'policy', effect: 'full', because: 'not-guarded' }, 'nobody says that the host guards it'],
  [{ code: 'declared', effect: 'full' }, 'more than it was intended to do'],
  [{ code: 'method-override' }, 'method override'],
  [{ code: 'elsewhere' }, 'does not go to the address of the target'],
  [{ code: 'no-credentials', caller: 'reader' }, 'for the caller “reader”'],
  [{ code: 'path-changes' }, 'its path changes'],
  [{ code: 'not-created-here' }, 'what this run has not created'],
  [
    { code: 'asked-to-wait', until: new Date('2026-02-26T17:40:59.999Z') },
    'before 2026-02-26 17:40 UTC, and',
  ],
  [{ code: 'records', most: 500 }, 'may fetch 500 records'],
  [{ code: 'checks-of-operation', most: 12 }, 'ask an operation 12 times'],
  [{ code: 'budget', kind: 'spellings' }, 'for spellings is used up'],
];

test.each(REFUSALS)('%j is explained to a person', (refusal, says) => {
  const sentence = sentenceOf(refusal);
  expect(sentence).toContain(says);
  expect(sentence).toMatch(/[^.]$/);
});

const REASONS: EffectReason[] = [
  ...([
    'reads',
    'safe-by-contract',
    'refused-and-harmless',
    'forbidden-body',
    'may-change-something',
  ] as const),
  ...(['refusal-not-seen', 'no-refused-write-beside', 'not-guarded', 'not-harmless'] as const),
];

test('each reason for an effect has a sentence of its own', () => {
  const sentences = REASONS.map((because) => sentenceOf({ code: 'policy', effect: 'full', because }));
  expect(new Set(sentences).size).toBe(REASONS.length);
  for (const sentence of sentences) expect(sentence).toMatch(/^\w.*, and the policy of the run does not/);
});
