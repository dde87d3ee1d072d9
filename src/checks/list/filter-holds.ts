import { NotApplicable, type Ask } from '../../drive/drive.js';
import type { SeenReply } from '../../drive/seen.js';
import { isArray, isObject, type Json } from '../../json.js';
import { idText } from '../../probe/harvest.js';
import { isSuccess } from '../../targets/reply.js';
import { check, inconclusive, passed, type Broken } from '../check.js';
import { nameOf } from '../fact.js';
import { jsonOf, type Subject } from '../subject.js';
import { dividing, filtersOf, holdsText, meets, MOST_FILTERS, valueFor, type Filter } from './filter.js';
import { ignoredTrials, isIgnored, MOST_TRIALS } from './ignored-filter.js';
import { pageOf } from './page.js';
import { areSame, memberOf, thingsOf, valuesOf } from './thing.js';

export const filterHolds = check({
  id: 'list/filter-holds',
  promise: 'Each thing of a filtered page meets the filter.',
  source: { kind: 'contract', ref: 'the parameters of the query' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: (MOST_TRIALS + 2) * MOST_FILTERS },
  messages: {
    'lets-others-through': ({ parameter }) =>
      `things came that do not have the value that was asked for with ‘${parameter}’`,
  },
  *run(subject) {
    const things = thingsOf(subject, subject.body) ?? [];
    const filters = filtersOf(subject, things).flatMap((filter) => {
      const trials = isShown(subject, filter, things) ? trialsOf(subject, filter, things) : [];
      return trials.length > 0 ? [{ filter, trials }] : [];
    });
    if (filters.length === 0)
      return new NotApplicable('it has no filter that some of its things meet and others do not');
    const broken: Broken<'lets-others-through'>[] = [];
    let isJudged = false;
    for (const { filter, trials } of filters) {
      const came = yield* tryValues(subject, things, filter, trials);
      // That a filter is ignored is the promise of another check, wherever that one can see it.
      const isOthers = came === 'everything' && (yield* isSeenIgnored(subject, things, filter));
      if (isOthers || came === undefined) continue;
      isJudged = true;
      if (came !== 'asked')
        broken.push({ code: 'lets-others-through', facts: { parameter: nameOf(filter.name) } });
    }
    if (broken.length > 0) return { kind: 'failed', broken };
    return isJudged
      ? passed
      : inconclusive('it did not answer with a page or with a thing of it, or it ignores the filter');
  },
});

/**
 * What comes for values of a filter: for one of them only what was asked for, or for each of them others as well, or even
 * everything that comes without it.
 * @returns undefined where no page came, or a thing of it could not be read
 */
function* tryValues(
  subject: Subject,
  things: readonly Json[],
  filter: Filter,
  trials: readonly string[],
): Generator<Ask, 'asked' | 'others' | 'everything' | undefined, SeenReply> {
  let isEverything = true;
  for (const value of trials) {
    const query = { [filter.name]: valueFor(filter, value) };
    const page = yield* pageOf(subject, subject.request.same(`with ${filter.name}`, { query }));
    if (!page) return undefined;
    const other = page.things.find((thing) => isOther(subject, filter, thing, value));
    if (!other) return 'asked';
    const isMeant = filter.kind === 'text' ? yield* holdsUnseen(subject, other, value) : false;
    if (isMeant !== false) return isMeant ? 'asked' : undefined;
    isEverything &&= areSame(subject, things, page.things);
  }
  return isEverything ? 'everything' : 'others';
}

function isSeenIgnored(
  subject: Subject,
  things: readonly Json[],
  filter: Filter,
): Generator<Ask, boolean | undefined, SeenReply> {
  const trials = ignoredTrials(subject, filter, things);
  return isIgnored(subject, things, { name: filter.name, trials });
}

/** Whether most of the things show the member: then one without it does not meet the filter. */
function isShown(subject: Subject, { member, kind }: Filter, things: readonly Json[]): boolean {
  const shown = things.filter((thing) =>
    kind === 'text'
      ? memberOf(subject, thing, member) !== undefined
      : valuesOf(subject, thing, member).length > 0,
  );
  return shown.length * 2 > things.length;
}

/** One value that divides the things; two where it could be a bound, a step or a switch. */
function trialsOf(subject: Subject, filter: Filter, things: readonly Json[]): string[] {
  const known = dividing(subject, filter, things);
  if (filter.isExact) {
    // One that is in another one shows whether only a part of it is compared.
    const part = known.find((value) => known.some((other) => other !== value && other.includes(value)));
    return part === undefined ? known.slice(0, 1) : [part];
  }
  const place = (value: string) =>
    filter.kind === 'number' ? Number(value) : filter.kind === 'choice' ? filter.choices.indexOf(value) : 0;
  const sorted = known.toSorted((a, b) => place(a) - place(b));
  const [first, last] = [sorted[0], sorted.at(-1)];
  return first === undefined || last === undefined || first === last ? [] : [first, last];
}

function isOther(subject: Subject, filter: Filter, thing: Json, value: string): boolean {
  if (meets(subject, filter, thing, value)) return false;
  const own = memberOf(subject, thing, filter.member);
  // What is not said may well be “no”; and an object may hold the value in another form.
  if (filter.kind === 'flag') return typeof own === 'boolean';
  return filter.kind === 'text' || typeof own !== 'object' || own === null || isArray(own);
}

/**
 * Whether a thing holds a text where lists do not show it. Where it can be read by itself, that is looked at.
 * @returns undefined where that read did not work
 */
function* holdsUnseen(
  { item, request, host }: Subject,
  thing: Json,
  value: string,
): Generator<Ask, boolean | undefined, SeenReply> {
  const id = isObject(thing) ? idText(thing['id']) : undefined;
  if (!item || id === undefined) return false;
  const below = { sent: id, shown: host.pseudonyms.of(item.parameter, id) };
  const { reply } = yield request.same('one of the things', { below, operation: item.operation.id });
  const whole = reply.kind === 'answer' && isSuccess(reply.status) ? jsonOf(reply) : undefined;
  return whole === undefined ? undefined : holdsText(whole, value);
}
