import { at, isArray, isObject, objectOf, type Json, type JsonObject } from '../../json.js';
import { partsInPlace } from './in-place.js';
import { addToGroup, addToSet } from '../../groups.js';

/** Which way a value goes: `readOnly` members are never sent, and `writeOnly` ones never come. */
export type Direction = 'answer' | 'request';

/** The keyword that marks members which only go the other way (OpenAPI 3.0.3, section 4.7.24.2). */
export function otherWay(direction: Direction): 'readOnly' | 'writeOnly' {
  return direction === 'request' ? 'readOnly' : 'writeOnly';
}

/**
 * The schemas as they are for what goes in one direction. A member that only goes the other way is not required, wherever it is
 * described and wherever it is required: in what a schema refers to, is made of, or is a part of. In answers such a member
 * is an error (the keyword stays in its schema, and the validator obeys it); in requests it may be anything, because a
 * host may ignore it.
 * @param root holds the schemas, with references as pointers into it
 * @param schemas all of them
 * @returns a root with the changed schemas; what is not changed is shared with the given one, which stays as it is
 */
export function towards(direction: Direction, root: JsonObject, schemas: readonly JsonObject[]): JsonObject {
  const keyword = otherWay(direction);
  const targets = new Map<string, JsonObject | undefined>();
  const targetOf = ({ $ref }: JsonObject): JsonObject | undefined => {
    if (typeof $ref !== 'string') return undefined;
    if (!targets.has($ref)) {
      const found = at(root, $ref.slice($ref.indexOf('#')));
      targets.set($ref, isObject(found) ? found : undefined);
    }
    return targets.get($ref);
  };
  const partsOf = (schema: JsonObject): JsonObject[] => {
    const target = targetOf(schema);
    return [...partsInPlace(schema).map(({ part }) => part), ...(target ? [target] : [])];
  };
  const marked = new Set(schemas.filter((schema) => schema[keyword] === true));
  if (marked.size === 0) return root;
  const users = new Map<JsonObject, JsonObject[]>();
  for (const schema of schemas) {
    for (const part of partsOf(schema)) addToGroup(users, part, schema);
  }
  const usersOf = (schema: JsonObject) => users.get(schema) ?? [];
  const isOneWay = reach(marked, usersOf);

  const describing = new Map<string, Set<JsonObject>>();
  for (const schema of schemas) {
    const { properties } = schema;
    if (!isObject(properties)) continue;
    for (const [name, member] of Object.entries(properties)) {
      if (!isObject(member) || !isOneWay.has(member)) continue;
      addToSet(describing, name, schema);
    }
  }
  const leftOut = new Map<JsonObject, Set<string>>();
  for (const [name, places] of describing) {
    // Whatever is said of the same value: by the schemas around, and by all that those are made of.
    for (const schema of reach(reach(places, usersOf), partsOf)) addToSet(leftOut, schema, name);
  }
  return copyWithout(root, leftOut, direction);
}

function reach(
  from: Iterable<JsonObject>,
  next: (schema: JsonObject) => Iterable<JsonObject>,
): Set<JsonObject> {
  const reached = new Set(from);
  const open = [...reached];
  for (let schema = open.pop(); schema !== undefined; schema = open.pop()) {
    for (const other of next(schema)) {
      if (reached.has(other)) continue;
      reached.add(other);
      open.push(other);
    }
  }
  return reached;
}

/** An object in which schemas do without members: copied is only what changes, and what holds it. */
function copyWithout(
  object: JsonObject,
  leftOut: ReadonlyMap<JsonObject, ReadonlySet<string>>,
  direction: Direction,
): JsonObject {
  const copied = (value: Json): Json => {
    if (isArray(value)) {
      const items = value.map(copied);
      return items.some((item, index) => item !== value[index]) ? items : value;
    }
    return isObject(value) ? copyWithout(value, leftOut, direction) : value;
  };
  const members = Object.entries(object).map(([name, value]): [string, Json] => [name, copied(value)]);
  const isOther = members.some(([name, value]) => value !== object[name]);
  const same = isOther ? objectOf(members) : object;
  const names = leftOut.get(object);
  return names ? withoutMembers(same, names, direction) : same;
}

function withoutMembers(schema: JsonObject, names: ReadonlySet<string>, direction: Direction): JsonObject {
  const without = (list: readonly Json[]) =>
    list.filter((name) => typeof name !== 'string' || !names.has(name));
  const changed = { ...schema };
  const { required, properties } = schema;
  if (isArray(required)) changed['required'] = without(required);
  for (const keyword of ['dependentRequired', 'dependencies']) {
    const dependent = schema[keyword];
    if (!isObject(dependent)) continue;
    changed[keyword] = objectOf(
      Object.entries(dependent).map(([given, needed]) => [given, isArray(needed) ? without(needed) : needed]),
    );
  }
  if (direction === 'request' && isObject(properties))
    changed['properties'] = objectOf(
      Object.entries(properties).map(([name, member]) => [name, names.has(name) ? true : member]),
    );
  return changed;
}
