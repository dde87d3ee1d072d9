// Breaks a valid value in exactly one way at one known place.
import { isObject, isSame, pointer, withAt } from './json.js';
import { hasType, schemasOfMember } from './merge.js';
import { lengthOf, textOfOtherFormat, textThatDoesNotMatch } from './texts.js';

/** @typedef {import('./values.js').Generated} Generated */
/** @typedef {import('./values.js').Place} Place */
/** @typedef {import('../dist/src/testing/egress/random.js').Random} Random */

/**
 * @typedef {object} Broken
 * @property {string} kind
 * @property {string} pointer where the value is broken: that of the object for a member that is missing or too much
 * @property {boolean} ofMember whether a member is missing or too much
 * @property {string | undefined} alternatives the outermost place with alternatives that it is at or inside of
 * @property {number} nesting in how many alternatives within each other it is
 * @property {any} value
 */

/**
 * Gives what is at a place instead; undefined where the place cannot be broken in this way.
 * @typedef {(place: Place, random: Random) => { instead: any } | undefined} Break
 */

const UNKNOWN_NAME = 'not-in-the-contract';

/** By kind. @type {Readonly<Record<string, Break>>} */
const BREAKS = {
  'required member missing': ({ value, demands }, random) => {
    if (!isObject(value)) return undefined;
    const present = [...demands.required].filter((name) => Object.hasOwn(value, name));
    if (present.length === 0) return undefined;
    return { instead: withAt(value, pointer(random.pick(present)), undefined) };
  },
  'wrong type': ({ demands, value }, random) => {
    const others = ['text', 7, 1.5, true, [], {}].filter((other) => !hasType(other, demands.types));
    // A list of values refuses more than a type does.
    if (others.length === 0 || demands.values) return undefined;
    return { instead: random.pick(others.filter((other) => !isSame(other, value))) };
  },
  'null where not nullable': ({ demands, mentionsNull }) =>
    // Where `nullable` is beside `$ref` or without `type`, it has no effect by the letter, but vendors mean it.
    demands.types.has('null') || mentionsNull ? undefined : { instead: null },
  'value outside enum': ({ demands, value, isDiscriminator }) =>
    demands.values && !demands.isConst && !isDiscriminator ? other(value, demands.values) : undefined,
  'other than const': ({ demands, value }) =>
    demands.values && demands.isConst ? other(value, demands.values) : undefined,
  'unknown discriminator value': ({ value, isDiscriminator }) =>
    isDiscriminator && typeof value === 'string' ? { instead: `${value}-${UNKNOWN_NAME}` } : undefined,
  'below minimum': ({ demands: { least, aboveLeast, multiples }, value }, random) => {
    if (least === undefined || typeof value !== 'number') return undefined;
    const [step = 1] = multiples;
    return { instead: aboveLeast && random.next() < 0.5 ? least : least - step };
  },
  'above maximum': ({ demands: { most, belowMost, multiples }, value }, random) => {
    if (most === undefined || typeof value !== 'number') return undefined;
    const [step = 1] = multiples;
    return { instead: belowMost && random.next() < 0.5 ? most : most + step };
  },
  'no multiple': ({ demands: { multiples, types }, value }) => {
    const [multiple] = multiples;
    if (multiple === undefined || typeof value !== 'number') return undefined;
    if (types.has('number')) return { instead: value + multiple / 2 };
    return multiple > 1 ? { instead: value + 1 } : undefined;
  },
  'too short': ({ demands: { minLength }, value }) =>
    typeof value === 'string' && minLength > 0
      ? { instead: [...value].slice(0, minLength - 1).join('') }
      : undefined,
  'too long': ({ demands: { maxLength }, value }) =>
    typeof value === 'string' && maxLength < LONGEST
      ? { instead: value + (value.at(-1) ?? 'x').repeat(maxLength + 1 - lengthOf(value)) }
      : undefined,
  'pattern not matched': ({ demands, value }, random) => {
    if (typeof value !== 'string') return undefined;
    const instead = textThatDoesNotMatch(demands, value, random);
    return instead === undefined ? undefined : { instead };
  },
  'other format': ({ demands, value }, random) => {
    if (typeof value === 'number')
      return demands.formats.includes('int32') ? { instead: 2 ** 31 } : undefined;
    if (typeof value !== 'string' || demands.values) return undefined;
    const instead = textOfOtherFormat(demands, random);
    return instead === undefined ? undefined : { instead };
  },
  'too few items': ({ demands: { minItems }, value }) =>
    Array.isArray(value) && minItems > 0 ? { instead: value.slice(0, minItems - 1) } : undefined,
  'too many items': ({ demands: { maxItems, uniqueItems }, value }) =>
    Array.isArray(value) && value.length > 0 && maxItems < MOST_ITEMS && !uniqueItems
      ? { instead: Array.from({ length: maxItems + 1 }, (_, index) => value[index % value.length]) }
      : undefined,
  'item twice': ({ demands: { uniqueItems, maxItems }, value }) => {
    if (!uniqueItems || !Array.isArray(value) || value.length === 0) return undefined;
    if (value.length < maxItems) return { instead: [...value, value[0]] };
    return value.length > 1 ? { instead: [...value.slice(0, -1), value[0]] } : undefined;
  },
  'member that is not allowed': ({ demands, value }) =>
    isObject(value) && !schemasOfMember(demands.parts, UNKNOWN_NAME)
      ? { instead: { ...value, [UNKNOWN_NAME]: 1 } }
      : undefined,
  'too few members': ({ demands: { minProperties, required }, value }) => {
    if (!isObject(value) || minProperties === 0 || required.size >= minProperties) return undefined;
    const names = Object.keys(value).sort(
      (one, another) => Number(required.has(another)) - Number(required.has(one)),
    );
    return {
      instead: Object.fromEntries(names.slice(0, minProperties - 1).map((name) => [name, value[name]])),
    };
  },
};

/** Texts and lists are not made longer than this. */
const LONGEST = 20_000;
const MOST_ITEMS = 1000;

/** Kinds that are about a member of the object at the place. */
const OF_MEMBERS = new Set(['required member missing', 'member that is not allowed', 'too few members']);

/** All kinds, in the order of the report. */
export const KINDS = Object.keys(BREAKS);

/** A value of the same type that is in no list. @param {any} value @param {readonly any[]} values */
function other(value, values) {
  const candidates =
    typeof value === 'number' ? [value + 1, value - 1, 987_654] : [`${String(value)}-other`, !value];
  const found = candidates.find((candidate) => !values.some((one) => isSame(one, candidate)));
  return found === undefined ? undefined : { instead: found };
}

/**
 * How many alternatives are around the place is drawn first, then the kind, then the place, so that what is rare comes as
 * often as what is common.
 * @param {Generated} generated @param {Random} random
 * @returns {Broken | undefined} undefined where it can be broken in no way: everything is allowed
 */
export function mutate({ value, places }, random) {
  const nestings = new Set(places.map(({ nesting }) => nesting));
  for (const nesting of shuffled([...nestings], random)) {
    const within = places.filter((place) => place.nesting === nesting);
    for (const kind of shuffled(KINDS, random)) {
      for (const place of shuffled(within, random)) {
        const broken = BREAKS[kind]?.(place, random);
        if (!broken) continue;
        const { pointer: here, alternatives } = place;
        const ofMember = OF_MEMBERS.has(kind);
        return {
          kind,
          pointer: here,
          ofMember,
          alternatives,
          nesting,
          value: withAt(value, here, broken.instead),
        };
      }
    }
  }
  return undefined;
}

/** @template Value @param {readonly Value[]} values @param {Random} random @returns {Value[]} */
function shuffled(values, random) {
  const copy = [...values];
  for (let end = copy.length - 1; end > 0; end--) {
    const index = Math.floor(random.next() * (end + 1));
    const [one, another] = [copy[end], copy[index]];
    if (one !== undefined && another !== undefined) [copy[end], copy[index]] = [another, one];
  }
  return copy;
}
