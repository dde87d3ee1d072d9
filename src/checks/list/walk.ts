import type { Ask } from '../../drive/drive.js';
import type { SeenReply } from '../../drive/seen.js';
import type { Json } from '../../json.js';
import { plainName } from '../../probe/id-names.js';
import type { PageParameter } from '../list-form.js';
import type { Change } from '../request.js';
import type { Subject } from '../subject.js';
import { pageOf, type Page } from './page.js';
import { areSame, thingsOf } from './thing.js';

/** The pages of a list, one after another. */
export interface Walk {
  /** At least one. */
  pages: [Page, ...Page[]];
  /**
   * `reached`: the last page is the last one of the list. `again`: a page came that had come before, and has been added.
   * `open`: there was more, or the next page did not come.
   */
  end: 'reached' | 'again' | 'open';
}

/** So many requests a walk may send. */
export const MOST_PAGES = 8;

/** The most things that are asked for as a page of a walk. */
const LARGEST = 25;
/** So many pages a list should fall into. */
const PAGES = 5;

/**
 * Goes through a list from its first page on, as its answers or its parameters say, a few things at a time.
 * @returns undefined where no first page came
 */
export function* walk(subject: Subject): Generator<Ask, Walk | undefined, SeenReply> {
  const { list, request } = subject;
  if (!list) return undefined;
  const known = Math.max(lengthOf(subject), totalOf(subject) ?? 0);
  const base = firstPageQuery(subject);
  const first = yield* pageOf(subject, request.same('the first page', { query: base }));
  if (!first) return undefined;
  const pages: Walk['pages'] = [first];
  let last = first;
  let number = firstNumber(subject);
  let passed = first.things.length;
  const followsLinks = first.next !== undefined;
  if (!followsLinks && !isNumbered(subject)) return { pages, end: 'open' };
  for (let asked = 1; asked < MOST_PAGES; asked += 1) {
    // A total that is less than what is known to be there does not say where the end is.
    const isLast = followsLinks ? last.next === undefined : passed === last.total && passed >= known;
    if (isLast) return { pages, end: 'reached' };
    const page = yield* pageOrNone(
      subject,
      followsLinks
        ? askForNext(subject, last, base)
        : request.same('a further page', { query: { ...base, ...numbered(subject, number, passed) } }),
    );
    if (!page) return { pages, end: 'open' };
    if (!followsLinks && page.things.length === 0) return { pages, end: 'reached' };
    const isAgain = page.things.length > 0 && pages.some((one) => areSame(subject, one.things, page.things));
    number += 1;
    if (!followsLinks && isAgain) {
      // Where nobody says how pages are counted, number 1 may be the first page or the one behind it.
      if (asked === 1 && list.page?.kind === 'page' && !isFirstNumberKnown(subject)) continue;
      // Hosts may give the last page for every number beyond it.
      if (passed >= known) return { pages, end: 'reached' };
    }
    pages.push(page);
    if (isAgain) return { pages, end: 'again' };
    last = page;
    passed += page.things.length;
  }
  return { pages, end: followsLinks && last.next === undefined ? 'reached' : 'open' };
}

/** What is asked for the first page of a walk: none by its number, and a size by which the list falls into several. */
export function firstPageQuery(subject: Subject): NonNullable<Change['query']> {
  const { list } = subject;
  const size = pageSizeFor(subject);
  return {
    ...(list?.page ? { [list.page.parameter.name]: undefined } : {}),
    ...(list?.size && size !== undefined ? { [list.size.name]: String(size) } : {}),
  };
}

function* pageOrNone(subject: Subject, ask: Ask | undefined): Generator<Ask, Page | undefined, SeenReply> {
  return ask && (yield* pageOf(subject, ask));
}

/** How many things the answer to the plain request has. */
function lengthOf(subject: Subject): number {
  return thingsOf(subject, subject.body)?.length ?? 0;
}

function totalOf({ list, body, own }: Subject): number | undefined {
  return list?.totalOf(body, own.reply);
}

/** A size by which the list falls into several pages; undefined where the contract has no parameter for it. */
function pageSizeFor(subject: Subject): number | undefined {
  const schema = subject.list?.size?.schema;
  if (!schema) return undefined;
  const [own, total] = [lengthOf(subject), totalOf(subject) ?? 0];
  // The end of a long list is not reached in any case: then only pages that are smaller than the own one show something.
  const known = total > LARGEST * MOST_PAGES && own > 3 ? own : Math.max(own, total);
  const wanted = Math.min(LARGEST, Math.max(known > 3 ? 2 : 1, Math.ceil(known / PAGES)));
  const allowed = Array.isArray(schema['enum']) ? schema['enum'].filter(isNumber) : [];
  if (allowed.length > 0) return Math.min(...allowed);
  const { minimum, maximum } = schema;
  return Math.max(isNumber(minimum) ? minimum : 1, Math.min(wanted, isNumber(maximum) ? maximum : wanted));
}

function isNumber(value: Json | undefined): value is number {
  return typeof value === 'number';
}

/** Asks for what an answer says is next. */
function askForNext(
  { list, request }: Subject,
  { next }: Page,
  base: NonNullable<Change['query']>,
): Ask | undefined {
  if (next?.kind === 'link') return request.follow('the next page', next.link);
  if (next === undefined || list?.page?.kind !== 'cursor') return undefined;
  const cursor = { sent: next.cursor, shown: '‹cursor›' };
  return request.same('the next page', { query: { ...base, [list.page.parameter.name]: cursor } });
}

/** Whether further pages can be asked for by counting. */
function isNumbered({ list }: Subject): boolean {
  if (list?.page?.kind === 'page') return true;
  return list?.page?.kind === 'offset' && offsetBase(list.page) !== undefined;
}

function numbered({ list }: Subject, number: number, passed: number): Record<string, string> {
  if (!list?.page) return {};
  const { kind, parameter } = list.page;
  return { [parameter.name]: String(kind === 'page' ? number : passed + (offsetBase(list.page) ?? 0)) };
}

/** What number the first thing has. */
function offsetBase({ parameter: { name, schema }, origin }: PageParameter): number | undefined {
  if (origin !== undefined) return origin;
  const given = schema['default'] ?? schema['minimum'];
  if (given === 0 || given === 1) return given;
  return ['offset', 'skip'].includes(plainName(name.replace(/^[$_]/, ''))) ? 0 : undefined;
}

function isFirstNumberKnown({ list }: Subject): boolean {
  const { schema } = list?.page?.parameter ?? {};
  if (list?.page?.origin !== undefined) return true;
  return schema?.['default'] === 1 || schema?.['default'] === 0 || schema?.['minimum'] === 1;
}

/** The number of the second page, or the least that it can be. */
function firstNumber(subject: Subject): number {
  const { parameter, origin } = subject.list?.page ?? {};
  if (origin !== undefined) return origin + 1;
  return isFirstNumberKnown(subject) && parameter?.schema['default'] !== 0 ? 2 : 1;
}
