import { expect, test } from 'vitest';
import { NotApplicable } from '../../drive/drive.js';
import { exchangeOf, answer, seenOf, silence } from '../../testing/host.js';
import { rateAndBurst } from './rate-and-burst.js';
import { rateSightingOf, type RateSighting } from './rate-sightings.js';

const START = Date.parse('2026-03-09T08:00:00Z');

/** An answer so many seconds after the beginning. */
function at(
  seconds: number,
  status: number,
  headers: Record<string, string> = {},
  operation = 'GET /things',
): RateSighting {
  const reply = { ...answer(status, {}, headers), at: new Date(START + seconds * 1000) };
  return rateSightingOf({ operation, token: 'valid' }, reply, seenOf(exchangeOf({ status })));
}

function foundIn(heard: readonly RateSighting[]): string {
  const { value } = rateAndBurst.run(heard).next();
  if (value instanceof NotApplicable || 'probe' in value) return 'not-applicable';
  if (value.kind !== 'failed') return value.kind;
  for (const { code, facts, at: shown } of value.broken) {
    expect(rateAndBurst.messages[code](facts)).toBeTruthy();
    expect(shown?.seen.length).toBeGreaterThan(0);
  }
  return value.broken.map(({ code }) => code).join(', ');
}

const rest = (seconds: number) => ({ 'retry-after': String(seconds) });
const limited = (remaining: number, reset: number) => ({
  'x-ratelimit-remaining': String(remaining),
  'x-ratelimit-reset': String(reset),
});
const several = (count: number, of: (place: number) => RateSighting) =>
  Array.from({ length: count }, (_, place) => of(place));
/** In seconds since 1970. */
const SOON = START / 1000 + 600;

test.each<[what: string, heard: RateSighting[], gives: string]>([
  ['nothing is said of a limit', several(9, (place) => at(place, 200)), 'not-applicable'],
  [
    '429 with a time that holds',
    [at(0, 429, rest(2)), at(2.1, 200), at(3, 429, rest(2)), at(5.1, 200)],
    'passed',
  ],
  [
    '429 with a date',
    [
      at(0, 429, { 'retry-after': 'Mon, 09 Mar 2026 08:00:09 GMT' }),
      at(1, 429, { 'retry-after': 'Mon, 09 Mar 2026 08:00:09 GMT' }),
    ],
    'passed',
  ],
  ['429 without a time', [at(0, 429), at(5, 429)], 'no-time'],
  [
    '429 with a time that nobody can read',
    [at(0, 429, { 'retry-after': 'soon' }), at(5, 429, { 'retry-after': 'soon' })],
    'no-time',
  ],
  ['429 without a time, once', [at(0, 429), at(5, 200)], 'passed'],
  ['429 with a reset in its place', [at(0, 429, limited(0, SOON)), at(5, 429, limited(0, SOON))], 'passed'],
  [
    '429 again after the wait',
    [at(0, 429, rest(2)), at(2.1, 429, rest(2)), at(4.2, 429, rest(2))],
    'still-throttled',
  ],
  ['429 again after the wait, once', [at(0, 429, rest(2)), at(2.1, 429, rest(2)), at(4.2, 200)], 'passed'],
  [
    '429 again of another operation',
    [at(0, 429, rest(2)), at(2.1, 429, rest(2), 'GET /boats'), at(4.2, 429, rest(2), 'GET /trays')],
    'passed',
  ],
  [
    'asked before the wait was over',
    [at(0, 429, rest(2)), at(1, 429, rest(2)), at(3.1, 429, rest(2), 'GET /boats'), at(3.2, 429, rest(9))],
    'passed',
  ],
  ['a number that goes down', several(9, (place) => at(place, 200, limited(90 - place, SOON))), 'passed'],
  [
    'a number that others let go down too',
    several(9, (place) => at(place, 200, limited(90 - place * 7, SOON))),
    'passed',
  ],
  ['a number that stays', several(9, (place) => at(place, 200, limited(90, SOON))), 'not-counted'],
  ['a number that stays for a few', several(7, (place) => at(place, 200, limited(90, SOON))), 'passed'],
  [
    'a number that stays in what a cache answers',
    several(9, (place) => at(place, 200, { ...limited(90, SOON), age: '3' })),
    'not-applicable',
  ],
  [
    'a number that is filled up all the time',
    several(9, (place) => at(place, 200, limited(90, 1))),
    'passed',
  ],
  ['numbers of refusals', several(9, (place) => at(place, 404, limited(90, SOON))), 'passed'],
  [
    'a number that goes up',
    several(6, (place) => at(place, 200, limited(90 - (place % 2) * 9, SOON))),
    'counted-up',
  ],
  [
    'a number that goes up after each reset',
    several(6, (place) => at(place, 200, limited(90 - (place % 2) * 9, SOON + place * 60))),
    'passed',
  ],
  [
    'answers that came in another order',
    several(6, (place) => ({
      ...at(place / 10, 200, limited(90 - (place % 2) * 9, SOON)),
      heardMs: START + 5000,
    })),
    'passed',
  ],
  [
    'a reset that is over',
    several(3, (place) => at(place, 200, limited(90 - place, SOON - 1600))),
    'reset-past',
  ],
  [
    'a reset in milliseconds',
    several(3, (place) => at(place, 200, limited(90 - place, SOON * 1000))),
    'passed',
  ],
  [
    'a reset that is over by our clock only',
    several(3, (place) =>
      at(place, 200, { ...limited(90 - place, SOON - 1600), date: 'Mon, 09 Mar 2026 07:40:00 GMT' }),
    ),
    'passed',
  ],
  [
    'no answer',
    [
      rateSightingOf(
        { operation: 'GET /things', token: 'valid' },
        silence('ECONNRESET'),
        seenOf(exchangeOf()),
      ),
    ],
    'not-applicable',
  ],
])('%s', (_, heard, gives) => {
  expect(foundIn(heard)).toBe(gives);
});
