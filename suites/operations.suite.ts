import { describe, expect, test } from 'vitest';
import { run } from './run-under-test.js';

/** What the contract promises of every answer, by the check that finds it broken. */
const PROMISES = [
  { check: 'documented-status', sentence: 'answers with a status that the contract documents' },
  { check: 'content-type', sentence: 'answers in a media type that the contract documents' },
  { check: 'required-headers', sentence: 'answers with every header that the contract requires' },
  { check: 'body', sentence: 'answers with a body of the form that the contract promises' },
] as const;

for (const operation of run.operations) {
  const name = operation.id;
  describe(name, () => {
    const asked = operation.outcome !== 'skipped';
    const answered = operation.statuses.length > 0;

    for (const { check, sentence } of PROMISES) {
      test.runIf(answered)(sentence, () => {
        const broken = operation.findings.filter(
          (finding) => finding.check === check && finding.severity === 'error',
        );
        expect(broken.map(({ pointer, message }) => `${pointer ?? ''} ${message}`.trim())).toEqual([]);
      });
    }

    test.runIf(asked && operation.expected !== null)('does what is expected of it on this target', () => {
      const { outcome, cause, explanation, fix } = operation;
      expect(
        operation.expected?.met,
        `${outcome}${cause === undefined ? '' : ` (${cause})`}: ${explanation} ${fix ?? ''}`,
      ).toBe(true);
    });

    test.runIf(asked && !['works', 'deviates'].includes(operation.outcome))(
      'says why it does not work',
      () => {
        expect(operation.cause, operation.explanation).toBeDefined();
        expect(operation.evidence).not.toEqual([]);
      },
    );

    test.runIf(!asked)(`was asked (${operation.explanation})`, ({ skip }) => {
      skip(operation.explanation);
    });
  });
}
