import { NotApplicable, type Ask } from '../../drive/drive.js';
import type { SeenReply } from '../../drive/seen.js';
import type { Json } from '../../json.js';
import { check, inconclusive, passed, type Broken } from '../check.js';
import { nameOf } from '../fact.js';
import type { Subject } from '../subject.js';
import { isInLink } from './asked-again.js';
import { filtersOf, meets, valueFor, dividing } from './filter.js';
import { NO_PAGE, pageOf, queryOf, type Page } from './page.js';
import { areSame, thingsOf } from './thing.js';
import { MOST_PAGES, walk } from './walk.js';

/** So many pages behind the first one of a filtered list are looked at. */
const MOST_FURTHER = 2;

export const pagesEnd = check({
  id: 'list/pages-end',
  promise: 'The next page is one of the same list, and some page is the last one.',
  source: { kind: 'contract', ref: 'how the list falls into pages' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: MOST_PAGES + 1 + MOST_FURTHER },
  messages: {
    'drops-parameter': ({ parameter }) =>
      `‘${parameter}’ of the request is missing in the link to the next page, so that page is one of another list`,
    'no-end': () => 'the next page of a page is one that has come before, so that the list has no end',
  },
  *run(subject) {
    const { list } = subject;
    if (!list) return new NotApplicable('it lists nothing');
    const walked = yield* walk(subject);
    if (!walked) return inconclusive(NO_PAGE);
    const [first, ...others] = walked.pages;
    if (first.next === undefined) return new NotApplicable('its answers do not say where the next page is');
    if (others.length === 0 && first.next.kind === 'cursor') return inconclusive('no second page came');
    const broken: Broken<'drops-parameter' | 'no-end'>[] = [];
    if (walked.end === 'again' && isCircle(subject, walked.pages)) broken.push({ code: 'no-end', facts: {} });
    const dropped = dropsSize(subject, first) ?? (yield* droppedFilter(subject));
    if (dropped !== undefined)
      broken.push({ code: 'drops-parameter', facts: { parameter: nameOf(dropped) } });
    return broken.length > 0 ? { kind: 'failed', broken } : passed;
  },
});

/** Whether the last page leads to where an earlier one that was the same has led. */
function isCircle(subject: Subject, pages: readonly Page[]): boolean {
  const last = pages.at(-1);
  if (!last?.next) return false;
  const { next } = last;
  return pages
    .slice(0, -1)
    .some(
      (page) =>
        areSame(subject, page.things, last.things) && JSON.stringify(page.next) === JSON.stringify(next),
    );
}

/** The parameter for the size of a page, where a link to the next page has lost it. */
function dropsSize({ list }: Subject, page: Page): string | undefined {
  const name = list?.size?.name;
  if (name === undefined || !queryOf(page.ask).has(name)) return undefined;
  const link = linkOf(page);
  return link && isInLink(link, queryOf(page.ask), name) === false ? name : undefined;
}

/** The filter that a link to the next page has lost. */
function* droppedFilter(subject: Subject): Generator<Ask, string | undefined, SeenReply> {
  const { list, request } = subject;
  const things = thingsOf(subject, subject.body) ?? [];
  const met = (value: string, filter: Parameters<typeof meets>[1], among: readonly Json[]) =>
    among.filter((thing) => meets(subject, filter, thing, value)).length;
  // Behind the first of few things that meet it there are others.
  const [best] = filtersOf(subject, things)
    .flatMap((filter) =>
      dividing(subject, filter, things).map((value) => ({
        filter,
        value,
        count: met(value, filter, things),
      })),
    )
    .filter(({ filter, count }) => filter.kind !== 'flag' && count > 1)
    .toSorted((a, b) => a.count - b.count);
  if (!best) return undefined;
  const { filter, value } = best;
  const query = {
    // As many as leave one for a further page: the more are there, the more is seen of it.
    ...(list?.size ? { [list.size.name]: String(Math.min(best.count - 1, MOST_A_PAGE)) } : {}),
    [filter.name]: valueFor(filter, value),
  };
  const page = yield* pageOf(subject, request.same(`the first page with ${filter.name}`, { query }));
  const link = page && linkOf(page);
  // A filter that is not applied is the promise of another check.
  if (!link || met(value, filter, page.things) < page.things.length || page.things.length === 0)
    return undefined;
  const isThere = isInLink(link, queryOf(page.ask), filter.name);
  if (isThere !== undefined) return isThere ? undefined : filter.name;
  // Only the host can read the link: the things that it leads to show whether it still knows the filter.
  let last = page;
  for (let asked = 0; asked < MOST_FURTHER; asked += 1) {
    const ask = last.next?.kind === 'link' ? request.follow('the next page', last.next.link) : undefined;
    const next = ask && (yield* pageOf(subject, ask));
    if (!next) return undefined;
    if (met(value, filter, next.things) < next.things.length) return filter.name;
    last = next;
  }
  return undefined;
}

/** So many things are asked for as a page of it. */
const MOST_A_PAGE = 5;

/** The query of the link to the next page; undefined where it is no link. */
function linkOf({ next, ask }: Page): URLSearchParams | undefined {
  if (next?.kind !== 'link' || !URL.canParse(next.link, ask.probe.request.url)) return undefined;
  const own = new URL(ask.probe.request.url);
  const link = new URL(next.link, own);
  return link.pathname === own.pathname ? link.searchParams : undefined;
}
