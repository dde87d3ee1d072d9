import { NotApplicable } from '../../drive/drive.js';
import type { Json } from '../../json.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { nameOf } from '../fact.js';
import type { Subject } from '../subject.js';
import { dividing, filtersOf, meets, valueFor, type Filter } from './filter.js';
import { NO_PAGE, pageOf, type Page } from './page.js';
import { keyOf, keysOf, thingsOf } from './thing.js';

export const filterNarrows = check({
  id: 'list/filter-narrows',
  promise: 'With two filters comes what each of them finds by itself, and nothing else.',
  source: { kind: 'contract', ref: 'the parameters of the query' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 3 },
  messages: {
    'forgets-one': ({ parameter, other }) =>
      `beside ‘${other}’ the filter ‘${parameter}’ lets things through that it holds back by itself`,
    loses: ({ parameter, other }) =>
      `a thing that ‘${parameter}’ finds, and ‘${other}’ as well, is missing where both are given`,
  },
  *run(subject) {
    const things = thingsOf(subject, subject.body) ?? [];
    if (!keysOf(subject, things)) return new NotApplicable('its things have no ids to tell them apart');
    const pair = pairOf(subject, things);
    if (!pair) return new NotApplicable('it has no two filters that one of its things shows the meaning of');
    const { one, other, key } = pair;
    const ask = (purpose: string, ...given: Given[]) =>
      pageOf(subject, subject.request.same(purpose, { query: queryFor(given) }));
    for (const given of [one, other]) {
      const page = yield* ask(`with ${given.filter.name}`, given);
      if (!page) return inconclusive(NO_PAGE);
      // A filter that does not hold, or does not find, by itself is the promise of other checks.
      if (!isKept(subject, page, given) || !hasKey(subject, page, key))
        return inconclusive('one of the filters does not give its things by itself');
    }
    const both = yield* ask(`with ${one.filter.name} and ${other.filter.name}`, one, other);
    if (!both) return inconclusive(NO_PAGE);
    const facts = (of: Given, beside: Given) => ({
      parameter: nameOf(of.filter.name),
      other: nameOf(beside.filter.name),
    });
    if (!isKept(subject, both, one)) return failed('forgets-one', facts(one, other));
    if (!isKept(subject, both, other)) return failed('forgets-one', facts(other, one));
    if (hasKey(subject, both, key)) return passed;
    return both.next === undefined && both.things.length < things.length
      ? failed('loses', facts(one, other))
      : inconclusive('the thing may be on a further page');
  },
});

/** A filter, and what is asked for with it. */
interface Given {
  filter: Filter;
  value: string;
}

function queryFor(given: readonly Given[]) {
  return Object.fromEntries(given.map(({ filter, value }) => [filter.name, valueFor(filter, value)]));
}

function isKept(subject: Subject, { things }: Page, { filter, value }: Given): boolean {
  return things.every((thing) => meets(subject, filter, thing, value));
}

function hasKey(subject: Subject, { things }: Page, key: string): boolean {
  return things.some((thing) => keyOf(subject, thing) === key);
}

/** Two filters with values of one thing, each of which other things do not have. */
function pairOf(
  subject: Subject,
  things: readonly Json[],
): { one: Given; other: Given; key: string } | undefined {
  const filters = filtersOf(subject, things).filter(
    ({ isExact, parameter }) => isExact && !MAY_STAND_ALONE.test(parameter.description),
  );
  const values = new Map(filters.map((filter) => [filter, dividing(subject, filter, things)]));
  for (const thing of things) {
    const key = keyOf(subject, thing);
    const [one, other] = filters.flatMap((filter): Given[] => {
      const value = values.get(filter)?.find((known) => meets(subject, filter, thing, known));
      return value === undefined ? [] : [{ filter, value }];
    });
    if (key !== undefined && one && other) return { one, other, key };
  }
  return undefined;
}

/** What is said of filters that do not go with others, or widen what these find. */
const MAY_STAND_ALONE =
  /\b(ignored|instead|overrid\w*|precedence|exclusive\w*|combin\w*|together|only (one|if|when|with)|either|any of|OR)\b/;
