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
  return (place) => {
    const isQuick = known.get(place) ?? isLinear(root, place, patterns);
    known.set(place, isQuick);
    return isQuick;
  };
}

function isLinear(root: JsonObject, place: string, patterns: Patterns): boolean {
  const open = new Set([place]);
  let combines = false;
  for (const next of open) {
    const schema = at(root, next);
    if (!isObject(schema)) return false;
    for (const part of within(schema)) {
      for (const [keyword, value] of Object.entries(part)) {
        if (COMBINING.has(keyword)) combines = true;
        else if (keyword === 'pattern' && typeof value === 'string') {
          if (!isQuickPattern(value, patterns)) return false;
        } else if (!LINEAR.has(keyword)) return false;
      }
    }
    for (const target of targetsIn(schema)) open.add(target);
  }
  return !combines || countWrittenOut(root, place, new Map()) <= MOST_SCHEMAS;
}

/** How many schemas a schema is made of when what it refers to is written out; infinitely many where it refers to itself. */
function countWrittenOut(root: JsonObject, place: string, counts: Map<string, number>): number {
  const known = counts.get(place);
  if (known !== undefined) return known;
  // Until it is counted, whoever comes to it again has come from it.
  counts.set(place, Infinity);
  if (counts.size > MOST_SCHEMAS) return Infinity;
  const schema = at(root, place);
  if (!isObject(schema)) return Infinity;
  let count = [...within(schema)].length;
  for (const target of targetsIn(schema)) count += countWrittenOut(root, target, counts);
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
