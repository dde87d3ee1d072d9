import { NotApplicable } from '../../drive/drive.js';
import { isArray, type Json } from '../../json.js';
import { percentEncoded } from '../../request/parameters/encode.js';
import { writeParameter } from '../../request/parameters/write.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { nameOf } from '../fact.js';
import type { Change, Pairs } from '../request.js';
import type { Subject } from '../subject.js';
import { dividing, filtersOf, meets, valueFor, type Filter } from './filter.js';
import { NO_PAGE, pageOf, type Page } from './page.js';
import { memberOf, thingsOf, valuesOf } from './thing.js';

export const filterUnion = check({
  id: 'list/filter-union',
  promise: 'Of several values of a filter, each one gives its things.',
  source: { kind: 'contract', ref: 'the parameters of the query that take several values' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 3 },
  messages: {
    'lacks-values': ({ parameter }) =>
      `with two values of ‘${parameter}’ only things of one of them came, or none, although each of them gives things by itself`,
    'ignores-values': ({ parameter }) =>
      `with two values of ‘${parameter}’ things came that have neither of them, although each of them is applied by itself`,
  },
  *run(subject) {
    const things = thingsOf(subject, subject.body) ?? [];
    const wanted = wantedOf(subject, things);
    if (!wanted) return new NotApplicable('it has no filter of several values that its things show');
    const { filter, values } = wanted;
    const ask = (purpose: string, given: readonly string[]) =>
      pageOf(subject, subject.request.same(purpose, changeFor(subject, filter, given)));
    const met = (page: Page, value: string) =>
      page.things.filter((thing) => meets(subject, filter, thing, value)).length;
    for (const value of values) {
      const page = yield* ask(`with one value of ${filter.name}`, [value]);
      if (!page) return inconclusive(NO_PAGE);
      if (page.things.length === 0 || met(page, value) < page.things.length)
        return inconclusive('with one value it does not give the things of that value');
    }
    const both = yield* ask(`with two values of ${filter.name}`, values);
    if (!both) return inconclusive(NO_PAGE);
    const facts = { parameter: nameOf(filter.name) };
    const isOther = (thing: Json) => !values.some((value) => meets(subject, filter, thing, value));
    if (both.things.some(isOther)) return failed('ignores-values', facts);
    if (values.every((value) => met(both, value) > 0)) return passed;
    return isWhole(subject, both, things.length)
      ? failed('lacks-values', facts)
      : inconclusive('the things of one value may be on a further page');
  },
});

/** The first filter of several values with the two values that the fewest things of the page have. */
function wantedOf(
  subject: Subject,
  things: readonly Json[],
): { filter: Filter; values: [string, string] } | undefined {
  for (const filter of filtersOf(subject, things)) {
    if (!filter.isExact || !takesSeveral(filter)) continue;
    // Of a thing with several values, all that were asked for may be wanted.
    if (things.some((thing) => isArray(memberOf(subject, thing, filter.member) ?? null))) continue;
    const countOf = (value: string) =>
      things.filter((thing) => valuesOf(subject, thing, filter.member).includes(value)).length;
    const [one, other] = dividing(subject, filter, things).toSorted((a, b) => countOf(a) - countOf(b));
    // Texts that have something in common may be found by each other.
    const isApart = (value: string, from: string) =>
      things.every((thing) => !meets(subject, filter, thing, value) || !meets(subject, filter, thing, from));
    if (one !== undefined && other !== undefined && isApart(one, other))
      return { filter, values: [one, other] };
  }
  return undefined;
}

/** Whether the contract says that several values may be given: by the type, or in words. */
function takesSeveral({ parameter: { schema, description }, kind }: Filter): boolean {
  return schema['type'] === 'array' || (kind === 'text' && SAYS_COMMAS.test(description));
}

const SAYS_COMMAS =
  /\bcomma[- ](separated|delimited)\b|\b(separated|delimited|joined|split) (by|with) (a )?commas?\b|\bcommas? between\b/i;

/** These values, in the style of the contract, on as large a page as it allows. */
function changeFor({ list }: Subject, filter: Filter, values: readonly string[]): Change {
  const largest = largestSize(list?.size?.schema['maximum']);
  const size = list?.size && largest !== undefined ? { [list.size.name]: String(largest) } : {};
  const { parameter, name } = filter;
  if (parameter.schema['type'] !== 'array')
    return { query: { ...size, [name]: valueFor(filter, values.join(',')) } };
  return { query: size, written: { [name]: pairsOf(filter, values) } };
}

function pairsOf(filter: Filter, values: readonly string[]): Pairs {
  const write = (given: readonly string[]) => {
    const written = writeParameter(filter.parameter, [...given]);
    return written.ok ? written.texts : [`${percentEncoded(filter.name)}=${percentEncoded(given.join(','))}`];
  };
  return { sent: write(values), shown: write(values.map((value) => valueFor(filter, value).shown)) };
}

/** A page of more things may be cut without a sign. */
const LARGEST = 100;

function largestSize(maximum: Json | undefined): number | undefined {
  return typeof maximum === 'number' ? Math.min(maximum, LARGEST) : undefined;
}

/** Whether nothing is behind a page: it has fewer things than the host puts on one, or as many as it counts in all. */
function isWhole({ list, body, own }: Subject, { things, total, next }: Page, known: number): boolean {
  if (next !== undefined) return false;
  const plain = list?.totalOf(body, own.reply);
  // Where the total is that of the page, it says nothing.
  const isCounted = total === things.length && plain !== undefined && plain > known;
  return things.length < known || isCounted;
}
