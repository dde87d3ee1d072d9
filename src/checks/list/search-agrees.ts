import type { Operation } from '../../contract/operation.js';
import { NotApplicable, type Ask } from '../../drive/drive.js';
import type { SeenReply } from '../../drive/seen.js';
import type { Json, JsonObject } from '../../json.js';
import { plainName } from '../../probe/id-names.js';
import { collectionOf } from '../../probe/sources.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { count } from '../fact.js';
import { listFormOf, type ListForm } from '../list-form.js';
import { pathOfGet, readsWith } from '../reads.js';
import type { Subject } from '../subject.js';
import { NO_PAGE, pageOf, type Page } from './page.js';
import { searchBodyOf } from './search-body.js';
import { keysOf } from './thing.js';

/** So many pages of a search are looked at. */
const MOST_PAGES = 8;
/** The most things that are asked for as a page. */
const LARGEST = 50;

export const searchAgrees = check({
  id: 'list/search-agrees',
  promise: 'A search without conditions finds what the list of the same things shows.',
  source: { kind: 'practice', ref: 'a list and a search show the same things' },
  since: '0.2.0',
  severity: 'warning',
  asks: { atMost: MOST_PAGES + 2 },
  messages: {
    'not-found': ({ things }) =>
      `the search without conditions does not find ${things} things that the list shows before and after it, between others that it finds`,
  },
  *run(subject) {
    const { operation } = subject;
    const listing = listingBeside(subject);
    if (operation.method !== 'POST' || !listing?.list)
      return new NotApplicable('it is no search of what a list shows as well');
    const searched = searchOf(subject);
    if (!searched || mayChoose(operation, searched.members) || mayChoose(listing.operation, []))
      return new NotApplicable('what it finds without conditions may be meant to be something else');
    const { size } = listing.list;
    const query = size ? { [size.name]: String(sizeFor(size.schema)) } : {};
    const ask = listing.request.same('the list', { query, fresh: true });
    const before = yield* pageOf(listing, ask);
    if (!before) return inconclusive(NO_PAGE);
    const found = yield* searchAll(listing, subject, searched);
    if (!found) return inconclusive('it did not come to the end of what it finds');
    const after = yield* pageOf(listing, ask);
    const listed = after && keysOf(listing, after.things);
    const known = new Set(keysOf(listing, before.things));
    if (!listed || known.size === 0) return inconclusive(NO_PAGE);
    const stayed = listed.filter((key) => known.has(key));
    const missing = stayed.filter((key) => !found.has(key));
    if (missing.length === 0) return passed;
    if (missing.length * 2 > stayed.length) return inconclusive('it finds things of another kind');
    // What was added last is at an end, and an index may not have it yet.
    const between = missing.filter((key) => isBetween(stayed, key, found));
    return between.length > 0
      ? failed('not-found', { things: count(between.length) })
      : inconclusive('what it does not find may have been added just now');
  },
});

function isBetween(keys: readonly string[], key: string, found: ReadonlySet<string>): boolean {
  const place = keys.indexOf(key);
  return (
    keys.slice(0, place).some((one) => found.has(one)) && keys.slice(place + 1).some((one) => found.has(one))
  );
}

/** The list of what is searched, among the reads of this run. */
function listingBeside({ host, operation }: Subject): Subject | undefined {
  const collection = collectionOf(operation).replace(/\/$/, '');
  return readsWith(host.reads, pathOfGet, collection).find(({ list }) => list !== undefined);
}

/** What the body of a search can have. */
interface Searched {
  members: [name: string, schema: JsonObject][];
  size: string | undefined;
  /** What says which page: its number, or the cursor that a page gives. */
  page: { name: string; kind: 'page' | 'cursor' } | undefined;
}

/** @returns undefined where it cannot be asked without conditions */
function searchOf(subject: Subject): Searched | undefined {
  const body = searchBodyOf(subject);
  if (!body || body.requires) return undefined;
  const { members } = body;
  const first = (names: readonly string[]) => members.find(([name]) => names.includes(plainName(name)))?.[0];
  const cursor = first(['cursor', 'pagetoken', 'nexttoken', 'marker']);
  const number = first(['page', 'pagenumber']);
  const page =
    cursor !== undefined
      ? { name: cursor, kind: 'cursor' as const }
      : number !== undefined
        ? { name: number, kind: 'page' as const }
        : undefined;
  return { members, size: first(SIZES), page };
}

const SIZES = ['limit', 'size', 'count', 'pagesize', 'perpage'];

/**
 * Whether something chooses among the things although nobody has asked for it: a default, a name that speaks of things
 * which are left out, or words that do.
 */
function mayChoose({ parameters, summary }: Operation, members: Searched['members']): boolean {
  const given = [
    ...parameters.map(({ name, schema, required }) => ({ name, schema, required })),
    ...members.map(([name, schema]) => ({ name, schema, required: false })),
  ];
  return (
    LEAVES_OUT.test(summary ?? '') ||
    given.some(
      ({ name, schema, required }) =>
        required ||
        LEAVES_OUT.test(name) ||
        (schema['default'] !== undefined && !SHOWS.test(plainName(name))),
    )
  );
}

const LEAVES_OUT = /archiv|delet|inactive|hidden|closed|expired|include|exclude|scope|\bonly\b|\bactive \w/i;
const SHOWS =
  /^(limit|size|count|page|pagesize|perpage|offset|skip|sort|order|orderby|sortby|page(number|token))$/;

function sizeFor({ maximum }: JsonObject): number {
  return typeof maximum === 'number' ? Math.min(maximum, LARGEST) : LARGEST;
}

/** The keys of all that a search finds; undefined where its end did not come. */
function* searchAll(
  listing: Subject,
  subject: Subject,
  { members, size, page }: Searched,
): Generator<Ask, Set<string> | undefined, SeenReply> {
  const found = new Set<string>();
  const stated = listing.host.lists?.of(subject.operation.id);
  const list = listFormOf(listing.operation, subject.body, listing.collection, stated);
  if (!list) return undefined;
  const searching = { ...listing, list, request: subject.request };
  const own = members.find(([name]) => name === size)?.[1];
  const base = size !== undefined && own ? { [size]: sizeFor(own) } : {};
  let further: JsonObject = page?.kind === 'page' ? { [page.name]: 1 } : {};
  for (let asked = 0; asked < MOST_PAGES; asked += 1) {
    const body = { ...base, ...further };
    const came = yield* pageOf(
      searching,
      subject.request.same('the search without conditions', { body, fresh: true }),
    );
    const keys = came && keysOf(listing, came.things);
    if (!came || !keys) return undefined;
    const isNew = keys.some((key) => !found.has(key));
    for (const key of keys) found.add(key);
    if (came.total !== undefined && found.size === came.total && came.next === undefined) return found;
    if (page?.kind === 'page') {
      if (keys.length === 0) return found;
      if (!isNew) return undefined;
      further = { [page.name]: asked + 2 };
    } else {
      if (came.next === undefined) return page || keys.length < LARGEST ? found : undefined;
      const cursor = cursorOf(came, list);
      if (!page || cursor === undefined || !isNew) return undefined;
      further = { [page.name]: cursor };
    }
  }
  return undefined;
}

/** What a page gives to ask for the next one: itself, or in a link that is one of the list. */
function cursorOf({ next, ask }: Page, { page }: ListForm): Json | undefined {
  if (next?.kind === 'cursor') return next.cursor;
  if (next === undefined || page?.kind !== 'cursor') return undefined;
  const base = ask.probe.request.url;
  return URL.canParse(next.link, base)
    ? (new URL(next.link, base).searchParams.get(page.parameter.name) ?? undefined)
    : undefined;
}
