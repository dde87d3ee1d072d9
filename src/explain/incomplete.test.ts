import { describe, expect, test } from 'vitest';
import { UNKNOWN_REQUEST, type PastedAnswer, type Read } from './paste.js';
import { isIncomplete, withMore } from './incomplete.js';

const reader = { id: 'a', about: 'a', read: () => [] };

function found(from: number, reply: Partial<PastedAnswer>): Read {
  const whole: PastedAnswer = {
    ...{ kind: 'answer', status: undefined, statusFrom: undefined, headers: undefined, body: undefined },
    ...reply,
  };
  return { from, to: from + 1, reader, pasted: [{ request: UNKNOWN_REQUEST, reply: whole }] };
}

const body = Buffer.from('refused');

describe('what tells too little', () => {
  test('is one refusal by its status, and any number of such successes', () => {
    expect(isIncomplete([found(0, { status: 403 })])).toBe(true);
    expect(isIncomplete([found(0, { status: 200 }), found(2, { status: 204 })])).toBe(true);
  });

  test('is no refusal with its body, and none among others', () => {
    expect(isIncomplete([found(0, { status: 403, body })])).toBe(false);
    expect(isIncomplete([found(0, { status: 403 }), found(2, { status: 403 })])).toBe(false);
    expect(isIncomplete([found(0, { status: 200 }), found(2, { status: 403 })])).toBe(false);
  });
});

describe('what a later stage has found', () => {
  test.each([
    ['a body without a status is that of the refusal', undefined, body],
    ['so is one that names the same', 403, body],
    ['one that names another is not', 401, undefined],
  ])('%s', (_, status, expected) => {
    const [one] = withMore([found(0, { status: 403 })], [found(5, { status, body })]);
    expect(one?.pasted[0]?.reply).toMatchObject({ status: 403, body: expected });
  });

  test('takes the place of successes by their status alone', () => {
    const read = withMore([found(9, { status: 200 })], [found(5, { body })]);
    expect(read.map(({ from }) => from)).toEqual([5]);
    expect(withMore([found(9, { status: 200 })], []).map(({ from }) => from)).toEqual([9]);
  });
});
