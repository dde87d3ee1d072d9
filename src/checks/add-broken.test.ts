import { expect, test } from 'vitest';
import { exchangeOf } from '../testing/host.js';
import { PROMISE } from '../testing/promise.js';
import { addBroken } from './add-broken.js';
import type { Promised } from './check.js';
import { checkedIn, type Checked } from './checked.js';

const PROMISED: Promised = {
  id: 'list/of-a-test',
  ...PROMISE,
  asks: { atMost: 0 },
  messages: { wrong: () => 'it is wrong', other: () => 'it is broken otherwise' },
};
const WRONG = { code: 'wrong', facts: {} };

/** What is kept where so many exchanges show what is broken, beside so many that were there before. */
function added(number: number, before = 0, broken = [WRONG]): Checked {
  const own: Checked = {
    results: [],
    findings: [],
    exchanges: Array.from({ length: before }, () => exchangeOf()),
  };
  addBroken(
    own,
    PROMISED,
    broken,
    Array.from({ length: number }, (_, at) => exchangeOf({ purpose: `page ${at}` })),
  );
  return own;
}

test('one exchange that shows it is named alone', () => {
  const { findings, exchanges } = added(1, 2);
  expect(findings).toMatchObject([{ check: 'list/of-a-test', code: 'wrong', exchange: 2 }]);
  expect(findings[0]).not.toHaveProperty('exchanges');
  expect(exchanges.map(({ purpose }) => purpose)).toEqual([undefined, undefined, 'list/of-a-test: page 0']);
});

test.each<[number: number, before: number, exchange: number, exchanges: number[]]>([
  [2, 0, 1, [0, 1]],
  [3, 1, 3, [1, 2, 3]],
  [5, 2, 6, [4, 5, 6]],
])('of %s exchanges behind %s others the last three are named', (number, before, exchange, exchanges) => {
  const own = added(number, before);
  expect(own.findings).toMatchObject([{ exchange, exchanges }]);
  expect(own.exchanges).toHaveLength(number + before);
});

test('each way in which it is broken is a finding, shown by the same exchanges', () => {
  expect(added(2, 0, [WRONG, { ...WRONG, code: 'other' }]).findings).toMatchObject([
    { code: 'wrong', exchange: 1, exchanges: [0, 1] },
    { code: 'other', exchange: 1, exchanges: [0, 1] },
  ]);
});

test('an exchange without a purpose is the request as it was asked', () => {
  const own: Checked = { results: [], findings: [], exchanges: [] };
  addBroken(own, PROMISED, [WRONG], [exchangeOf()]);
  expect(own.exchanges[0]?.purpose).toBe('list/of-a-test: as it was asked');
});

test('of an operation without an entry nothing has come yet', () => {
  const all = new Map<string, Checked>();
  const own = checkedIn(all, 'GET /things');
  expect(own).toEqual({ results: [], findings: [], exchanges: [] });
  own.results.push({ id: 'list/of-a-test', result: 'passed' });
  expect(checkedIn(all, 'GET /things')).toBe(own);
  expect([...all.keys()]).toEqual(['GET /things']);
});
