import { expect, test } from 'vitest';
import type { Capability } from '../record/run.js';
import { capability, runOf } from '../testing/runs.js';
import { createTurns } from './turns.js';

const ID = 'GET /things/';
type Result = NonNullable<Capability['checks']>[number];

/** What these results of one check, night after night, say of its turn. */
function turnsOf(...nights: (Omit<Result, 'id'> | undefined)[]) {
  const turns = createTurns();
  nights.forEach((night, index) => {
    const checks = night ? { checks: [{ ...night, id: 'list/page-size' }] } : {};
    turns.add(runOf([capability({ id: ID, ...checks })], { startedAt: `2026-02-0${index + 1}` }));
  });
  return [turns.turnOf('list/page-size', ID), turns.lastOf('list/page-size', ID)];
}

test('the last turn and the last time that it was conclusive are kept', () => {
  expect(turnsOf({ result: 'passed' }, { result: 'inconclusive' }, undefined)).toEqual([
    { at: '2026-02-02', tooMuch: false, applies: true },
    { at: '2026-02-01', result: 'passed' },
  ]);
});

test('a night in which others were due is no turn', () => {
  expect(turnsOf({ result: 'failed' }, { result: 'inconclusive', code: 'not-its-turn' })).toEqual([
    { at: '2026-02-01', tooMuch: false, applies: true },
    { at: '2026-02-01', result: 'failed' },
  ]);
  expect(turnsOf({ result: 'inconclusive', code: 'not-its-turn' })).toEqual([undefined, undefined]);
});

test('what needed the whole budget and more had its turn', () => {
  expect(turnsOf({ result: 'inconclusive', code: 'too-much' })).toEqual([
    { at: '2026-02-01', tooMuch: true, applies: true },
    undefined,
  ]);
});

test('what does not apply to an operation had its turn, and the operation was not held to it', () => {
  const [turn, last] = turnsOf({ result: 'not-applicable' });
  expect(turn).toEqual({ at: '2026-02-01', tooMuch: false, applies: false });
  expect(last).toBeUndefined();
});
