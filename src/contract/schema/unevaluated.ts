import { isObject, type Json, type JsonObject } from '../../json.js';
import { partsInPlace } from './in-place.js';
import { mark, UNCHECKED } from './unchecked.js';

/**
 * Sets aside `unevaluatedItems` and `unevaluatedProperties` where it cannot be said which items and members the schemas
 * around them have looked at (JSON Schema 2020-12, core, section 11):
 *
 * - one of those schemas has a keyword that was set aside;
 * - the validator is known to lose count: at an `if` of which `then` or `else` says nothing, and of items also at `contains`
 *   and at `items` in another schema of the same value.
 */
export function setAsideUnevaluated(
  schemas: readonly JsonObject[],
  targets: ReadonlyMap<JsonObject, JsonObject>,
  pointerOf: (schema: JsonObject) => string,
): void {
  for (const schema of schemas) {
    for (const keyword of ['unevaluatedItems', 'unevaluatedProperties'] as const) {
      if (schema[keyword] === undefined) continue;
      const why = whyUnknown(schema, inPlace(schema, targets), keyword);
      if (why === undefined) continue;
      Reflect.deleteProperty(schema, keyword);
      mark(schema, { schemaPointer: pointerOf(schema), keyword, why });
    }
  }
}

function whyUnknown(
  schema: JsonObject,
  around: ReadonlySet<JsonObject>,
  keyword: 'unevaluatedItems' | 'unevaluatedProperties',
): string | undefined {
  for (const one of around) {
    if (one[UNCHECKED] !== undefined) return 'it depends on a part that cannot be used';
    const { if: condition, then, else: otherwise, contains, items } = one;
    if (condition !== undefined && !(saysSomething(then) && saysSomething(otherwise))) {
      return 'the validator cannot combine it with “if” alone';
    }
    if (keyword === 'unevaluatedProperties') continue;
    if (contains !== undefined) return 'the validator cannot combine it with “contains”';
    if (items !== undefined && one !== schema) return 'the validator cannot combine it with “items”';
  }
  return undefined;
}

function saysSomething(schema: Json | undefined): boolean {
  return schema === false || (isObject(schema) && Object.keys(schema).length > 0);
}

/** The schemas that say something of the same value, itself included, through references. */
function inPlace(schema: JsonObject, targets: ReadonlyMap<JsonObject, JsonObject>): Set<JsonObject> {
  const found = new Set([schema]);
  for (const one of found) {
    const target = targets.get(one);
    if (target) found.add(target);
    for (const { part } of partsInPlace(one)) found.add(part);
  }
  return found;
}
