import { NotApplicable } from '../../drive/drive.js';
import type { Json } from '../../json.js';
import type { Value } from '../../probe/value.js';
import { check, inconclusive, passed, type Broken } from '../check.js';
import { nameOf } from '../fact.js';
import type { Subject } from '../subject.js';
import { dividing, filtersOf, meets, valueFor, type Filter } from './filter.js';
import { NO_PAGE, pageOf } from './page.js';
import { areSame, thingsOf, valuesOf } from './thing.js';

const NO_SUCH_VALUE = 'conform-no-such-value';

export const filterWorks = check({
  id: 'list/filter-works',
  promise: 'A filter that the contract declares is not ignored.',
  source: { kind: 'contract', ref: 'the parameters of the query' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 6 },
  messages: {
    ignored: ({ parameter }) =>
      `the same things came with ‘${parameter}’ as without it, and none or not all of them are what was asked for`,
  },
  *run(subject) {
    const things = thingsOf(subject, subject.body) ?? [];
    const filters = filtersOf(subject, things).flatMap((filter) => {
      const trials = trialsOf(subject, filter, things);
      return trials.length > 0 ? [{ filter, trials }] : [];
    });
    if (filters.length === 0)
      return new NotApplicable('it has no filter that its things show the meaning of');
    const broken: Broken<'ignored'>[] = [];
    let isJudged = false;
    for (const { filter, trials } of filters) {
      // What is a bound, a step or a switch gives everything for one value, but not for every one.
      let isIgnored = true;
      for (const value of trials) {
        const page = yield* pageOf(
          subject,
          subject.request.same(`with ${filter.name}`, { query: { [filter.name]: value } }),
        );
        if (page) isJudged = true;
        isIgnored = page !== undefined && areSame(subject, things, page.things);
        if (!isIgnored) break;
      }
      if (isIgnored) broken.push({ code: 'ignored', facts: { parameter: nameOf(filter.name) } });
    }
    if (broken.length > 0) return { kind: 'failed', broken };
    return isJudged ? passed : inconclusive(NO_PAGE);
  },
});

/** At most two values that not all of the things meet. */
function trialsOf(subject: Subject, filter: Filter, things: readonly Json[]): (Value | string)[] {
  const known = dividing(subject, filter, things);
  const fromThings = known.map((value) => valueFor(filter, value));
  const values = things.flatMap((thing) => valuesOf(subject, thing, filter.member));
  switch (filter.kind) {
    case 'text': {
      const { minLength = 0, maxLength = Infinity } = filter.parameter.schema;
      const fits = Number(minLength) <= NO_SUCH_VALUE.length && NO_SUCH_VALUE.length <= Number(maxLength);
      const isThere = things.some((thing) => meets(subject, filter, thing, NO_SUCH_VALUE));
      return fits && !isThere ? [NO_SUCH_VALUE, ...fromThings.slice(0, 1)] : [];
    }
    case 'choice': {
      const isSpokenOf = (choice: string) =>
        values.some((value) => value.toLowerCase() === choice.toLowerCase());
      // Where things speak of it in other words, they do not show what was asked for.
      if (!filter.choices.some(isSpokenOf)) return [];
      const ordered = filter.choices.filter((choice) => known.includes(choice));
      const [first, last] = [ordered[0], ordered.at(-1)];
      if (first !== undefined && last !== undefined && first !== last)
        return [valueFor(filter, first), valueFor(filter, last)];
      return [...fromThings, ...filter.choices.filter((choice) => !isSpokenOf(choice))].slice(0, 2);
    }
    case 'flag':
      return known.length > 1 ? ['true', 'false'] : [];
    case 'number': {
      const [least, greatest] = extremes(known);
      return least === undefined || greatest === undefined || least === greatest
        ? []
        : [valueFor(filter, least), valueFor(filter, greatest)];
    }
  }
}

/** The least and the greatest of numbers. */
function extremes(values: readonly string[]): [string | undefined, string | undefined] {
  const sorted = values
    .filter((value) => Number.isFinite(Number(value)))
    .sort((a, b) => Number(a) - Number(b));
  return [sorted[0], sorted.at(-1)];
}
