import { expect, test } from 'vitest';
import { leapingClock } from '../../testing/clock.js';
import { createRequests, Exhausted } from './requests.js';

/** Asks a host that throttles the first request, and then answers. */
function throttledOnce(retryAfter: string | null) {
  const clock = leapingClock(new Date('2026-02-02T12:00:00Z'));
  const { ask } = createRequests(new AbortController().signal, clock);
  const sent: [what: string, atMs: number][] = [];
  const read = (what: string) =>
    ask(
      what,
      () => {
        sent.push([what, clock.ticks()]);
        const status = sent.length === 1 ? 429 : 200;
        return Promise.resolve({ data: what, response: { status, headers: { get: () => retryAfter } } });
      },
      (body) => body,
    );
  return { read, sent };
}

test.each([
  ['2', 2000],
  ['Mon, 02 Feb 2026 12:00:05 GMT', 5000],
  [null, 50],
  ['soon', 50],
])('after 429 with Retry-After %s it is asked again after %i ms', async (retryAfter, ms) => {
  const { read, sent } = throttledOnce(retryAfter);
  await read('people');
  expect(sent).toEqual([
    ['people', 0],
    ['people', ms],
  ]);
});

test('the others wait too', async () => {
  const { read, sent } = throttledOnce('2');
  await Promise.all([read('people'), read('people').then(() => read('plans'))]);
  expect(sent.slice(2).every(([, atMs]) => atMs >= 2000)).toBe(true);
});

test('a host that wants a longer rest than a minute is not asked again', async () => {
  const { read, sent } = throttledOnce('3600');
  await expect(read('people')).rejects.toThrow(Exhausted);
  expect(sent).toHaveLength(1);
});
