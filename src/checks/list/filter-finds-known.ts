import { NotApplicable } from '../../drive/drive.js';
import type { Json } from '../../json.js';
import { check, inconclusive, passed, type Broken } from '../check.js';
import { nameOf } from '../fact.js';
import type { Subject } from '../subject.js';
import { filtersOf, isPlainText, valueFor, type Filter } from './filter.js';
import { NO_PAGE, pageOf } from './page.js';
import { keyOf, keysOf, thingsOf, valuesOf } from './thing.js';

export const filterFindsKnown = check({
  id: 'list/filter-finds-known',
  promise: 'A value read from a thing finds that thing again.',
  source: { kind: 'contract', ref: 'the parameters of the query' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 3 },
  messages: {
    'not-found-again': ({ parameter }) =>
      `a thing was not found with ‘${parameter}’ and the value that it has itself`,
  },
  *run(subject) {
    const things = thingsOf(subject, subject.body) ?? [];
    if (!keysOf(subject, things)) return new NotApplicable('its things have no ids to tell them apart');
    const wanted = filtersOf(subject, things).flatMap((filter) => {
      const known = knownOf(subject, filter, things);
      return known ? [{ filter, ...known }] : [];
    });
    if (wanted.length === 0) return new NotApplicable('it has no filter that a text of its things is for');
    const broken: Broken<'not-found-again'>[] = [];
    let isJudged = false;
    for (const { filter, key, value } of wanted) {
      const page = yield* pageOf(
        subject,
        subject.request.same(`a thing again, by ${filter.name}`, {
          query: { [filter.name]: valueFor(filter, value) },
        }),
      );
      const isThere = page?.things.some((thing) => keyOf(subject, thing) === key) ?? false;
      // On a full page others may stand before it.
      const isWhole = page !== undefined && page.next === undefined && page.things.length < things.length;
      if (isThere || isWhole) isJudged = true;
      if (!isThere && isWhole)
        broken.push({ code: 'not-found-again', facts: { parameter: nameOf(filter.name) } });
    }
    if (broken.length > 0) return { kind: 'failed', broken };
    return isJudged ? passed : inconclusive(`${NO_PAGE} that is known to be whole`);
  },
});

/** A thing with a value that is easily lost on the way, if there is one, and else one from the middle of the page. */
function knownOf(
  subject: Subject,
  filter: Filter,
  things: readonly Json[],
): { key: string; value: string } | undefined {
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
