import { wholeOf } from '../../contract/follow.js';
import { otherWay } from '../../contract/schema/one-way.js';
import type { Direction } from '../../contract/schema/validator.js';
import { isArray, isObject, type Json, type JsonObject } from '../../json.js';

/**
 * A value without the members that only go the other way: what a contract gives as an example of a thing is an example of
 * both (OpenAPI 3.0.4, section 4.7.24.1).
 */
export function inOneWay(
  value: Json,
  schema: Json | undefined,
  document: JsonObject,
  direction: Direction,
): Json {
  return stripped(value, [schema], { document, keyword: otherWay(direction) }, DEEPEST);
}

const DEEPEST = 32;

interface Way {
  document: JsonObject;
  keyword: 'readOnly' | 'writeOnly';
}

/** @param schemas all that describe the value */
function stripped(value: Json, schemas: readonly (Json | undefined)[], way: Way, left: number): Json {
  if (left === 0) return value;
  const parts = schemas.flatMap((schema) => wholeOf(way.document, schema));
  if (isArray(value))
    return value.map((item) =>
      stripped(
        item,
        parts.map(({ items }) => items),
        way,
        left - 1,
      ),
    );
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const own = parts.flatMap(({ properties, additionalProperties }) =>
        isObject(properties) && Object.hasOwn(properties, name) ? [properties[name]] : [additionalProperties],
      );
      if (own.some((schema) => wholeOf(way.document, schema).some((part) => part[way.keyword] === true)))
        return [];
      return [[name, stripped(member, own, way, left - 1)]];
    }),
  );
}
