import { isArray, isObject, type JsonObject } from '../../json.js';
import { partsOf } from '../walk.js';
import { mark, UNCHECKED } from './unchecked.js';
import { addToGroup } from '../../groups.js';

/**
 * What was set aside makes a schema allow more than it should. That is safe only where more that is allowed means fewer
 * errors. Elsewhere a whole keyword depends on what is not known, and is set aside as well: `not`, `if`, and that no
 * more than one of `oneOf` fits, or no more than so many items `contains`.
 */
export function setAsideDependents(
  schemas: readonly JsonObject[],
  targets: ReadonlyMap<JsonObject, JsonObject>,
  pointerOf: (schema: JsonObject) => string,
): void {
  if (!schemas.some((schema) => schema[UNCHECKED] !== undefined)) return;
  const unknown = reachUnknown(schemas, targets);
  const isUnknown = (part: unknown) => isObject(part) && unknown.has(part);
  for (const schema of schemas) {
    if (!unknown.has(schema)) continue;
    const give = (keyword: string): void => {
      mark(schema, { schemaPointer: pointerOf(schema), keyword, why: 'a part of it cannot be used' });
    };
    const { oneOf } = schema;
    if (isUnknown(schema['not'])) {
      Reflect.deleteProperty(schema, 'not');
      give('not');
    }
    if (isUnknown(schema['if'])) {
      for (const keyword of ['if', 'then', 'else']) Reflect.deleteProperty(schema, keyword);
      give('if');
    }
    if (isUnknown(schema['contains']) && schema['maxContains'] !== undefined) {
      Reflect.deleteProperty(schema, 'maxContains');
      give('maxContains');
    }
    if (isArray(oneOf) && oneOf.some(isUnknown)) {
      Reflect.deleteProperty(schema, 'oneOf');
      if (schema['anyOf'] === undefined) schema['anyOf'] = oneOf;
      else schema['allOf'] = [...(isArray(schema['allOf']) ? schema['allOf'] : []), { anyOf: oneOf }];
      give('oneOf');
    }
  }
}

/** The schemas in which, or in what they refer to, something was set aside. */
function reachUnknown(
  schemas: readonly JsonObject[],
  targets: ReadonlyMap<JsonObject, JsonObject>,
): Set<JsonObject> {
  const users = new Map<JsonObject, JsonObject[]>();
  for (const schema of schemas) {
    const target = targets.get(schema);
    if (target) addToGroup(users, target, schema);
    for (const { part } of partsOf(schema)) if (isObject(part)) addToGroup(users, part, schema);
  }
  const open = schemas.filter((schema) => schema[UNCHECKED] !== undefined);
  const unknown = new Set(open);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const user of users.get(next) ?? []) {
      if (unknown.has(user)) continue;
      unknown.add(user);
      open.push(user);
    }
  }
  return unknown;
}
