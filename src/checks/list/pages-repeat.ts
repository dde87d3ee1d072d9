import { NotApplicable } from '../../drive/drive.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { count } from '../fact.js';
import type { Subject } from '../subject.js';
import { documentedOrigin } from './origin.js';
import { NO_PAGE, pageOf, type Page } from './page.js';
import { areSame, keyOf, keysOf, thingsOf } from './thing.js';
import { MOST_PAGES, walk } from './walk.js';

export const pagesRepeat = check({
  id: 'list/pages-repeat',
  promise: 'A thing is on one page only.',
  source: { kind: 'contract', ref: 'how the list falls into pages' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: MOST_PAGES + 1 },
  messages: {
    repeated: ({ things, pages }) => `${things} things are on more than one of ${pages} pages`,
  },
  *run(subject) {
    if (!keysOf(subject, thingsOf(subject, subject.body) ?? []))
      return new NotApplicable('its things have no ids to tell them apart');
    const walked = yield* walk(subject);
    if (!walked) return inconclusive(NO_PAGE);
    const { pages } = walked;
    if (pages.length < 2) return inconclusive('no second page came');
    if (isFirstAgain(subject, pages)) return inconclusive('the second page is the first one again');
    const firstPlace = new Map<string, number>();
    const repeated = new Map<string, number>();
    for (const [place, { things }] of pages.entries()) {
      for (const key of things.flatMap((thing) => keyOf(subject, thing) ?? [])) {
        const before = firstPlace.get(key);
        if (before === undefined) firstPlace.set(key, place);
        else if (before !== place) repeated.set(key, before);
      }
    }
    const [one] = repeated;
    if (!one) return passed;
    const [key, place] = one;
    const earlier = pages[place];
    // Things move from one page to the next when others are added before them. One that still is there has not moved.
    const again = earlier && (yield* pageOf(subject, { ...earlier.ask, fresh: true }));
    if (!again) return inconclusive(NO_PAGE);
    return again.things.some((thing) => keyOf(subject, thing) === key)
      ? failed('repeated', { things: count(repeated.size), pages: count(pages.length) })
      : inconclusive('the list has changed in the meantime');
  },
});

/** Whether pages are not counted as the contract says, or not at all: that is the promise of another check. */
function isFirstAgain(subject: Subject, [first, second]: readonly Page[]): boolean {
  const page = subject.list?.page;
  if (!page || page.kind === 'cursor' || !first || !second || first.next !== undefined) return false;
  return documentedOrigin(page) !== undefined && areSame(subject, first.things, second.things);
}
