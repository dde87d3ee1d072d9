import { describe, expect, test } from 'vitest';
import { run } from './run-under-test.js';

/** What the contract promises of every answer, by the check that finds it broken. */
const PROMISES = [
  { check: 'documented-status', sentence: 'answers with a status that the contract documents' },
  { check: 'content-type', sentence: 'answers in a media type that the contract documents' },
  { check: 'required-headers', sentence: 'answers with every header that the contract requires' },
  { check: 'header-values', sentence: 'answers with headers of the form that the contract promises' },
  { check: 'body', sentence: 'answers with a body of the form that the contract promises' },
] as const;

for (const operation of run.operations) {
  const { id, outcome, statuses, explanation } = operation;
  describe(id, () => {
    if (outcome === 'skipped') {
      test('was asked', ({ skip }) => {
        skip(explanation);
      });
      return;
    }

    for (const { check, sentence } of statuses.length > 0 ? PROMISES : []) {
      test(sentence, () => {
        const broken = operation.findings.filter(
          (finding) => finding.check === check && finding.severity === 'error',
        );
        expect(broken.map(({ pointer, message }) => `${pointer ?? ''} ${message}`.trim())).toEqual([]);
      });
    }

    if (operation.expected !== null) {
      test('does what is expected of it on this target', () => {
        const { cause, fix } = operation;
        const found = `${outcome}${cause === undefined ? '' : ` (${cause})`}: ${explanation} ${fix ?? ''}`;
        expect(operation.expected?.met, found).toBe(true);
      });
    }

    if (outcome !== 'works' && outcome !== 'deviates') {
      test('says why it does not work', () => {
        expect(operation.cause, explanation).toBeDefined();
        expect(operation.evidence).not.toEqual([]);
      });
    }
  });
}
