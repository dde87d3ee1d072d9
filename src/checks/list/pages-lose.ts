import { NotApplicable } from '../../drive/drive.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { count } from '../fact.js';
import { COUNTED_ELSEWHERE, isCountedElsewhere } from './origin.js';
import { NO_PAGE, pageOf, queryOf } from './page.js';
import { keyOf, keysOf, thingsOf } from './thing.js';
import { MOST_PAGES, walk } from './walk.js';

export const pagesLose = check({
  id: 'list/pages-lose',
  promise: 'Small pages have all things that a large one has.',
  source: { kind: 'contract', ref: 'how the list falls into pages' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: MOST_PAGES + 2 },
  messages: {
    lost: ({ things, pages }) =>
      `${things} things that are between others on one large page are on none of ${pages} small ones`,
  },
  *run(subject) {
    const { list, request } = subject;
    const before = keysOf(subject, thingsOf(subject, subject.body) ?? []);
    if (!before) return new NotApplicable('its things have no ids to tell them apart');
    const plain = request.same('the large page once more');
    if (!list?.size) return new NotApplicable('the contract names no parameter for the size of a page');
    if (list.page && queryOf(plain).has(list.page.parameter.name))
      return new NotApplicable('the page that is known is not the first one');
    const walked = yield* walk(subject);
    if (!walked) return inconclusive(NO_PAGE);
    const { pages, end } = walked;
    if (pages.length < 2) return inconclusive('no second page came');
    const small = pages.flatMap(({ things }) => things.flatMap((thing) => keyOf(subject, thing) ?? []));
    // Where the order is another one, what comes later looks like what is lost.
    if (end !== 'reached' && !isInOrder(small, before))
      return inconclusive('the pages have another order, and did not come to an end');
    const large = yield* pageOf(subject, { ...plain, fresh: true });
    const after = large && keysOf(subject, large.things);
    if (!after) return inconclusive(NO_PAGE);
    const walkedOver = new Set(small);
    const between = new Set(lostIn(after, walkedOver));
    const lost = lostIn(before, walkedOver).filter((key) => between.has(key));
    if (lost.length === 0) return passed;
    if (yield* isCountedElsewhere(subject, pages[0])) return inconclusive(COUNTED_ELSEWHERE);
    // Where a thing has gone or moved, those behind it come earlier: then one may have been passed over.
    return hasOnlyGrown(before, after)
      ? failed('lost', { things: count(lost.length), pages: count(pages.length) })
      : inconclusive('the list has changed in the meantime');
  },
});

/** What is between things that were seen, and was not seen itself. */
function lostIn(keys: readonly string[], seen: ReadonlySet<string>): string[] {
  const first = keys.findIndex((key) => seen.has(key));
  const last = keys.findLastIndex((key) => seen.has(key));
  return keys.filter((key, place) => first !== -1 && place > first && place < last && !seen.has(key));
}

/** Whether all that was there is still there in the same order, but what others may have pushed out at the end. */
function hasOnlyGrown(before: readonly string[], after: readonly string[]): boolean {
  const gone = before.findIndex((key) => !after.includes(key));
  const kept = gone === -1 ? before : before.slice(0, gone);
  return isInOrder(after, before) && !before.slice(kept.length).some((key) => after.includes(key));
}

/** Whether those of the things that are in the list as well are in its order. */
function isInOrder(keys: readonly string[], list: readonly string[]): boolean {
  const places = keys.map((key) => list.indexOf(key)).filter((place) => place !== -1);
  return places.every((place, index) => index === 0 || place > (places[index - 1] ?? -1));
}
