import { NotApplicable, type Ask } from '../../drive/drive.js';
import type { SeenReply } from '../../drive/seen.js';
import { isObject, parseJson, type Json } from '../../json.js';
import type { Value } from '../../probe/value.js';
import { check, inconclusive, passed, type Broken, type Result } from '../check.js';
import { nameOf } from '../fact.js';
import { listFormOf } from '../list-form.js';
import type { Change } from '../request.js';
import type { Subject } from '../subject.js';
import { wideSize } from '../wide-page.js';
import { deepFiltersOf, MOST_DEEP } from './deep-filters.js';
import { filtersOf, MOST_FILTERS, unshownTextFilters } from './filter.js';
import { ignoredTrials, isIgnored, MOST_TRIALS, NO_SUCH_VALUE } from './ignored-filter.js';
import { NO_PAGE, pageOf } from './page.js';
import { searchBodyOf } from './search-body.js';
import { thingsOf } from './thing.js';

export const filterWorks = check({
  id: 'list/filter-works',
  promise: 'A filter that the contract declares is not ignored.',
  source: { kind: 'contract', ref: 'the parameters of the query' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: MOST_TRIALS * (MOST_FILTERS + MOST_DEEP) },
  messages: {
    ignored: ({ parameter }) =>
      `the same things came with ‘${parameter}’ as without it, and none or not all of them are what was asked for`,
  },
  *run(subject) {
    const things = thingsOf(subject, subject.body) ?? [];
    const { operation } = subject;
    if (operation.method === 'POST') return yield* searchWorks(subject);
    const shown = filtersOf(subject, things).flatMap((filter) => {
      const trials = ignoredTrials(subject, filter, things);
      return trials.length > 0 ? [{ name: filter.name, trials }] : [];
    });
    const filters = [...shown, ...deepOf(subject, things)];
    if (filters.length === 0)
      return new NotApplicable('it has no filter that its things show the meaning of');
    return yield* tryAll(subject, things, filters);
  },
});

/** A filter, and values of which it would let through other things. */
interface Trials {
  name: string;
  trials: readonly (Value | string)[];
}

/** Asks with each value of each filter until other things come. */
function* tryAll(
  subject: Subject,
  things: readonly Json[],
  filters: readonly Trials[],
  changeFor?: (name: string, value: Value | string) => Change,
): Generator<Ask, Result<'ignored'>, SeenReply> {
  const broken: Broken<'ignored'>[] = [];
  let isJudged = false;
  for (const { name, trials } of filters) {
    const ignored = yield* isIgnored(subject, things, { name, trials }, changeFor);
    if (ignored !== undefined) isJudged = true;
    if (ignored) broken.push({ code: 'ignored', facts: { parameter: nameOf(name) } });
  }
  if (broken.length > 0) return { kind: 'failed', broken };
  return isJudged ? passed : inconclusive(NO_PAGE);
}

/** The filters whose values stand deep inside of the things. */
function deepOf(subject: Subject, things: readonly Json[]): Trials[] {
  const given = unshownTextFilters(subject, things).map(
    ({ name, parameter }) => [name, parameter.schema] as const,
  );
  return deepFiltersOf(given, things, NO_SUCH_VALUE);
}

/** The same of a search, whose filters are in its body. */
function* searchWorks(subject: Subject): Generator<Ask, Result<'ignored'> | NotApplicable, SeenReply> {
  const { operation, probe, request, collection } = subject;
  const sent = parseJson(probe.request.body?.toString() ?? '');
  const list = listFormOf(operation, subject.body, collection);
  const body = searchBodyOf(subject);
  if (!list || !body || !isObject(sent)) return new NotApplicable('it is no search by the members of a body');
  const query = list.size ? { [list.size.name]: String(wideSize(list.size)) } : {};
  const searching = { ...subject, list };
  const plain = yield* pageOf(searching, request.same('the search on a page of several things', { query }));
  if (!plain) return inconclusive(NO_PAGE);
  const given = body.members.filter(([name]) => !Object.hasOwn(sent, name));
  const filters = deepFiltersOf(given, plain.things, NO_SUCH_VALUE);
  if (filters.length === 0)
    return new NotApplicable('its things do not show the meaning of what it is asked');
  return yield* tryAll(searching, plain.things, filters, (name, value) => ({
    query,
    body: { ...sent, [name]: typeof value === 'string' ? value : value.sent },
  }));
}
