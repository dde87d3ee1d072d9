import { describe, expect, test } from 'vitest';
import { ANSWER_CHECKS } from '../src/checks/answer-checks.js';
import { promiseOf } from '../src/checks/promise-of.js';
import { run } from './run-under-test.js';

for (const operation of run.operations) {
  const { id, outcome, statuses, explanation } = operation;
  describe(id, () => {
    if (outcome === 'skipped') {
      test('was asked', ({ skip }) => {
        skip(explanation);
      });
      return;
    }

    for (const { id: check, promise } of statuses.length > 0 ? ANSWER_CHECKS : []) {
      test(promise, () => {
        const broken = operation.findings.filter(
          (finding) => finding.check === check && finding.severity === 'error',
        );
        expect(broken.map(({ pointer, message }) => `${pointer ?? ''} ${message}`.trim())).toEqual([]);
      });
    }

    for (const { id: check, result, why = '' } of operation.checks ?? []) {
      if (ANSWER_CHECKS.some(({ id }) => id === check)) continue;
      test(promiseOf(check)?.promise ?? check, ({ skip }) => {
        const broken = operation.findings.filter((finding) => finding.check === check);
        const errors = broken.filter(({ severity }) => severity === 'error');
        expect(errors.map(({ message }) => message)).toEqual([]);
        // What standards and practice promise is no more than a warning.
        if (result !== 'passed') skip([...broken.map(({ message }) => message), why].join(' ').trim());
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
