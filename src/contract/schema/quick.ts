import { at, isObject, type JsonObject } from '../../json.js';
import { within } from './in-place.js';
import type { Patterns } from './patterns.js';
import { targetsIn } from './targets.js';
import { UNCHECKED } from './unchecked.js';

/** Keywords that look at each part of a value once. */
const LINEAR = new Set([
  ...['type', 'enum', 'const', 'format', 'minLength', 'maxLength', 'readOnly', 'writeOnly', 'deprecated'],
  ...['multipleOf', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'nullable', UNCHECKED],
  ...['properties', 'required', 'additionalProperties', 'minProperties', 'maxProperties'],
  ...['items', 'prefixItems', 'minItems', 'maxItems', '$ref'],
]);

/** Keywords that look at the same value several times: as often as there are schemas, where none leads back to itself. */
const COMBINING = new Set(['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else']);

/** With so many schemas, written out, a value is not looked at too often. */
const MOST_SCHEMAS = 1000;

/**
 * Says of the schemas that are at places of a root whether a check is over in a time that grows only with the value, so
 * that it needs no limit: to set one takes longer than most checks.
 */
export function quickSchemas(root: JsonObject, patterns: Patterns): (place: string) => boolean {
  const known = new Map<string, boolean>();
  const owns = new Map<string, Own>();
  const counts = new Map<string, number>();
  const ownOf = (place: string): Own => {
    const own = owns.get(place) ?? lookedAt(at(root, place), patterns);
    owns.set(place, own);
    return own;
  };
  return (place) => {
    const isQuick = known.get(place) ?? isLinear(place, ownOf, counts);
    known.set(place, isQuick);
    return isQuick;
  };
}

/** What is known of one schema alone: many others refer to it, and it is looked at once. */
interface Own {
  isLinear: boolean;
  combines: boolean;
  /** How many schemas are written in it, with itself. */
  parts: number;
  targets: readonly string[];
}

function lookedAt(schema: unknown, patterns: Patterns): Own {
  const own = { isLinear: isObject(schema), combines: false, parts: 0 };
  if (!isObject(schema)) return { ...own, targets: [] };
  for (const part of within(schema)) {
    own.parts += 1;
    for (const [keyword, value] of Object.entries(part)) {
      if (COMBINING.has(keyword)) own.combines = true;
      else if (keyword === 'pattern' && typeof value === 'string')
        own.isLinear &&= isQuickPattern(value, patterns);
      else own.isLinear &&= LINEAR.has(keyword);
    }
  }
  return { ...own, targets: targetsIn(schema) };
}

function isLinear(place: string, ownOf: (place: string) => Own, counts: Map<string, number>): boolean {
  const open = new Set([place]);
  let combines = false;
  for (const next of open) {
    const own = ownOf(next);
    if (!own.isLinear) return false;
    combines ||= own.combines;
    for (const target of own.targets) open.add(target);
  }
  return !combines || countWrittenOut(place, ownOf, counts, 0) <= MOST_SCHEMAS;
}

/**
 * How many schemas a schema is made of when what it refers to is written out; infinitely many where it refers to itself, or
 * where so many are one in another that they cannot be counted.
 */
function countWrittenOut(
  place: string,
  ownOf: (place: string) => Own,
  counts: Map<string, number>,
  depth: number,
): number {
  const known = counts.get(place);
  if (known !== undefined) return known;
  // Until it is counted, whoever comes to it again has come from it.
  counts.set(place, Infinity);
  if (depth > MOST_SCHEMAS) return Infinity;
  const { parts, targets } = ownOf(place);
  let count = parts;
  for (const target of targets) count += countWrittenOut(target, ownOf, counts, depth + 1);
  counts.set(place, count);
  return count;
}

/** The longest pattern, and the most repetitions in it, whose automaton is small. */
const LONGEST_PATTERN = 100;
const MOST_REPETITIONS = 100;

/** Whether a pattern takes few steps for each letter. */
function isQuickPattern(source: string, patterns: Patterns): boolean {
  if (source.length > LONGEST_PATTERN) return false;
  if (repetitionsIn(source) > MOST_REPETITIONS) return false;
  const pattern = patterns.of(source);
  return typeof pattern === 'object' && pattern.linear;
}

/** How often parts of a pattern are repeated by its counts: they multiply where one may stand around another. */
function repetitionsIn(source: string): number {
  const counts = [...source.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].map(([, least, most]) =>
    Math.max(Number(least), Number(most ?? 0)),
  );
  return source.includes('){')
    ? counts.reduce((product, count) => product * count, 1)
    : counts.reduce((sum, count) => sum + count, 0);
}
