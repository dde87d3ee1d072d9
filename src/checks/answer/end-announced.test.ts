import { expect, test } from 'vitest';
import { checkOn } from '../../testing/checks.js';
import { answer } from '../../testing/host.js';
import { endAnnounced } from './end-announced.js';

const AT = new Date('2026-03-02T10:00:00Z');
const on = (headers: Record<string, string>, operation = '{}') =>
  checkOn(endAnnounced, {
    ...{ paths: `/boats: { get: ${operation} }`, operation: 'GET /boats' },
    host: () => ({ ...answer(200, [], headers), at: AT }),
  });

const GONE = '299 - "This version is deprecated and will be removed"';
test.each<[what: string, headers: Record<string, string>, gives: string]>([
  ['nothing', {}, 'not-applicable'],
  ['an end', { sunset: 'Thu, 31 Dec 2026 23:59:59 GMT' }, 'ends'],
  ['an end this morning', { sunset: 'Mon, 02 Mar 2026 00:00:00 GMT' }, 'ends'],
  ['an end that was two days ago', { sunset: 'Sat, 28 Feb 2026 10:00:00 GMT' }, 'still-there'],
  ['an end that was years ago', { sunset: 'Sun, 11 Nov 2018 23:59:59 GMT' }, 'still-there'],
  ['an end in another form', { sunset: '2026-12-31' }, 'unreadable'],
  ['an end without a zone', { sunset: '31 Dec 2026 23:59:59' }, 'unreadable'],
  ['an empty end', { sunset: '' }, 'unreadable'],
  [
    'an end, and since when it is deprecated',
    { sunset: 'Thu, 31 Dec 2026 23:59:59 GMT', deprecation: '@1' },
    'ends',
  ],
  ['since when it is deprecated', { deprecation: '@1688169599' }, 'deprecated'],
  ['the same as a date of HTTP', { deprecation: 'Sun, 11 Nov 2018 23:59:59 GMT' }, 'deprecated'],
  ['that it is deprecated', { deprecation: 'true' }, 'deprecated'],
  ['that it is not deprecated', { deprecation: 'false' }, 'not-applicable'],
  ['a deprecation in another form', { deprecation: '2026-12-31' }, 'unreadable'],
  ['that it is deprecated, with parameters', { deprecation: ' @1688169599;x=y ' }, 'deprecated'],
  ['that it is deprecated, in structured form', { deprecation: '?1' }, 'deprecated'],
  ['that it is not deprecated, in structured form', { deprecation: '?0' }, 'not-applicable'],
  ['an empty deprecation', { deprecation: ' ' }, 'not-applicable'],
  ['a deprecation behind something else', { deprecation: 'since @1688169599' }, 'unreadable'],
  ['more than that it is deprecated', { deprecation: 'truely' }, 'unreadable'],
  ['less than that it is deprecated', { deprecation: 'untrue' }, 'unreadable'],
  ['an end in a header of another name', { 'x-warning': GONE }, 'not-applicable'],
  ['an end behind another code', { warning: `199 ${GONE}` }, 'not-applicable'],
  ['a warning behind a blank', { warning: ` ${GONE}` }, 'deprecated'],
  ['a warning of its end', { warning: GONE }, 'deprecated'],
  ['both', { deprecation: '@1688169599', warning: GONE }, 'deprecated'],
  ['a warning of something else', { warning: '299 - "the list is not complete"' }, 'not-applicable'],
  [
    'a warning of the end of a part',
    { warning: '299 - "the parameter colour is deprecated"' },
    'not-applicable',
  ],
  ['a word like it', { warning: '299 - "undeprecated"' }, 'not-applicable'],
  ['a warning for one answer', { warning: '199 - "deprecated cache"' }, 'not-applicable'],
])('a host that announces %s', async (_, headers, gives) => {
  expect(await on(headers)).toMatchObject({ gives, calls: [] });
});

test.each<[what: string, headers: Record<string, string>, gives: string]>([
  ['that it is deprecated', { deprecation: 'true' }, 'not-applicable'],
  ['a day for its end', { deprecation: 'true', sunset: 'Thu, 31 Dec 2026 23:59:59 GMT' }, 'ends'],
  ['an end that is over', { sunset: 'Sat, 28 Feb 2026 10:00:00 GMT' }, 'still-there'],
])('of what the contract says is deprecated, %s', async (_, headers, gives) => {
  expect((await on(headers, '{ deprecated: true }')).gives).toBe(gives);
});

test('the day is named, and nothing else of what the host says', async () => {
  const stated = async (headers: Record<string, string>) => (await on(headers)).messages;
  expect(await stated({ sunset: 'Thu, 31 Dec 2026 23:59:59 GMT', warning: GONE })).toEqual([
    'its address is announced to stop answering on 2026-12-31 (Sunset)',
  ]);
  expect(await stated({ sunset: 'Wed, 12 Mar 1947 00:00:00 GMT' })).toEqual([
    'its address was announced to stop answering on a day before 2020 (Sunset), and still answers',
  ]);
  expect(await stated({ deprecation: '@1688169599', warning: GONE })).toEqual([
    'it is announced to be deprecated (Deprecation, Warning), which the contract does not say, and no day is named on which it ends',
  ]);
  expect(await stated({ sunset: 'soon, says Ann' })).toEqual([
    'its end is announced in the header Sunset, without a date in the form that the standard describes',
  ]);
});

test('says which header cannot be read', async () => {
  expect((await on({ deprecation: '2026-12-31' })).messages).toEqual([
    expect.stringContaining('Deprecation'),
  ]);
});
