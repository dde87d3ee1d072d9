import { expect, test } from 'vitest';
import { inWords, emptyCoverage } from '../contract-coverage/seen.js';
import type { Capability, Run } from '../record/run.js';
import { capability, runOf } from '../testing/runs.js';
import { createPruning } from './prune.js';

const CRASH = { outcome: 'broken', layer: 'application', cause: 'crashed' } as const;
const [exchange] = capability({ id: 'GET /things/' }).exchanges;
if (!exchange) throw new Error('no exchange');
const other = (fingerprint: string) => ({ exchanges: [{ ...exchange, fingerprint }] });

/** Which of these runs could be removed, by their places. */
function removable(...runs: (Partial<Capability> | Run)[]): number[] {
  const pruning = createPruning();
  runs.forEach((given, index) => {
    const run = 'operations' in given ? given : runOf([capability({ id: 'GET /things/', ...given })]);
    const name = String(index);
    pruning.add({ name, file: name, id: name, target: 'live', startedAt: '' }, run);
  });
  return pruning.removable().map(({ file }) => Number(file));
}

test('of each state the first run and the last stay', () => {
  expect(removable({})).toEqual([]);
  expect(removable({}, {})).toEqual([]);
  expect(removable({}, {}, {})).toEqual([1]);
  expect(removable({}, {}, {}, CRASH, CRASH, CRASH, {})).toEqual([1, 4]);
  expect(removable({}, CRASH, {}, CRASH, {})).toEqual([]);
});

test.each<[what: string, given: Partial<Capability> | Run]>([
  ['a refusal', CRASH],
  ['a success that breaks the contract', { outcome: 'deviates' }],
  ['a manner', { manner: 'real' }],
  [
    'a finding',
    { findings: [{ check: 'answer/body-schema', severity: 'error', message: 'empty', exchange: 0 }] },
  ],
  [
    'a contract',
    { ...runOf([capability({ id: 'GET /things/' })]), contract: { ...runOf([]).contract, sha256: 'f' } },
  ],
  [
    'a write policy',
    runOf([capability({ id: 'GET /things/' })], { policy: { writes: 'full', requestsPerSecond: 1 } }),
  ],
  ['a world', runOf([capability({ id: 'GET /things/' })], { world: '2026-02-26' })],
])('a run that shows %s which those beside it do not show stays', (_, given) => {
  expect(removable({}, {}, given, {}, {})).toEqual([]);
});

test('another refusal is another state, other data of a success is none', () => {
  expect(removable(CRASH, { ...CRASH, ...other('another') }, CRASH)).toEqual([]);
  expect(removable({}, other('another'), {})).toEqual([1]);
});

test('the first run that has seen something of the contract stays', () => {
  const seen = (...parameters: string[]) => ({ seen: { ...inWords(emptyCoverage()), parameters } });
  expect(removable({}, {}, seen('query limit'), seen('query limit'), {}, {})).toEqual([1, 3, 4]);
});

test('the last run that has asked a check stays, and that in which it was conclusive', () => {
  const asked = (result: 'passed' | 'inconclusive', code?: 'not-its-turn') => ({
    checks: [{ id: 'list/page-size', result, ...(code ? { code } : {}) }],
  });
  const [kept, unknown, later] = [
    asked('passed'),
    asked('inconclusive'),
    asked('inconclusive', 'not-its-turn'),
  ];
  expect(removable(later, kept, kept, unknown, unknown, later, later)).toEqual([1, 3, 5]);
});
