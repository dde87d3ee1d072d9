import type { Ask } from '../../drive/drive.js';
import type { SeenReply } from '../../drive/seen.js';
import type { Json } from '../../json.js';
import type { Value } from '../../probe/value.js';
import type { Change } from '../request.js';
import type { Subject } from '../subject.js';
import { dividing, meets, valueFor, type Filter } from './filter.js';
import { pageOf } from './page.js';
import { areSame, valuesOf } from './thing.js';

/** A text that nothing has. */
export const NO_SUCH_VALUE = 'conform-no-such-value';

/** So many values of one filter are tried. */
export const MOST_TRIALS = 2;

/**
 * Asks with each value of a filter until other things come than without it. What is a bound, a step or a switch gives
 * everything for one value, but not for every one.
 * @returns undefined where no page came for any of them
 */
export function* isIgnored(
  subject: Subject,
  things: readonly Json[],
  { name, trials }: { name: string; trials: readonly (Value | string)[] },
  changeFor: (name: string, value: Value | string) => Change = (one, value) => ({ query: { [one]: value } }),
): Generator<Ask, boolean | undefined, SeenReply> {
  let isJudged = false;
  for (const value of trials) {
    const page = yield* pageOf(subject, subject.request.same(`with ${name}`, changeFor(name, value)));
    if (page) isJudged = true;
    if (!page || !areSame(subject, things, page.things)) return isJudged ? false : undefined;
  }
  return trials.length > 0;
}

/** At most two values that not all of the things meet. */
export function ignoredTrials(subject: Subject, filter: Filter, things: readonly Json[]): (Value | string)[] {
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
