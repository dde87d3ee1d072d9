import { NotApplicable } from '../../drive/drive.js';
import { httpDateOf } from '../../targets/http-date.js';
import { header, type Answer } from '../../targets/reply.js';
import { check, passed, type Broken } from '../check.js';
import { count } from '../fact.js';
import { withoutAsking } from '../without-asking.js';

/** So many minutes our clock and that of a host may differ. */
const MOST_MINUTES = 5;
/** The times of an answer may come from several machines, whose clocks differ a little. */
const TOLERANCE_MS = 60_000;

export const clock = check({
  id: 'answer/clock',
  promise: 'An answer says when it was made, and when what it shows was changed, by a clock that is right.',
  source: {
    kind: 'standard',
    ref: 'RFC 9110, sections 6.6.1 and 8.8.2.1',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1',
  },
  since: '0.2.0',
  severity: 'warning',
  scope: 'host',
  asks: { atMost: 0 },
  messages: {
    skewed: ({ minutes }) =>
      `its header Date differs by ${minutes} minutes from the clock of this machine: one of the two is wrong`,
    'modified-in-future': ({ minutes }) =>
      `its header Last-Modified is ${minutes} minutes later than its header Date, so something was changed before it happened`,
  },
  run: withoutAsking(({ own: { reply } }) => {
    const date = httpDateOf(header(reply, 'date'));
    if (date === undefined) return new NotApplicable('its answers have no Date that can be read');
    const broken: Broken<'skewed' | 'modified-in-future'>[] = [];
    const skew = skewOf(date, reply);
    if (skew > MOST_MINUTES * 60_000) broken.push({ code: 'skewed', facts: minutes(skew) });
    const modified = httpDateOf(header(reply, 'last-modified'));
    if (modified !== undefined && modified - date > TOLERANCE_MS)
      broken.push({ code: 'modified-in-future', facts: minutes(modified - date) });
    return broken.length > 0 ? { kind: 'failed', broken } : passed;
  }),
});

/** How far a Date is from the time in which the answer was made by our clock, in milliseconds. */
function skewOf(date: number, reply: Answer): number {
  const asked = reply.at.getTime();
  // An answer from a cache was made earlier; its Age says when, and not every cache gives one.
  const isCached =
    header(reply, 'age') !== undefined ||
    /hit/i.test(header(reply, 'x-cache') ?? header(reply, 'cf-cache-status') ?? '');
  const early = isCached ? 0 : asked - date - 1000;
  return Math.max(0, early, date - asked - reply.durationMs);
}

function minutes(ms: number) {
  return { minutes: count(Math.round(ms / 60_000)) };
}
