import type { Operation } from '../contract/operation.js';
import type { Parameter } from '../contract/parameter.js';
import { isArray, isObject, pointer, type Json } from '../json.js';
import { plainName } from '../probe/id-names.js';
import { listIn } from '../probe/harvest.js';
import { header, type Answer } from '../targets/reply.js';
import { addressOf, linkHeader, related } from './answer-links.js';
import { valueAt, type StatedList } from './stated/lists.js';

/** How an operation lists things: what its parameters are for, and where its answers have what. */
export interface ListForm {
  /** The parameter that says how many things a page may have. */
  size: Parameter | undefined;
  /** The parameter that says which page. */
  page: PageParameter | undefined;
  sort: Parameter | undefined;
  /** All other parameters of the query: they choose among the things. */
  filters: readonly Parameter[];
  /** The places of members that filters are stated to be about, as JSON Pointers into a thing, by parameter. */
  about?: ReadonlyMap<string, string>;
  /** The things of a page; undefined where the answer is no list. */
  itemsOf: (body: Json | undefined) => Json[] | undefined;
  /** How many things there are in all, by what the answer says. */
  totalOf: (body: Json | undefined, answer: Answer) => number | undefined;
  /** Where the next page is: a link, or what stands for it. */
  nextOf: (body: Json | undefined, answer: Answer) => Next | undefined;
}

export type Next = { kind: 'link'; link: string } | { kind: 'cursor'; cursor: string };

/** The parameter that says which page, and how pages are counted. */
export interface PageParameter {
  kind: 'page' | 'offset' | 'cursor';
  parameter: Parameter;
  /** The number of the first page, or of the first thing, where somebody has stated it. */
  origin?: 0 | 1 | undefined;
}

/**
 * @param collection the last fixed word of the path
 * @param stated what somebody has stated of the list: it is before what the contract and the answer show
 */
export function listFormOf(
  operation: Operation,
  body: Json | undefined,
  collection: string | undefined,
  stated: StatedList = {},
): ListForm | undefined {
  const itemsOf = (of: Json | undefined): Json[] | undefined => {
    if (of === undefined) return undefined;
    if (stated.items === undefined) return listIn(of, collection);
    const found = valueAt(of, stated.items);
    return isArray(found) ? found : undefined;
  };
  const items = itemsOf(body);
  if (items === undefined) return undefined;
  const query = operation.parameters.filter((parameter) => parameter.in === 'query');
  const first = (wanted: string | undefined, names: ReadonlySet<string>) =>
    query.find(({ name }) => name === wanted) ??
    query.find(({ name }) => names.has(plainName(name.replace(/^[$_]/, ''))));
  const size = sizeOf(operation, stated);
  const page = first(stated.page, PAGES);
  const offset = first(stated.offset, OFFSETS);
  const cursor = first(stated.cursor, CURSORS);
  const sort = first(stated.sort, SORTS);
  const ways = { cursor, offset, page };
  const kinds = ['cursor', 'offset', 'page'] as const;
  const kind =
    kinds.find((one) => stated[one] !== undefined && ways[one]?.name === stated[one]) ??
    kinds.find((one) => ways[one] !== undefined);
  const parameter = kind && ways[kind];
  const known = new Set([size, page, offset, cursor, sort]);
  const about = aboutOf(stated);
  const choosesNone = (name: string) => stated.filters?.[name] === false;
  return {
    size,
    page: kind && parameter ? { kind, parameter, origin: stated.origin } : undefined,
    sort,
    filters: query.filter(
      (one) =>
        about.has(one.name) ||
        (!known.has(one) && !choosesNone(one.name) && !BESIDE.has(plainName(one.name.replace(/^[$_]/, '')))),
    ),
    about,
    itemsOf,
    totalOf: (of, answer) => {
      if (stated.total === undefined || of === undefined) return totalOf(of, answer);
      return countIn(valueAt(of, stated.total));
    },
    nextOf: (of, answer) => {
      if (stated.next === undefined || of === undefined) return nextOf(of, answer);
      const next = valueAt(of, stated.next);
      return nextFrom(addressOf(next) ?? (typeof next === 'number' ? String(next) : undefined));
    },
  };
}

/** The members that filters are about, as JSON Pointers. */
function aboutOf({ filters = {} }: StatedList): Map<string, string> {
  return new Map(
    Object.entries(filters).flatMap(([name, where]): [string, string][] =>
      where === false ? [] : [[name, where.startsWith('/') ? where : pointer(where)]],
    ),
  );
}

/** How many things a request asks for as a page; undefined where it does not say so. */
export function sizeAskedIn(query: URLSearchParams, stated: StatedList = {}): number | undefined {
  for (const [name, value] of query) {
    const isSize = name === stated.size || SIZES.has(plainName(name.replace(/^[$_]/, '')));
    if (isSize && /^\d{1,9}$/.test(value)) return Number(value);
  }
  return undefined;
}

/** The parameter that says how many things a page may have. */
export function sizeOf({ parameters }: Operation, { size }: StatedList = {}): Parameter | undefined {
  const query = parameters.filter((parameter) => parameter.in === 'query');
  return (
    query.find(({ name }) => name === size) ??
    query.find(({ name }) => SIZES.has(plainName(name.replace(/^[$_]/, ''))))
  );
}

const SIZES = new Set([
  'limit',
  'size',
  'count',
  'pagesize',
  'perpage',
  'itemsperpage',
  'maxresults',
  'maxitems',
  'take',
  'top',
  'rows',
]);
const PAGES = new Set(['page', 'pagenumber', 'pageno', 'pageindex', 'pagenum']);
const OFFSETS = new Set(['offset', 'skip', 'start', 'startindex', 'startat']);
const CURSORS = new Set([
  'cursor',
  'pagetoken',
  'nexttoken',
  'continuationtoken',
  'continue',
  'marker',
  'startingafter',
  'after',
  'nextcursor',
]);
const SORTS = new Set(['sort', 'orderby', 'sortby', 'order', 'ordering']);
/** Whether a parameter is called like one that says at which place of the list a page begins. */
export function saysWhere(name: string): boolean {
  const plain = plainName(name.replace(/^[$_]/, ''));
  return PAGES.has(plain) || OFFSETS.has(plain) || CURSORS.has(plain);
}

/** What says how things are shown, not which. */
const BESIDE = new Set([
  'fields',
  'elements',
  'select',
  'expand',
  'include',
  'includes',
  'embed',
  'summary',
  'format',
  'pretty',
  'lang',
]);

const TOTALS = [
  'total',
  'totalcount',
  'totalelements',
  'totalresults',
  'totalitems',
  'totalrecords',
  'totalhits',
];
/** What stands around or beside the things and says something of the list. */
const ENVELOPES = ['meta', 'metadata', 'page', 'paging', 'pagination', 'links', 'pageinfo'];

/** The members of an answer that speak of the list, in their plain form. */
function membersOf(body: Json | undefined): Map<string, Json> {
  const found = new Map<string, Json>();
  if (!isObject(body)) return found;
  const own = Object.entries(body).map(([name, value]): [string, Json] => [
    plainName(name.replace(/^[$_]/, '')),
    value,
  ]);
  const inside = own.flatMap(([name, value]) =>
    ENVELOPES.includes(name) && isObject(value)
      ? Object.entries(value).map(([inner, one]): [string, Json] => [plainName(inner), one])
      : [],
  );
  for (const [name, value] of [...own, ...inside]) if (!found.has(name)) found.set(name, value);
  return found;
}

function totalOf(body: Json | undefined, answer: Answer): number | undefined {
  const members = membersOf(body);
  for (const name of TOTALS) {
    const value = countIn(members.get(name));
    if (value !== undefined) return value;
  }
  const said = header(answer, 'x-total-count');
  return said !== undefined && /^\d{1,12}$/.test(said) ? Number(said) : undefined;
}

function countIn(value: Json | undefined): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function nextFrom(text: string | undefined): Next | undefined {
  if (text === undefined || text === '') return undefined;
  return isAddress(text) ? { kind: 'link', link: text } : { kind: 'cursor', cursor: text };
}

function nextOf(body: Json | undefined, answer: Answer): Next | undefined {
  const link = linkIn(body) ?? linkHeader(answer, 'next');
  if (link !== undefined) return isAddress(link) ? { kind: 'link', link } : { kind: 'cursor', cursor: link };
  const members = membersOf(body);
  for (const name of ['nextcursor', 'nextpagetoken', 'nexttoken', 'cursor', 'continuationtoken']) {
    const value = members.get(name);
    if (typeof value === 'string' && value !== '') return { kind: 'cursor', cursor: value };
  }
  return undefined;
}

/** What an answer has under the name `next`, or under that relation. */
function linkIn(body: Json | undefined): string | undefined {
  if (!isObject(body)) return undefined;
  for (const name of ['link', 'links']) {
    const list = body[name];
    if (!isArray(list)) continue;
    const address = addressOf(related(list, 'next'));
    if (address !== undefined) return address;
  }
  const text = addressOf(membersOf(body).get('next'));
  return text === '' ? undefined : text;
}

function isAddress(text: string): boolean {
  return /^(https?:\/\/|\/|\?)/i.test(text);
}
