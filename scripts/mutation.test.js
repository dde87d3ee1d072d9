import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, URL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { pageOf } from '../stryker/page.js';
import { resultOf } from '../stryker/result.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (name) => readFileSync(join(ROOT, name), 'utf8');
const readYaml = (name) => parse(read(name));
const ROOMS = Object.keys(readYaml('stryker/rooms.yaml'));

describe('the rooms', () => {
  test('are those that the nightly workflow runs', () => {
    expect(readYaml('.github/workflows/nightly.yml').jobs.mutation.strategy.matrix.room).toEqual(ROOMS);
  });

  test('hold every family of checks', () => {
    const families = readdirSync(join(ROOT, 'src/checks'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `checks-${name}`);
    const isRoom = (/** @type {string} */ family) =>
      ROOMS.some((room) => room === family || room.startsWith(`${family}-`));
    expect(families.filter((family) => !isRoom(family))).toEqual([]);
  });
});

const SOURCE = 'const first = 1;\n  return one | other;\n';
const mutant = (line, status, mutatorName = 'BooleanLiteral') => ({
  id: '1',
  location: { start: { line, column: 1 }, end: { line, column: 2 } },
  ...{ status, mutatorName, replacement: 'false' },
});
const REPORT = {
  files: {
    'src/b.ts': {
      source: SOURCE,
      mutants: [
        mutant(2, 'Survived'),
        mutant(2, 'NoCoverage', 'EqualityOperator'),
        mutant(1, 'Killed'),
        mutant(1, 'Timeout'),
        mutant(1, 'Ignored'),
        mutant(1, 'RuntimeError'),
      ],
    },
    'src/a.ts': { source: SOURCE, mutants: [mutant(1, 'NoCoverage')] },
  },
};
const result = () => resultOf(REPORT, new Date('2026-02-26T10:00:00Z'));

test('a result counts the mutants that were run, and names each that survived', () => {
  const { survivors, ...counts } = result();
  expect(counts).toEqual({ date: '2026-02-26', mutants: 5, killed: 2, ignored: 1, broken: 1 });
  expect(survivors.map(({ file, line, code, covered }) => [file, line, code, covered])).toEqual([
    ['src/a.ts', 1, 'const first = 1;', false],
    ['src/b.ts', 2, 'return one | other;', true],
    ['src/b.ts', 2, 'return one | other;', false],
  ]);
});

describe('the page', () => {
  const page = (reasons = {}) => pageOf({ b: {}, c: {} }, { b: result() }, reasons, 85);

  test('has a row for each room that was measured, and names those that were not', () => {
    expect(page()).toContain('| b | 5 | 2 | 3 | 0 | 2 | 40.0 % | 2026-02-26 |');
    expect(page()).toContain('Not measured yet: `c`.');
  });

  test('shows each line with survivors once, with the reason that is known for its kind', () => {
    const reasons = {
      'src/b.ts': [
        { code: 'return one | other;', mutator: 'BooleanLiteral', why: 'Both are the same here.' },
      ],
    };
    expect(page(reasons)).toContain('| b | 5 | 2 | 3 | 1 |');
    expect(page(reasons)).toContain(
      '| src/b.ts:2 | `` return one \\| other; `` | 2 BooleanLiteral, EqualityOperator | Both are the same here.; not looked at |',
    );
    expect(page()).toContain(
      '| src/a.ts:1 | `` const first = 1; `` (not executed) | 1 BooleanLiteral | not looked at |',
    );
  });

  test('never rounds a score up', () => {
    const close = { ...result(), mutants: 10_000, killed: 8_499 };
    expect(pageOf({ b: {} }, { b: close }, {}, 85)).toContain('| 84.9 % |');
  });
});
