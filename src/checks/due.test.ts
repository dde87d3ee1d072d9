import { expect, test } from 'vitest';
import { check, passed, type Check } from './check.js';
import { dueRounds, NO_TURNS, type Turn, type TurnOf } from './due.js';
import { withoutAsking } from './without-asking.js';

const checkOf = (name: string, given: Partial<Check> = {}): Check =>
  check({
    id: `list/${name}`,
    promise: 'It is kept.',
    source: { kind: 'contract', ref: 'a contract' },
    since: '0.2.0',
    severity: 'warning',
    asks: { atMost: 1 },
    messages: { wrong: () => 'it is wrong' },
    run: withoutAsking(() => passed),
    ...given,
  });

const SUBJECTS = ['a', 'b', 'c'].map((id) => ({ operation: { id } }));

/** The order in which checks ask, as `check operations`. */
function order(
  checks: readonly Check[],
  turns: Record<string, string | Turn> = {},
  { subjects = SUBJECTS, isThrifty = false } = {},
): string[] {
  const turnOf: TurnOf = (id, operation) => {
    const turn = turns[`${id.slice('list/'.length)} ${operation}`];
    return typeof turn === 'string' ? { at: turn, tooMuch: false, applies: true } : turn;
  };
  return dueRounds(checks, subjects, turnOf, isThrifty).map(
    (round) =>
      `${round.check.id.slice('list/'.length)} ${round.subjects.map(({ operation }) => operation.id).join('')}`,
  );
}

test('without a history the cheapest is first, then what is an error, then the order of the checks', () => {
  const checks = [
    checkOf('dear', { asks: { atMost: 9 } }),
    checkOf('first'),
    checkOf('second'),
    checkOf('severe', { severity: 'error' }),
  ];
  expect(order(checks)).toEqual(['severe abc', 'first abc', 'second abc', 'dear abc']);
});

test('what never had its turn goes before what had, and that by how long ago it was', () => {
  const checks = [checkOf('one'), checkOf('other')];
  const turns = { 'one a': '2026-02-03', 'one c': '2026-02-01', 'other b': '2026-02-02' };
  expect(order(checks, turns)).toEqual(['one b', 'other ac', 'one c', 'other b', 'one a']);
});

test('what needs more than a whole run may use goes last, however long ago it was', () => {
  const checks = [checkOf('one')];
  const turns = { 'one a': { at: '2026-02-01', tooMuch: true, applies: true }, 'one b': '2026-02-02' };
  expect(order(checks, turns)).toEqual(['one c', 'one b', 'one a']);
});

test('with few records the check that no operation was held to goes first, with one operation', () => {
  const checks = [checkOf('one'), checkOf('dear', { asks: { atMost: 9 } })];
  const turns = {
    'one a': '2026-02-01',
    'dear a': { at: '2026-02-01', tooMuch: false, applies: false },
  };
  expect(order(checks, turns, { isThrifty: true })).toEqual([
    'dear b',
    'one bc',
    'dear c',
    'one a',
    'dear a',
  ]);
  expect(order(checks, turns)).toEqual(['one bc', 'dear bc', 'one a', 'dear a']);
});

test('with few records the check that operations were held to the longest time ago has one new turn first', () => {
  const checks = [checkOf('one'), checkOf('dear', { asks: { atMost: 9 } })];
  const turns = { 'one a': '2026-02-02', 'dear a': '2026-02-01' };
  expect(order(checks, turns, { isThrifty: true })).toEqual([
    'dear b',
    'one bc',
    'dear c',
    'dear a',
    'one a',
  ]);
});

test('a promise of the host is one: whichever operation has shown it last counts', () => {
  const checks = [checkOf('of-all', { scope: 'host' }), checkOf('one')];
  const turns = { 'of-all b': '2026-02-02', 'one a': '2026-02-01' };
  expect(order(checks, turns)).toEqual(['one bc', 'one a', 'of-all abc']);
});

test('the order is the same each time', () => {
  const checks = [checkOf('one'), checkOf('other')];
  expect(order(checks)).toEqual(order(checks));
  expect(dueRounds(checks, SUBJECTS, NO_TURNS, false)).toHaveLength(2);
});

const EACH = (check: string, at: string) =>
  Object.fromEntries(['a', 'b', 'c'].map((id) => [`${check} ${id}`, at]));

test('with few records nothing goes before all others where everything had its turn', () => {
  const checks = [checkOf('one'), checkOf('other')];
  const turns = { ...EACH('one', '2026-02-02'), ...EACH('other', '2026-02-01') };
  expect(order(checks, turns, { isThrifty: true })).toEqual(['other abc', 'one abc']);
  expect(order([], {}, { isThrifty: true })).toEqual([]);
  expect(order(checks, {}, { isThrifty: true, subjects: [] })).toEqual([]);
});

test('with few records a promise of the host is looked at with all operations as ever', () => {
  const checks = [checkOf('of-all', { scope: 'host' }), checkOf('one')];
  expect(order(checks, EACH('one', '2026-02-01'), { isThrifty: true })).toEqual(['of-all abc', 'one abc']);
});

test('a round that has lost its only operation to the first turn is none', () => {
  const subjects = SUBJECTS.slice(0, 1);
  expect(order([checkOf('one'), checkOf('other')], {}, { isThrifty: true, subjects })).toEqual([
    'one a',
    'other a',
  ]);
});

test('of the turns of a promise of the host the last one counts, also where it was none of the operation', () => {
  const checks = [checkOf('of-all', { scope: 'host' }), checkOf('one')];
  const turns = {
    'of-all a': { at: '2026-02-03', tooMuch: false, applies: false },
    ...{ 'of-all b': '2026-02-01', 'one a': '2026-02-02', 'one b': '2026-02-04' },
  };
  expect(order(checks, turns)).toEqual(['one c', 'one a', 'of-all abc', 'one b']);
});
