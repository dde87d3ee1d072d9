import { asText, type Json, type JsonObject } from '../json.js';
import { fill, filledAnswer } from './template.js';
import type { FixedAnswer } from './world/answer.js';
import type { Listing, Paging } from './world/listing.js';

/** The records of which a page is shown. */
export interface Listed {
  /** All records of the list, whatever was filtered out. */
  all: number;
  /** What is left of them, in order. */
  found: readonly JsonObject[];
}

/** A page of records in the form of its listing. @param url what was asked, for the links of the page */
export function pageOf(
  { all, found }: Listed,
  { answer, empty, each = '{item}', paging }: Listing,
  parameters: ReadonlyMap<string, string>,
  url: URL,
): FixedAnswer {
  const { start, size } = sliceOf(paging, parameters);
  const isPast = start > 0 && start >= found.length;
  const { pastEnd } = paging ?? {};
  if (isPast && typeof pastEnd === 'object') return pastEnd;
  const lastStart = Math.max(0, Math.ceil(found.length / size) - 1) * size;
  const from = isPast && pastEnd === 'last' ? lastStart : start;
  // A defect of paging shows at each border of two pages: things are on both, or on none.
  const first = from === 0 ? 0 : Math.max(0, from - (paging?.overlap ?? 0));
  const shown = found.slice(first, from + size);
  const items = shown.map((item) => fill(each, (name) => (name === 'item' ? item : undefined)));
  const next = from + size < found.length ? from + size : undefined;
  const previous = from > 0 ? Math.max(0, from - size) : undefined;
  const linkTo = (place: number | undefined) =>
    place === undefined || !paging ? undefined : linkAt(url, paging, pageAt(paging, place, size));
  const values: Readonly<Record<string, Json | undefined>> = {
    items,
    all,
    total: found.length,
    shown: items.length,
    pages: Math.ceil(found.length / size),
    self: url.pathname + url.search,
    next: linkTo(next),
    previous: linkTo(previous),
    nextPage: paging && next !== undefined ? pageAt(paging, next, size) : undefined,
    page: paging ? pageAt(paging, start, size) : undefined,
    size: Number.isFinite(size) ? size : undefined,
    origin: url.origin,
  };
  const form = items.length === 0 && empty ? empty : answer;
  return filledAnswer(form, (name) => values[name]);
}

/** Where a page begins, and how much is on it. */
function sliceOf(
  paging: Paging | undefined,
  parameters: ReadonlyMap<string, string>,
): { start: number; size: number } {
  if (!paging) return { start: 0, size: Infinity };
  const { kind, parameter, origin, size: sizeName, default: usual, largest } = paging;
  const asked = (sizeName === undefined ? undefined : wholeNumber(parameters.get(sizeName))) ?? usual;
  const size = Math.min(Math.max(asked, 1), largest);
  const given = parameters.get(parameter);
  if (kind === 'cursor') return { start: placeOf(given), size };
  const steps = Math.max((wholeNumber(given) ?? origin) - origin, 0);
  return { start: kind === 'page' ? steps * size : steps, size };
}

/** What the parameter for the page says of a page that begins there. */
function pageAt({ kind, origin }: Paging, start: number, size: number): Json {
  if (kind === 'cursor') return Buffer.from(`place ${start}`).toString('base64url');
  return kind === 'page' ? origin + start / size : origin + start;
}

function placeOf(cursor: string | undefined): number {
  const text = Buffer.from(cursor ?? '', 'base64url').toString('utf8');
  return wholeNumber(/^place (\d+)$/.exec(text)?.[1]) ?? 0;
}

function linkAt(url: URL, { parameter }: Paging, page: Json): string {
  const query = new URLSearchParams(url.searchParams);
  query.set(parameter, asText(page));
  return `${url.pathname}?${query.toString()}`;
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
