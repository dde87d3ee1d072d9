import { describe, expect, test } from 'vitest';
import { capability, runOf } from '../testing/runs.js';
import type { Capability, Run } from './run.js';
import { exitCodeOf, provedAnything, resultOf, verdictOf, type TestResult } from './success.js';

const [exchange] = capability({ id: 'GET /things/' }).exchanges;
if (!exchange) throw new Error('no exchange');
const WITHOUT_TOKEN = { ...exchange, requestHeaders: ['accept'] };
const CONTROL_WITHOUT_TOKEN = { ...WITHOUT_TOKEN, role: 'control' as const };

/** A run of one operation that is given in part, and perhaps of more. */
function run(given: Partial<Capability>, ...more: Capability[]): Run {
  return runOf([capability({ id: 'GET /things/', ...given }), ...more]);
}

const EXPECTED = { outcome: 'works', met: true } as const;
const SURPRISE = { outcome: 'works', met: false } as const;
const BAD_TOKEN = { outcome: 'denied', layer: 'token', cause: 'token-invalid' } as const;

describe('a run proves something', () => {
  test.each<[what: string, given: Partial<Capability>, proves: boolean]>([
    ['an operation that works', {}, true],
    [
      'one that is refused for certain',
      { outcome: 'unrouted', layer: 'gateway', confidence: 'certain' },
      true,
    ],
    [
      'one that is likely refused by the gateway',
      { outcome: 'denied', layer: 'gateway', confidence: 'likely' },
      true,
    ],
    ['one of which all is open', { outcome: 'denied', layer: 'gateway', confidence: 'possible' }, false],
    ['one that was throttled', { outcome: 'throttled', layer: 'gateway', confidence: 'certain' }, false],
    ['one that was not asked', { outcome: 'skipped', exchanges: [] }, false],
    [
      'one whose host was not reached',
      { outcome: 'unreachable', layer: 'network', confidence: 'certain' },
      false,
    ],
    ['a good token that was refused', { ...BAD_TOKEN, confidence: 'certain' }, false],
    [
      'a bad token that was refused for certain',
      { ...BAD_TOKEN, manner: 'invalid-token', confidence: 'certain' },
      true,
    ],
    [
      'a bad token that was likely refused',
      { ...BAD_TOKEN, manner: 'invalid-token', confidence: 'likely' },
      true,
    ],
    [
      'a forbidden body whose token was refused',
      { ...BAD_TOKEN, manner: 'forbidden-body', confidence: 'certain' },
      false,
    ],
    ['one that needs no token, where none is sent', { exchanges: [WITHOUT_TOKEN] }, true],
  ])('%s', (_, given, proves) => {
    expect(provedAnything(run(given))).toBe(proves);
  });

  test('not by what needs no token, while every token is refused', () => {
    const open = capability({ id: 'GET /open/', exchanges: [WITHOUT_TOKEN] });
    expect(provedAnything(run({ ...BAD_TOKEN, confidence: 'certain' }, open))).toBe(false);
  });

  test('not by a control: only what was asked for itself counts', () => {
    const controlled = { ...BAD_TOKEN, exchanges: [exchange, CONTROL_WITHOUT_TOKEN] };
    expect(provedAnything(run({ ...controlled, confidence: 'certain' }))).toBe(false);
    const exchanges = [WITHOUT_TOKEN, { ...exchange, role: 'control' as const }];
    const open = capability({ id: 'GET /open/', exchanges });
    expect(provedAnything(runOf([open]))).toBe(true);
    expect(provedAnything(run({ ...BAD_TOKEN, confidence: 'certain' }, open))).toBe(false);
  });

  test('not when there is no operation in it', () => {
    expect(provedAnything(runOf([]))).toBe(false);
  });
});

describe('the exit code', () => {
  const good = run({ expected: EXPECTED });
  const surprising = run({ outcome: 'broken', layer: 'application', cause: 'crashed', expected: SURPRISE });
  const silent = run({ outcome: 'unreachable', layer: 'network', expected: SURPRISE });

  test.each<[what: string, runs: Run[], code: number]>([
    ['all is as expected', [good], 0],
    ['all of two runs is as expected', [good, good], 0],
    [
      'nothing is expected of what was not asked',
      [run({}, capability({ id: 'GET /x/', outcome: 'skipped', expected: null }))],
      0,
    ],
    ['something is not as expected', [surprising], 1],
    ['something in the second run is not as expected', [good, surprising], 1],
    ['there is no run', [], 3],
    ['nothing was proven, whatever was expected', [silent], 3],
    ['nothing was proven on one of two targets', [good, silent], 3],
    ['nothing was proven on one target, and the other has a surprise', [silent, surprising], 1],
  ])('%s', (_, runs, code) => {
    expect(exitCodeOf(runs)).toBe(code);
  });
});

describe('what came of one operation', () => {
  const REFUSED = { outcome: 'denied', layer: 'gateway', confidence: 'likely' } as const;

  test.each<[what: string, given: Partial<Capability>, result: TestResult]>([
    ['works as expected', { expected: EXPECTED }, 'passed'],
    ['works where nothing is expected', { expected: null }, 'passed'],
    ['works, which was not expected', { expected: SURPRISE }, 'failed'],
    ['is refused as expected', { ...REFUSED, expected: { outcome: 'denied', met: true } }, 'passed'],
    ['is refused', { ...REFUSED, expected: SURPRISE }, 'failed'],
    ['leaves everything open', { ...REFUSED, confidence: 'possible', expected: null }, 'skipped'],
    [
      'is refused for a bad token, which may have other reasons',
      { ...BAD_TOKEN, manner: 'invalid-token', confidence: 'possible', expected: null },
      'passed',
    ],
    ['was not asked', { outcome: 'skipped', expected: SURPRISE }, 'skipped'],
  ])('%s', (_, given, result) => {
    const operation = capability({ id: 'GET /things/', ...given });
    expect(resultOf(operation, 'as expected')).toBe(result);
    expect(resultOf(operation, 'not as expected')).toBe(result);
    expect(resultOf(operation, 'nothing proven')).toBe('skipped');
  });
});

test.each([
  ['as expected', [run({ expected: EXPECTED })]],
  ['as expected', [run({ expected: null })]],
  ['not as expected', [run({ expected: EXPECTED }, capability({ id: 'GET /x/', expected: SURPRISE }))]],
  ['nothing proven', [run({ outcome: 'unreachable', layer: 'network', expected: SURPRISE })]],
] as const)('a run comes to %s', (verdict, runs) => {
  expect(runs.map(verdictOf)).toEqual([verdict]);
});
