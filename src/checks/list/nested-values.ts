import { isObject, type Json, type JsonObject } from '../../json.js';
import { layersOf } from '../../probe/harvest.js';
import { plainName } from '../../probe/id-names.js';
import type { Subject } from '../subject.js';
import { holdsText, isPlainText, unshownTextFilters, type Filter } from './filter.js';
import { keyOf, textsOf } from './thing.js';

/** A value of a thing, and what tells that thing from the others. */
export interface KnownValue {
  key: string;
  value: string;
}

/** Two values of one place inside of things, which differ in nothing but the letters. */
export interface NestedTrial {
  filter: Filter;
  plain: KnownValue;
  /** With letters beyond ASCII. */
  other: KnownValue;
}

/** So many requests the trials of one operation take: two each. */
export const MOST_NESTED = 4;

/** For filters that no member shows directly, values from one level further down. */
export function nestedTrials(subject: Subject, things: readonly Json[]): NestedTrial[] {
  return unshownTextFilters(subject, things)
    .flatMap((filter) =>
      placesOf(subject, filter, things).flatMap((place) => trialOf(subject, filter, things, place) ?? []),
    )
    .slice(0, MOST_NESTED / 2);
}

/** A member of a member, by their names. */
type Place = readonly [outer: string, inner: string];

/** The members of what is called like the filter, and what is called so in other members; names before all others. */
function placesOf(subject: Subject, { member }: Filter, things: readonly Json[]): Place[] {
  const found = new Map<string, Place>();
  for (const [outer, inside] of things.flatMap((thing) => objectsIn(subject, thing))) {
    for (const inner of Object.keys(inside)) {
      if (plainName(outer) === member || plainName(inner) === member)
        found.set(`${outer} ${inner}`, [outer, inner]);
    }
  }
  const rank = ([, inner]: Place) => (/name$/i.test(inner) ? 0 : 1);
  return [...found.values()].toSorted((one, other) => rank(one) - rank(other));
}

function objectsIn({ collection }: Subject, thing: Json): [string, JsonObject][] {
  const layers = isObject(thing) ? layersOf(thing, collection) : [];
  return layers.flatMap((layer) =>
    Object.entries(layer).flatMap(([name, value]): [string, JsonObject][] =>
      isObject(value) ? [[name, value]] : [],
    ),
  );
}

function trialOf(
  subject: Subject,
  filter: Filter,
  things: readonly Json[],
  place: Place,
): NestedTrial | undefined {
  const known = things.flatMap((thing) => {
    const key = keyOf(subject, thing);
    const value = textAt(subject, thing, place);
    return key !== undefined && value !== undefined && isPlainText(value) ? [{ thing, key, value }] : [];
  });
  for (const other of known.filter(({ value }) => /[^ -~]/.test(value) && /^\p{L}/u.test(value))) {
    const plain = known.find(
      ({ thing, value }) =>
        /^[ -~]+$/.test(value) &&
        shapeOf(value) === shapeOf(other.value) &&
        // What is in another member as well may be found by that.
        textsOf(thing).filter((text) => holdsText(text, value)).length === 1 &&
        !things.every((one) => holdsText(one, value)),
    );
    if (plain) return { filter, plain, other };
  }
  return undefined;
}

function textAt(subject: Subject, thing: Json, [outer, inner]: Place): string | undefined {
  for (const [name, inside] of objectsIn(subject, thing)) {
    const value = name === outer ? inside[inner] : undefined;
    if (typeof value === 'string') return value;
  }
  return undefined;
}

/** What is between the words of a value: where that is another, it may be why a value is not found. */
function shapeOf(value: string): string {
  return value.replaceAll(/[\p{L}\p{M}]+/gu, 'a').replaceAll(/\p{N}+/gu, '1');
}
