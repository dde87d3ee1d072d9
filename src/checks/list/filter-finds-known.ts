import { NotApplicable, type Ask } from '../../drive/drive.js';
import type { SeenReply } from '../../drive/seen.js';
import type { Json } from '../../json.js';
import { check, inconclusive, passed, type Broken } from '../check.js';
import { nameOf } from '../fact.js';
import type { Subject } from '../subject.js';
import { filtersOf, isPlainText, valueFor, type Filter } from './filter.js';
import { MOST_NESTED, nestedTrials, type KnownValue } from './nested-values.js';
import { NO_PAGE, pageOf, type Page } from './page.js';
import { keyOf, keysOf, thingsOf, valuesOf } from './thing.js';

export const filterFindsKnown = check({
  id: 'list/filter-finds-known',
  promise: 'A value read from a thing finds that thing again.',
  source: { kind: 'contract', ref: 'the parameters of the query' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 3 + MOST_NESTED },
  messages: {
    'not-found-again': ({ parameter }) =>
      `a thing was not found with ‘${parameter}’ and the value that it has itself`,
    'loses-letters': ({ parameter }) =>
      `with ‘${parameter}’ a thing is found by its own value of ASCII letters, and another one is not found by its own value with other letters`,
  },
  *run(subject) {
    const things = thingsOf(subject, subject.body) ?? [];
    if (!keysOf(subject, things)) return new NotApplicable('its things have no ids to tell them apart');
    const wanted = filtersOf(subject, things).flatMap((filter) => {
      const known = knownOf(subject, filter, things);
      return known ? [{ filter, ...known }] : [];
    });
    const nested = nestedTrials(subject, things);
    if (wanted.length === 0 && nested.length === 0)
      return new NotApplicable('it has no filter that a text of its things is for');
    const broken: Broken<'not-found-again' | 'loses-letters'>[] = [];
    let isJudged = false;
    for (const { filter, key, value } of wanted) {
      const page = yield* pageBy(subject, filter, value);
      const isThere = isOn(subject, page, key, things.length);
      if (isThere !== undefined) isJudged = true;
      if (isThere === false)
        broken.push({ code: 'not-found-again', facts: { parameter: nameOf(filter.name) } });
    }
    for (const { filter, plain, other } of nested) {
      // Where a value is sought, the contract does not say: one that is found by ASCII letters shows it.
      const page = yield* pageBy(subject, filter, plain.value);
      const isSought =
        isOn(subject, page, plain.key, things.length) && (page?.things.length ?? 0) < things.length;
      const others = isSought ? yield* pageBy(subject, filter, other.value) : undefined;
      const isThere = isOn(subject, others, other.key, things.length);
      if (isThere === undefined) continue;
      isJudged = true;
      if (!isThere) broken.push({ code: 'loses-letters', facts: { parameter: nameOf(filter.name) } });
      break;
    }
    if (broken.length > 0) return { kind: 'failed', broken };
    return isJudged ? passed : inconclusive(`${NO_PAGE} that is known to be whole`);
  },
});

function pageBy(
  subject: Subject,
  filter: Filter,
  value: string,
): Generator<Ask, Page | undefined, SeenReply> {
  const query = { [filter.name]: valueFor(filter, value) };
  return pageOf(subject, subject.request.same(`a thing again, by ${filter.name}`, { query }));
}

/**
 * Whether a thing is on a page.
 * @returns undefined where the page does not show it: on a full one others may be before it
 */
function isOn(subject: Subject, page: Page | undefined, key: string, known: number): boolean | undefined {
  if (page?.things.some((thing) => keyOf(subject, thing) === key)) return true;
  const isWhole = page !== undefined && page.next === undefined && page.things.length < known;
  return isWhole ? false : undefined;
}

/** A thing with a value that is easily lost on the way, if there is one, and else one from the middle of the page. */
function knownOf(subject: Subject, filter: Filter, things: readonly Json[]): KnownValue | undefined {
  if (filter.kind !== 'text' && !(filter.kind === 'number' && filter.isExact)) return undefined;
  const all = things.flatMap((thing) => {
    const key = keyOf(subject, thing);
    const [value, more] = valuesOf(subject, thing, filter.member);
    return key === undefined || value === undefined || more !== undefined || !isPlainText(value)
      ? []
      : [{ key, value }];
  });
  return (
    all.find(({ value }) => /[^ -~]/.test(value)) ??
    all.find(({ value }) => /[&+%]/.test(value)) ??
    all.find(({ value }) => value.includes(' ')) ??
    all[Math.floor(all.length / 2)]
  );
}
