import { isObject, type Json, type JsonObject } from '../../json.js';
import { partsOf } from '../walk.js';

/** Keywords whose schemas are about the very value that the schema around them is about. */
const IN_PLACE = new Set([
  ...['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas', 'dependencies'],
]);

/** The schemas that are written in a schema and say something of the same value, not of a part of it. */
export function partsInPlace(schema: JsonObject): { part: JsonObject; keyword: string }[] {
  const found: { part: JsonObject; keyword: string }[] = [];
  for (const { part, keyword } of partsOf(schema)) {
    if (IN_PLACE.has(keyword) && isObject(part)) found.push({ part, keyword });
  }
  return found;
}

/** Every schema that is written in a schema, and itself, outermost first. */
export function* within(schema: JsonObject): Generator<JsonObject> {
  const open: Json[] = [schema];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (!isObject(next)) continue;
    yield next;
    for (const { part } of partsOf(next)) open.push(part);
  }
}
