import { expect, test } from 'vitest';
import { checkOn } from '../../testing/checks.js';
import { answer } from '../../testing/host.js';
import { clock } from './clock.js';

const AT = new Date('2026-03-02T10:00:00Z');
const at = (seconds: number) => new Date(AT.getTime() + seconds * 1000).toUTCString();
const on = (headers: Record<string, string>, durationMs = 20) =>
  checkOn(clock, {
    ...{ paths: '/boats: { get: {} }', operation: 'GET /boats' },
    host: () => ({ ...answer(200, [], headers), at: AT, durationMs }),
  });

test.each<[what: string, headers: Record<string, string>, gives: string]>([
  ['no Date', {}, 'not-applicable'],
  ['a Date that is none', { date: 'soon' }, 'not-applicable'],
  ['a Date without a zone', { date: '2026-03-02 14:00:00' }, 'not-applicable'],
  ['a Date of now', { date: at(0) }, 'passed'],
  ['a Date four minutes behind', { date: at(-240) }, 'passed'],
  ['a Date an hour behind', { date: at(-3600) }, 'skewed'],
  ['a Date an hour ahead', { date: at(3600) }, 'skewed'],
  ['a Date from a cache', { date: at(-3600), age: '3600' }, 'passed'],
  ['a Date from a cache that says no age', { date: at(-3600), 'x-cache': 'Hit from cloudfront' }, 'passed'],
  ['a Date ahead from a cache', { date: at(3600), age: '1' }, 'skewed'],
  ['something that was changed before', { date: at(0), 'last-modified': at(-9000) }, 'passed'],
  ['something that was changed right now', { date: at(0), 'last-modified': at(20) }, 'passed'],
  ['something that will be changed', { date: at(0), 'last-modified': at(7200) }, 'modified-in-future'],
])('%s', async (_, headers, gives) => {
  expect(await on(headers)).toMatchObject({ gives, calls: [] });
});

test('an answer that takes long may have been made at its beginning or its end', async () => {
  expect((await on({ date: at(500) }, 500_000)).gives).toBe('passed');
});

test('either clock may be the wrong one, and the message says so', async () => {
  expect((await on({ date: at(3600) })).messages).toEqual([
    'its header Date differs by 60 minutes from the clock of this machine: one of the two is wrong',
  ]);
});

test.each<[headers: Record<string, string>, gives: string]>([
  [{ date: at(300) }, 'passed'],
  [{ date: at(301) }, 'skewed'],
  [{ date: at(-300) }, 'passed'],
  [{ date: at(-302) }, 'skewed'],
  [{ date: at(-3600), 'cf-cache-status': 'HIT' }, 'passed'],
  [{ date: at(-3600), 'cf-cache-status': 'MISS' }, 'skewed'],
])('%j', async (headers, gives) => {
  expect((await on(headers)).gives).toBe(gives);
});

test('says by how much something was changed in the future', async () => {
  const { messages } = await on({ date: at(0), 'last-modified': at(7200) });
  expect(messages).toEqual([expect.stringContaining('120 minutes')]);
});
