import { NotApplicable, type Ask } from '../../drive/drive.js';
import type { SeenReply } from '../../drive/seen.js';
import { isObject, type Json } from '../../json.js';
import { check, failed, inconclusive, passed, type Broken } from '../check.js';
import { count } from '../fact.js';
import type { Subject } from '../subject.js';
import { isEstimate } from './estimate.js';
import { dividing, filtersOf, meets, valueFor, type Filter } from './filter.js';
import { isCountedElsewhere } from './origin.js';
import { NO_PAGE, pageOf, type Page } from './page.js';
import { keyOf, thingsOf } from './thing.js';
import { MOST_PAGES, walk, type Walk } from './walk.js';

/** So many values are tried, until all things with one of them are on one page. */
const MOST_VALUES = 2;

export const totalAgrees = check({
  id: 'list/total-agrees',
  promise: 'The total is the number of things that the pages have together.',
  source: { kind: 'contract', ref: 'the member for the total' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: MOST_PAGES + 2 + MOST_VALUES },
  messages: {
    'other-total': ({ total, came }) => `the total is ${total} on one page, and it should be ${came}`,
    'total-ignores-filter': ({ total, came }) =>
      `the total is ${total} where ${came} things meet the filter and all of them are on the page`,
  },
  *run(subject) {
    const { list, body, own, operation, host } = subject;
    if (list?.totalOf(body, own.reply) === undefined) return new NotApplicable('its answers have no total');
    if (isEstimate(host.contract, operation, body))
      return new NotApplicable('the total is said to be an estimate');
    const walked = yield* walk(subject);
    if (!walked) return inconclusive(NO_PAGE);
    const other = yield* otherTotal(subject, walked);
    const ignoring = yield* ignoringTotal(subject);
    const broken: Broken<'other-total' | 'total-ignores-filter'>[] = [
      ...(other && other !== 'unsure' ? failed('other-total', factsOf(other)).broken : []),
      ...(ignoring ? failed('total-ignores-filter', factsOf(ignoring)).broken : []),
    ];
    if (broken.length > 0) return { kind: 'failed', broken };
    return other === 'unsure'
      ? inconclusive('the list has changed in the meantime, or is not counted from where the contract says')
      : passed;
  },
});

interface Difference {
  total: number;
  came: number;
}

function factsOf({ total, came }: Difference) {
  return { total: count(total), came: count(came) };
}

/** A total that is another one than that of the first page, or than the things that came; only where it stays so. */
function* otherTotal(
  subject: Subject,
  { pages, end }: Walk,
): Generator<Ask, Difference | 'unsure' | undefined, SeenReply> {
  const [first, ...others] = pages;
  if (first.total === undefined) return undefined;
  const page = others.find(
    ({ total, things }) => things.length > 0 && total !== undefined && total !== first.total,
  );
  const walked = numberOf(subject, pages);
  // More than there are in all cannot have come, wherever the end is.
  const isOther = walked !== undefined && (end === 'reached' ? walked !== first.total : walked > first.total);
  if (!page && !isOther) return undefined;
  if (!page && (yield* isCountedElsewhere(subject, first))) return 'unsure';
  for (const one of page ? [first, page] : [first]) {
    const again = yield* pageOf(subject, { ...one.ask, fresh: true });
    if (again?.total !== one.total) return 'unsure';
  }
  return { total: page?.total ?? first.total, came: page ? first.total : (walked ?? 0) };
}

/** How many different things came; undefined where they cannot be distinguished. */
function numberOf(subject: Subject, pages: readonly Page[]): number | undefined {
  const all = pages.flatMap(({ things }) => things);
  const keys = all.flatMap((thing) => keyOf(subject, thing) ?? []);
  // What comes twice is the matter of another check, and then it is not known how many there are.
  return keys.length === all.length && new Set(keys).size === keys.length ? all.length : undefined;
}

/** A total that is not that of the things which meet a filter, although all of them are on the page. */
function* ignoringTotal(subject: Subject): Generator<Ask, Difference | undefined, SeenReply> {
  const plain = thingsOf(subject, subject.body) ?? [];
  for (const { filter, value } of rarest(subject, plain).slice(0, MOST_VALUES)) {
    const query = { [filter.name]: valueFor(filter, value) };
    const page = yield* pageOf(subject, subject.request.same(`with ${filter.name}`, { query }));
    if (!page) continue;
    const { total, things, next, body } = page;
    // Fewer than the host puts on a page, and all of them are what was asked for.
    const isWhole = next === undefined && things.length < plain.length;
    if (!isWhole || !things.every((thing) => meets(subject, filter, thing, value))) continue;
    const isOther = total !== undefined && total !== things.length && !saysElsewhere(body, things.length);
    return isOther ? { total, came: things.length } : undefined;
  }
  return undefined;
}

/** The values of filters, those first that the fewest things of a page have. */
function rarest(subject: Subject, plain: readonly Json[]): { filter: Filter; value: string }[] {
  return filtersOf(subject, plain)
    .flatMap((filter) =>
      dividing(subject, filter, plain).map((value) => ({
        ...{ filter, value },
        count: plain.filter((thing) => meets(subject, filter, thing, value)).length,
      })),
    )
    .toSorted((one, other) => one.count - other.count);
}

/** Whether an answer says beside the total how many things meet the filter. */
function saysElsewhere(body: Json | undefined, number: number): boolean {
  if (!isObject(body)) return false;
  const members = [body, ...Object.values(body).filter(isObject)].flatMap((one) => Object.entries(one));
  return members.some(([name, value]) => value === number && /filter|match|found|hits/i.test(name));
}
