import { at, isObject, type JsonObject } from '../../json.js';
import { within } from './in-place.js';
import { targetsIn } from './targets.js';
import { UNCHECKED } from './unchecked.js';

/**
 * Keywords that look at each part of a value once. All others may take long: patterns, alternatives (which can be
 * combined without end), and comparisons of each item with each.
 */
const LINEAR = new Set([
  ...['type', 'enum', 'const', 'format', 'minLength', 'maxLength', 'readOnly', 'writeOnly', 'deprecated'],
  ...['multipleOf', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'nullable', UNCHECKED],
  ...['properties', 'required', 'additionalProperties', 'minProperties', 'maxProperties'],
  ...['items', 'prefixItems', 'minItems', 'maxItems', '$ref'],
]);

/**
 * Says of the schemas that stand at places of a root whether a check is over in a time that grows only with the value, so
 * that it needs no limit: to set one takes longer than most checks.
 */
export function quickSchemas(root: JsonObject): (place: string) => boolean {
  const known = new Map<string, boolean>();
  return (place) => {
    const isQuick = known.get(place) ?? isLinear(root, place);
    known.set(place, isQuick);
    return isQuick;
  };
}

function isLinear(root: JsonObject, place: string): boolean {
  const open = new Set([place]);
  for (const next of open) {
    const schema = at(root, next);
    if (!isObject(schema)) return false;
    for (const part of within(schema)) {
      if (!Object.keys(part).every((keyword) => LINEAR.has(keyword))) return false;
    }
    for (const target of targetsIn(schema)) open.add(target);
  }
  return true;
}
