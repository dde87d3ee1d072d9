import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { noAnswers } from '../../packages/caller-id/src/bench/answers.js';
import type { Evidence } from '../../packages/caller-id/src/bench/verdict.js';
import {
  benchResultOf,
  closedLoopOf,
  openLoopOf,
} from '../../packages/caller-id/src/testing/bench-result.js';
import { temporaryFolder } from '../testing/folder.js';
import { benchCard, readBench } from './bench.js';
import { openRecords } from '../artefact/folder.js';

const answersOf = (changes: Partial<Evidence['answers']>) => ({ ...noAnswers(), asked: 30, ...changes });
const slow = {
  ...{ p99: 51, overTarget: 1, overTargetInterval: { low: 0.9, high: 1 } },
  judgement: 'breaks' as const,
};

describe('a bench as a card shows it', () => {
  test.each<[word: string, sentence: string, changes: Partial<Evidence>]>([
    [
      'holds',
      'Fast enough and right: p99 is 0.60 ms, allowed are 5 ms; 28 of 28 callers found (100 %), 0 of 30 lookups named the wrong person (0 %).',
      {},
    ],
    [
      'unchecked',
      'Fast enough, but nobody has checked whom it names: p99 is 0.60 ms, allowed are 5 ms; --truth FILE says who is right.',
      { truth: null, answers: answersOf({ named: 28 }) },
    ],
    [
      'missed',
      'Too slow: 100 % of lookups take longer than 5 ms (p99 51.0 ms).',
      { rows: [closedLoopOf(slow)] },
    ],
    [
      'missed',
      'Too slow: 100 % of lookups take longer than 5 ms at 500 calls a second (p99 51.0 ms).',
      { openLoop: [openLoopOf(slow)] },
    ],
    [
      'missed',
      'It finds nobody: 0 of 28 callers found (0 %), 0 of 30 lookups named the wrong person (0 %).',
      { answers: answersOf({ somebody: 28, missing: 28 }) },
    ],
    [
      'missed',
      'It does not find everybody: 27 of 28 callers found (96 %), 0 of 30 lookups named the wrong person (0 %).',
      { answers: answersOf({ somebody: 28, found: 27, missing: 1 }) },
    ],
    [
      'missed',
      'Wrong answers: 0 of 28 callers found (0 %), 28 of 30 lookups named the wrong person (93 %).',
      { answers: answersOf({ somebody: 28, wrong: 28 }) },
    ],
    [
      'missed',
      'Timed out: 3 of 3 lookups had no answer after 2 s; the target is 5 ms.',
      { answers: answersOf({ asked: 3, somebody: 3, timedOut: 3 }), rows: [] },
    ],
    [
      'missed',
      'It fails: 30 of 30 lookups ended with an error of the database.',
      { answers: answersOf({ failed: 30, errors: ['P0001'] }), rows: [] },
    ],
    [
      'missed',
      'Wrong answers to calls that are easy to get wrong: 1 of 1, such as anonymous.',
      {
        edgeCases: [
          { variant: 'own', name: 'anonymous', expected: null, named: { kind: 'a', id: '1' }, right: false },
        ],
      },
    ],
    [
      'no verdict',
      'It named nobody for any of 30 numbers; --truth FILE says who should be found.',
      { truth: null, answers: answersOf({}) },
    ],
    [
      'no verdict',
      'The machine was too busy to measure on. Measure again when it is not.',
      { rows: [closedLoopOf({ judgement: 'uncertain', attempts: 3 })] },
    ],
    [
      'no verdict',
      'Too few lookups were measured to be sure, or they varied too much.',
      { rows: [closedLoopOf({ judgement: 'uncertain' })] },
    ],
    ['no verdict', 'It was stopped before the end.', { complete: false }],
    ['no verdict', 'Nothing that was asked about was measured.', { rows: [] }],
  ])('%s: %s', (word, sentence, changes) => {
    expect(benchCard(benchResultOf(changes))).toMatchObject({ word, sentence });
  });

  test('has the figures beside', () => {
    expect(benchCard(benchResultOf())).toMatchObject({
      time: { percentile: 'p99', ms: 0.6, targetMs: 5 },
      found: { count: 28, of: 28 },
      wrong: { count: 0, of: 30 },
      rows: 19_101,
      at: '2026-02-01T12:00:05.000Z',
    });
    const unknown = { rows: [], truth: null };
    expect(benchCard(benchResultOf(unknown))).toMatchObject({ time: null, found: null, wrong: null });
  });

  test('of a lookup that found nobody is never green', () => {
    const result = { ...benchResultOf(), answers: { ...noAnswers(), asked: 30 } };
    expect(benchCard(result).word).toBe('unchecked');
  });

  test('of an earlier version is read as well, and counts as unchecked', () => {
    const { format, finishedAt, target, verdict, judged } = benchResultOf();
    expect(benchCard({ format, finishedAt, target, verdict, judged })).toMatchObject({
      word: 'unchecked',
      found: null,
      rows: null,
      time: null,
    });
  });
});

test('the file is what the bench writes', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'latest', 'bench.json');
  await mkdir(dirname(file));
  const records = openRecords(folder.path);
  await writeFile(file, JSON.stringify(benchResultOf()));
  expect(await readBench(records)).toMatchObject({ truth: 'file', cause: null });
  await writeFile(file, JSON.stringify({ ...benchResultOf(), truth: 'a guess' }));
  await expect(readBench(records)).rejects.toThrow('the file is not a result of the bench');
});
