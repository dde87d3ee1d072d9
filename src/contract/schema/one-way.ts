import { at, isArray, isObject, type Json, type JsonObject } from '../../json.js';
import { partsInPlace } from './in-place.js';
import { addToGroup } from '../../groups.js';

/** Which way a value goes: `readOnly` members are never sent, and `writeOnly` ones never come. */
export type Direction = 'answer' | 'request';

/** The keyword that marks members which only go the other way (OpenAPI 3.0.3, section 4.7.24.2). */
export function otherWay(direction: Direction): 'readOnly' | 'writeOnly' {
  return direction === 'request' ? 'readOnly' : 'writeOnly';
}

/**
 * Makes schemas say what goes in one direction. A member that only goes the other way is not required, wherever it is
 * described and wherever it is required: in what a schema refers to, is made of, or is a part of. In answers such a member
 * is an error (the keyword stays in its schema, and the validator obeys it); in requests it may be anything, because a
 * host may ignore it.
 * @param schemas a copy, with references as pointers into `root`
 */
export function towards(direction: Direction, root: JsonObject, schemas: readonly JsonObject[]): void {
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
  if (marked.size === 0) return;
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
      const known = describing.get(name);
      if (known) known.add(schema);
      else describing.set(name, new Set([schema]));
    }
  }
  for (const [name, places] of describing) {
    // Whatever is said of the same value: by the schemas around, and by all that those are made of.
    for (const schema of reach(reach(places, usersOf), partsOf)) withoutMember(schema, name, direction);
  }
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

function withoutMember(schema: JsonObject, name: string, direction: Direction): void {
  const { required, properties } = schema;
  if (isArray(required)) schema['required'] = without(required, name);
  for (const keyword of ['dependentRequired', 'dependencies']) {
    const dependent = schema[keyword];
    if (!isObject(dependent)) continue;
    for (const [given, names] of Object.entries(dependent)) {
      if (isArray(names)) dependent[given] = without(names, name);
    }
  }
  if (direction === 'request' && isObject(properties) && Object.hasOwn(properties, name)) {
    properties[name] = true;
  }
}

function without(names: readonly Json[], name: string): Json[] {
  return names.filter((one) => one !== name);
}
