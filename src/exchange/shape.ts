import { isArray, isObject, type Json, type JsonObject } from '../json.js';

/**
 * What is kept of a JSON body: the names of members that the contract or the signatures know, types, and
 * lengths. Never a value, and no name that nobody knows: a name can be a value (`{ "3035550100": … }`).
 *
 * A string becomes `"string 3..12"` with its least and greatest length, an array `["×20", shape of its items]`,
 * an object the shapes of its members; a member that not every item of a list has carries a `?`.
 */
export function shapeOf(value: Json, isKnownName: (name: string) => boolean): Json {
  return print(measure(value, isKnownName, 0));
}

/**
 * The shape without its lengths and counts: the same for answers that differ in data only. How many members of unlisted names
 * an object has is a count too: a refusal can have one for each value that is wrong. Any number of them is written as one, as
 * most answers have it, so that the fingerprints of those are what they were in former versions.
 */
export function withoutLengths(shape: Json): Json {
  if (typeof shape === 'string')
    return shape
      .replace(/ \d+(\.\.\d+)?\b/g, '')
      .replace(/^×\d+$/, '×')
      .replace(/^\d+( members of unlisted names)$/, '1$1');
  if (isArray(shape)) return shape.map(withoutLengths);
  if (!isObject(shape)) return shape;
  return Object.fromEntries(Object.entries(shape).map(([name, member]) => [name, withoutLengths(member)]));
}

/** Deeper than this nothing is distinguished; an answer that is nested deeper is made to harm. */
const DEEPEST = 32;

interface Measured {
  scalars: Set<string>;
  lengths: { least: number; greatest: number } | undefined;
  object:
    { members: Map<string, { shape: Measured; seen: number }>; unlisted: number; seen: number } | undefined;
  array: { items: number; of: Measured | undefined } | undefined;
}

function measure(value: Json, isKnownName: (name: string) => boolean, depth: number): Measured {
  const empty: Measured = { scalars: new Set(), lengths: undefined, object: undefined, array: undefined };
  if (depth > DEEPEST) return { ...empty, scalars: new Set(['…']) };
  if (typeof value === 'string')
    return { ...empty, lengths: { least: value.length, greatest: value.length } };
  if (isArray(value)) {
    // One after the other: the measures of a million items are not held at once.
    let of: Measured | undefined;
    for (const item of value) {
      const measured = measure(item, isKnownName, depth + 1);
      of = of ? merge(of, measured) : measured;
    }
    return { ...empty, array: { items: value.length, of } };
  }
  if (isObject(value)) {
    const members = new Map<string, { shape: Measured; seen: number }>();
    let unlisted = 0;
    for (const [name, member] of Object.entries(value)) {
      if (isKnownName(name)) members.set(name, { shape: measure(member, isKnownName, depth + 1), seen: 1 });
      else unlisted += 1;
    }
    return { ...empty, object: { members, unlisted, seen: 1 } };
  }
  return {
    ...empty,
    scalars: new Set([typeof value === 'number' ? numberType(value) : typeOf(value)]),
  };
}

function numberType(value: number): string {
  return Number.isInteger(value) ? 'integer' : 'number';
}

function typeOf(value: null | boolean): string {
  return value === null ? 'null' : 'boolean';
}

function merge(one: Measured, other: Measured): Measured {
  return {
    scalars: new Set([...one.scalars, ...other.scalars]),
    lengths:
      one.lengths && other.lengths
        ? {
            least: Math.min(one.lengths.least, other.lengths.least),
            greatest: Math.max(one.lengths.greatest, other.lengths.greatest),
          }
        : (one.lengths ?? other.lengths),
    object:
      one.object && other.object ? mergeObjects(one.object, other.object) : (one.object ?? other.object),
    array:
      one.array && other.array
        ? {
            items: one.array.items + other.array.items,
            of:
              one.array.of && other.array.of
                ? merge(one.array.of, other.array.of)
                : (one.array.of ?? other.array.of),
          }
        : (one.array ?? other.array),
  };
}

function mergeObjects(
  one: NonNullable<Measured['object']>,
  other: NonNullable<Measured['object']>,
): NonNullable<Measured['object']> {
  // In place: to copy the members for each item of a list would take the square of their number.
  const { members } = one;
  for (const [name, member] of other.members) {
    const known = members.get(name);
    members.set(
      name,
      known ? { shape: merge(known.shape, member.shape), seen: known.seen + member.seen } : member,
    );
  }
  return { members, unlisted: Math.max(one.unlisted, other.unlisted), seen: one.seen + other.seen };
}

function print(shape: Measured): Json {
  const forms: Json[] = [];
  const scalars = [...shape.scalars].sort();
  if (shape.lengths) scalars.unshift(`string ${shape.lengths.least}..${shape.lengths.greatest}`);
  if (scalars.length > 0) forms.push(scalars.join(' | '));
  if (shape.array) {
    forms.push(shape.array.of ? [`×${shape.array.items}`, print(shape.array.of)] : ['×0']);
  }
  if (shape.object) {
    const printed: JsonObject = {};
    for (const [name, member] of shape.object.members) {
      printed[member.seen < shape.object.seen ? `${name}?` : name] = print(member.shape);
    }
    if (shape.object.unlisted > 0) printed['…'] = `${shape.object.unlisted} members of unlisted names`;
    forms.push(printed);
  }
  return forms.length === 1 ? (forms[0] ?? null) : ['|', ...forms];
}
