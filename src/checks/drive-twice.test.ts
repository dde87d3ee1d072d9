import { expect, test, vi } from 'vitest';
import { NotApplicable } from '../drive/drive.js';
import { answer, converseWith, exchangeOf, seenOf } from '../testing/host.js';
import { PROMISE } from '../testing/promise.js';
import type { Broken, Result } from './check.js';
import { PAUSE_MS } from './checked.js';
import { driveTwice } from './drive-twice.js';
import { hostCheck } from './host-check.js';

const HOME = 'POST /token';
const SEEN_ONCE = 'it was seen broken once, and not again';

const probe = {
  ...{ operation: HOME, role: 'control' as const, purpose: 'asked', shown: 'https://api.shop.example/token' },
  request: { method: 'GET', url: 'https://api.shop.example/token', headers: {} },
};

/** What comes of a host that a check finds so, one time after another. It asks once each time. */
async function drive(...results: (Result | NotApplicable)[]) {
  const host = converseWith(() => answer(200));
  const sleep = vi.fn(() => Promise.resolve());
  const times = vi.fn((): Result | NotApplicable => results.shift() ?? { kind: 'passed' });
  const check = hostCheck({
    id: 'auth/of-a-test',
    ...PROMISE,
    asks: { atMost: 1 },
    messages: { wrong: () => 'it is wrong', other: () => 'it is broken otherwise' },
    *run(given: { token: 'valid' }) {
      yield { probe, token: given.token };
      return times();
    },
  });
  const found = await driveTwice(check, { token: 'valid' }, HOME, {
    conversation: host,
    clock: { sleep },
    signal: new AbortController().signal,
  });
  return {
    found: Object.fromEntries(found),
    ...{ calls: host.calls().length, slept: sleep.mock.calls },
    kinds: host.sent.map(({ kind }) => kind),
  };
}

/** Broken in one way, as answers of this operation show it. */
const broken = (code: 'wrong' | 'other', operation?: string): Broken => ({
  ...{ code, facts: {} },
  at: {
    ...(operation === undefined ? {} : { operation }),
    seen: [seenOf(exchangeOf({ purpose: `seen of ${operation ?? 'the host'}` }))],
  },
});
const failing = (...all: Broken[]): Result => ({ kind: 'failed', broken: all });

const nothingMore = (result: object) => ({
  [HOME]: { results: [{ id: 'auth/of-a-test', ...result }], findings: [], exchanges: [] },
});

test.each<[what: string, result: Result | NotApplicable, comes: object]>([
  ['kept', { kind: 'passed' }, { result: 'passed' }],
  ['not known', { kind: 'inconclusive', why: 'no answer' }, { result: 'inconclusive', why: 'no answer' }],
  ['none', new NotApplicable('there is none'), { result: 'not-applicable', why: 'there is none' }],
])('a promise that is %s is not looked at again', async (_, result, comes) => {
  const { found, calls, slept } = await drive(result);
  expect(found).toEqual(nothingMore(comes));
  expect([calls, slept]).toEqual([1, []]);
});

test('what is broken twice in the same way is a finding, after a pause and with new answers', async () => {
  const { found, calls, slept, kinds } = await drive(failing(broken('wrong')), failing(broken('wrong')));
  expect(found[HOME]).toMatchObject({
    results: [{ id: 'auth/of-a-test', result: 'failed' }],
    findings: [{ check: 'auth/of-a-test', code: 'wrong', severity: 'error', exchange: 0 }],
    exchanges: [{ purpose: 'auth/of-a-test: seen of the host' }],
  });
  expect([calls, slept, kinds]).toEqual([2, [[PAUSE_MS]], ['checks', 'checks']]);
});

test.each<[what: string, second: Result | NotApplicable, comes: object]>([
  ['is kept', { kind: 'passed' }, { result: 'inconclusive', why: SEEN_ONCE }],
  ['is broken otherwise', failing(broken('other')), { result: 'inconclusive', why: SEEN_ONCE }],
  [
    'is broken by another operation',
    failing(broken('wrong', 'POST /boats')),
    { result: 'inconclusive', why: SEEN_ONCE },
  ],
  ['is not known', { kind: 'inconclusive', why: 'no answer' }, { result: 'inconclusive', why: SEEN_ONCE }],
  ['is none', new NotApplicable('there is none'), { result: 'not-applicable', why: 'there is none' }],
])('a promise that %s the second time is no finding', async (_, second, comes) => {
  expect((await drive(failing(broken('wrong')), second)).found).toEqual(nothingMore(comes));
});

test('what operations have shown stands with each of them, once', async () => {
  const [first, second] = ['POST /boats', 'POST /trays'];
  const all = failing(broken('wrong', first), broken('other', first), broken('wrong', second));
  const { found } = await drive(all, all);
  expect(Object.keys(found)).toEqual([first, second]);
  expect(found[first]).toMatchObject({
    results: [{ result: 'failed' }],
    findings: [
      { code: 'wrong', exchange: 0 },
      { code: 'other', exchange: 1 },
    ],
    exchanges: [{ purpose: 'auth/of-a-test: seen of POST /boats' }, {}],
  });
  expect(found[first]?.results).toHaveLength(1);
  expect(found[second]).toMatchObject({ results: [{ result: 'failed' }], findings: [{ exchange: 0 }] });
});

test('only what was broken both times is found', async () => {
  const { found } = await drive(
    failing(broken('wrong'), broken('other', 'POST /boats')),
    failing(broken('wrong'), broken('wrong', 'POST /boats')),
  );
  expect(Object.keys(found)).toEqual([HOME]);
  expect(found[HOME]?.findings.map(({ code }) => code)).toEqual(['wrong']);
});
