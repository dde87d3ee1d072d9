import { describe, expect, test } from 'vitest';
import { standingClock } from '../../../../src/testing/clock.js';
import { addAnswers, countAnswer, noAnswers } from './answers.js';
import { failureOf, namedByOwn, type Answer, type Ask } from './ask.js';
import { survey } from './survey.js';
import type { Call } from './workload.js';

const somebody = (id: string) => ({ kind: 'somebody', id });

describe('whom the user’s own statement names', () => {
  const fields = (...names: string[]) => names.map((name) => ({ name }));
  const own = { isChecked: true };

  test.each<[names: string[], row: (string | null)[] | undefined, id: string | null]>([
    [['caller_type', 'caller_id', 'caller_name'], ['client', '7', 'a name'], '7'],
    [['id', 'name'], ['7', 'a name'], '7'],
    [['identify'], ['7'], '7'],
    [['kind', 'id'], undefined, null],
    // A function that returns one row in any case says so with NULL.
    [['kind', 'id'], [null, null], null],
    [['kind', 'id'], ['unknown', null], null],
  ])('columns %j', (names, row, id) => {
    expect(namedByOwn(own, fields(...names), row)).toEqual(id === null ? null : somebody(id));
  });

  test('by the column that was named', () => {
    expect(namedByOwn({ ...own, idColumn: 'who' }, fields('id', 'who'), ['1', '2'])).toEqual(somebody('2'));
  });

  test('is not guessed where somebody has said who is right', () => {
    const names = fields('name', 'city');
    expect(() => namedByOwn(own, names, undefined)).toThrow('no column of the answer is called id');
    expect(() => namedByOwn({ ...own, idColumn: 'who' }, names, undefined)).toThrow('no column who');
    expect(() => namedByOwn(own, fields('identify'), ['(client,7)'])).toThrow('holds a whole row');
    expect(namedByOwn({ isChecked: false }, names, ['a', null])).not.toBeNull();
    expect(namedByOwn({ isChecked: false }, names, [null, null])).toBeNull();
  });
});

describe('what an error says of the lookup', () => {
  const errorOf = (code: string) => Object.assign(new Error('words'), { code });

  test.each<[code: string, answer: Answer | undefined]>([
    ['57014', { kind: 'timed out' }],
    ['P0001', { kind: 'failed', code: 'P0001' }],
    ['22P02', { kind: 'failed', code: '22P02' }],
    // Nothing could be looked up: that is no answer.
    ['42P01', undefined],
    ['25006', undefined],
    ['28P01', undefined],
    ['57P01', undefined],
    ['ECONNREFUSED', undefined],
  ])('%s', (code, answer) => {
    expect(failureOf(errorOf(code))).toEqual(answer);
  });

  test('a server that does not end it in time, either', () => {
    expect(failureOf(new Error('Query read timeout'))).toEqual({ kind: 'timed out' });
    expect(failureOf(new Error('something else'))).toBeUndefined();
  });
});

describe('answers are counted', () => {
  const named = (id: string | null): Answer => ({ kind: 'named', named: id === null ? null : somebody(id) });
  const count = (expected: Call['expected'], answer: Answer) => {
    const answers = noAnswers();
    countAnswer(answers, { input: '', expected }, answer);
    return answers;
  };

  test('by who is right', () => {
    expect(count(somebody('1'), named('1'))).toMatchObject({ somebody: 1, found: 1, named: 1 });
    expect(count(somebody('1'), named(null))).toMatchObject({ somebody: 1, missing: 1, wrong: 0, named: 0 });
    expect(count(somebody('1'), named('2'))).toMatchObject({ somebody: 1, found: 0, wrong: 1 });
    expect(count(null, named('2'))).toMatchObject({ somebody: 0, wrong: 1 });
    expect(count(null, named(null))).toMatchObject({ found: 0, missing: 0, wrong: 0 });
    expect(count(undefined, named('2'))).toMatchObject({ named: 1, found: 0, wrong: 0 });
    expect(count(somebody('1'), { kind: 'timed out' })).toMatchObject({ found: 0, missing: 0, timedOut: 1 });
  });

  test('with each kind of error once', () => {
    const answers = count(null, { kind: 'failed', code: 'P0001' });
    addAnswers(answers, count(null, { kind: 'failed', code: 'P0001' }));
    expect(answers).toMatchObject({ asked: 2, failed: 2, errors: ['P0001'] });
  });
});

describe('each number of the user’s own is asked once', () => {
  const { signal } = new AbortController();
  const calls = Array.from({ length: 20 }, (_, index): Call => ({ input: `${index}`, expected: null }));
  const ask = (answer: (input: string) => Answer): Ask => {
    return (input) => Promise.resolve(answer(input));
  };

  test('and some that were named are kept for a look at the plan', async () => {
    const found = await survey(
      ask((input) => ({ kind: 'named', named: Number(input) < 10 ? null : somebody(input) })),
      calls,
      signal,
      standingClock(),
    );
    expect(found.answers).toMatchObject({ asked: 20, named: 10 });
    expect(found).toMatchObject({ unasked: 0, answered: ['10', '11', '12', '13', '14', '0'] });
  });

  test('but not all, where one after the other has no answer in time', async () => {
    const found = await survey(
      ask(() => ({ kind: 'timed out' })),
      calls,
      signal,
      standingClock(),
    );
    expect(found.answers).toMatchObject({ asked: 3, timedOut: 3 });
    expect(found).toMatchObject({ unasked: 17, answered: [] });
  });

  test('but not all, where it would take minutes', async () => {
    const clock = standingClock();
    const slow = ask(() => (clock.advance(7_000), { kind: 'failed', code: 'P0001' }));
    expect(await survey(slow, calls, signal, clock)).toMatchObject({ unasked: 11 });
  });
});
