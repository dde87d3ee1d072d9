import { isArray, isObject, type Json, type JsonObject } from '../../json.js';
import { follow } from '../follow.js';
import { partsInPlace } from './in-place.js';

/** A value with a schema as it is written, for a request: without the members that are only ever answered (`readOnly`). */
export function withoutReadOnly(document: JsonObject, written: Json | undefined, value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  const schemas = inPlace(document, written);
  if (isArray(value)) {
    return value.map((item) =>
      schemas.reduce<Json>((left, { items }) => withoutReadOnly(document, items, left), item),
    );
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const described = schemas.flatMap(({ properties }) =>
        isObject(properties) && Object.hasOwn(properties, name) ? (properties[name] ?? []) : [],
      );
      const isReadOnly = described.some((one) =>
        inPlace(document, one).some((schema) => schema['readOnly'] === true),
      );
      if (isReadOnly) return [];
      return [[name, described.reduce<Json>((left, one) => withoutReadOnly(document, one, left), member)]];
    }),
  );
}

/** The schemas that say something of the same value: a schema, what it refers to, and what those are made of. */
function inPlace(document: JsonObject, written: Json | undefined): JsonObject[] {
  const found = new Set<JsonObject>();
  const open: (Json | undefined)[] = [written];
  while (open.length > 0) {
    const next = open.pop();
    if (!isObject(next) || found.has(next)) continue;
    found.add(next);
    open.push(follow(document, next, '').value, ...partsInPlace(next).map(({ part }) => part));
  }
  return [...found];
}
