import { expect, test } from 'vitest';
import { endedSince } from './announce.js';
import type { News } from './record.js';

const NEWS: News = { key: 'k', code: 'worse', scope: 'target live', counts: true, target: 'live' };

/** What becomes of something that the last night found, and this one, which compares runs since then, does not. */
function endingOf(code: News['code']): string[] {
  const news = { ...NEWS, code };
  const last = { startedAt: '2026-03-04T09:00:00Z', judged: ['target live'], news: [news] };
  return endedSince([], [last], { live: '2026-03-04T09:01:00Z' }).map(({ why }) => why);
}

test('what all nights that are compared show is not over by that', () => {
  expect(endingOf('body-shape')).toEqual(['usual']);
});

test('an operation that does what is expected again is, however few nights are compared', () => {
  expect(endingOf('worse')).toEqual(['over']);
});
