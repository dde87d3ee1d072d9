import { expect, test } from 'vitest';
import { calendarOf, daysBetween, isTimeZone } from './calendar.js';
import type { News, NightRecord } from './record.js';
import { daysMissed, describeStanding, standingOf } from './standing.js';

const DENVER = calendarOf('America/Denver');
const NEWS: News = { key: 'k', code: 'worse', scope: 'target live', counts: true };

/** The record of a night: `x` has found it, `.` has not, `?` could not judge. */
function nightOf(startedAt: string, sign: string): NightRecord {
  return {
    format: 'conform-night/1',
    ...{ id: startedAt, startedAt, state: 'ended', tool: { name: 'conform', version: '0' } },
    ...{ runs: [], comparedSince: {}, gates: [], steps: [], announced: {} },
    judged: sign === '?' ? [] : ['target live'],
    news: sign === 'x' ? [NEWS] : [],
  };
}

/** Nights at half past five in the evening in Denver, from 4 March 2026 on; a blank is a day without any. */
function nights(pattern: string): NightRecord[] {
  return pattern.split('').flatMap((sign, index) => (sign === ' ' ? [] : [nightOf(momentOf(index), sign)]));
}

function momentOf(index: number): string {
  const day = 4 + index;
  // On 8 March clocks are set forward: the same hour in Denver is another day in UTC before that.
  return day < 8 ? `2026-03-0${day + 1}T00:30:00Z` : `2026-03-${String(day).padStart(2, '0')}T23:30:00Z`;
}

test.each([
  ['..', 'new since last night'],
  ['', 'found on the first night'],
  ['?', 'found on the first night'],
  ['.x', 'since 2026-03-05, 2 nights'],
  ['xxx', 'since 2026-03-04, 4 nights'],
  ['x.x', 'since 2026-03-06, 2 nights'],
  // Through the change of clocks on 8 March.
  ['xxxxxx', 'since 2026-03-04, 7 nights'],
  ['x  ', 'since 2026-03-04, 2 nights (2 days without a run)'],
  ['x?', 'since 2026-03-04, 2 nights (1 night without a verdict)'],
  ['x? x', 'since 2026-03-04, 3 nights (1 day without a run, 1 night without a verdict)'],
  ['.?', 'new since last night'],
  ['.  ', 'new since last night'],
])('after “%s” it is %s', (pattern, said) => {
  const tonight = momentOf(pattern.length);
  const standing = standingOf(NEWS, tonight, nights(pattern), DENVER);
  expect(describeStanding(standing, { tonight }, DENVER)).toBe(said);
});

test('a second run of a day is no second night', () => {
  const earlier = [...nights('x'), nightOf('2026-03-05T03:00:00Z', 'x')];
  expect(standingOf(NEWS, momentOf(1), earlier, DENVER)).toMatchObject({ nights: 2, daysWithoutRun: 0 });
});

test('what drift has seen before it counted is said with its day', () => {
  const tonight = momentOf(2);
  const standing = standingOf(NEWS, tonight, nights('..'), DENVER);
  expect(describeStanding(standing, { tonight, seenSince: momentOf(1) }, DENVER)).toBe(
    'new since last night, first seen on 2026-03-05',
  );
});

test('days without a run are those between two nights', () => {
  expect(daysMissed(momentOf(4), nights('x'), DENVER)).toBe(3);
  expect(daysMissed(momentOf(1), nights('x'), DENVER)).toBe(0);
  expect(daysMissed(momentOf(5), [], DENVER)).toBe(0);
  expect(daysBetween('2026-03-07', '2026-03-09')).toBe(2);
});

test('a time zone is known or not', () => {
  expect([isTimeZone('America/Denver'), isTimeZone('Harbour/Quay')]).toEqual([true, false]);
  expect(DENVER.minuteOf('2026-03-08T09:30:00Z')).toBe('2026-03-08 03:30');
});
