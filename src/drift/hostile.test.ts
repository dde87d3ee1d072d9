import { describe, expect, test } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { HOSTILE_TEXTS } from '../testing/hostile.js';
import { capability, runOf } from '../testing/runs.js';
import { accept } from './accept.js';
import type { ExpectedFile } from '../record/expected.js';

/** A run that holds a text wherever `conform accept` reads one. */
function runWith(text: string) {
  const [exchange] = capability({ id: 'GET /things' }).exchanges;
  const finding = { check: text, severity: 'error' as const, message: text, pointer: text, exchange: 0 };
  return runOf(
    [
      capability({
        ...{ id: text, outcome: 'broken', cause: 'crashed', findings: [finding] },
        exchanges: exchange ? [{ ...exchange, fingerprint: text }] : [],
      }),
      capability({ id: 'GET /things', outcome: 'broken', cause: 'crashed' }),
    ],
    { target: text },
  );
}

function commentsOf(yaml: string): string[] {
  return yaml.split('\n').filter((line) => line.startsWith('#'));
}

const ACCEPTANCE = (text: string) => ({
  ...{ reason: text, owner: text, ticket: text, by: text },
  ...{ on: '2026-02-26', until: '2027-01-31' },
});

describe('what conform accept writes of hostile texts', () => {
  test.each(HOSTILE_TEXTS.map((text) => [JSON.stringify(text).slice(0, 60), text] as const))(
    '%s',
    (_, text) => {
      const first = accept(runWith(text), undefined, () => true, ACCEPTANCE(text));
      const document = parseDocument(first.text);
      expect(commentsOf(first.text)).toHaveLength(2);
      expect([document.errors, document.warnings]).toEqual([[], []]);
      const data = parse(first.text) as ExpectedFile;
      expect(Object.keys(data)).toEqual(['writes', 'operations']);
      expect(new Set(Object.keys(data.operations))).toEqual(new Set(['GET /things', text]));
      const entry = Object.getOwnPropertyDescriptor(data.operations, text)
        ?.value as ExpectedFile['operations'][string];
      expect(entry).toMatchObject({
        ...{ outcome: 'broken', cause: 'crashed' },
        accepted: { ...ACCEPTANCE(text), fingerprint: text },
      });
      expect(entry.findings).toHaveLength(1);
      expect(first.changes.map(({ operation, from }) => [operation, from])).toEqual(
        expect.arrayContaining([[text, undefined]]),
      );

      // Read again, it is what is expected: nothing changes.
      const again = accept(runWith(text), { text: first.text, data }, () => true, ACCEPTANCE(text));
      expect(again.changes).toEqual([]);
      expect(parse(again.text)).toEqual(data);
      expect(commentsOf(again.text)).toEqual(commentsOf(first.text));
    },
  );
});
