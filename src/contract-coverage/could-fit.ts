import { resolve, wholeOf } from '../contract/follow.js';
import { isArray, isObject, type Json, type JsonObject } from '../json.js';

/**
 * Whether a value could be of an alternative, by what distinguishes alternatives: the type, the members that are required,
 * and the values that a member may have. It is a look, no validation, so that no schema is compiled for it.
 */
export function couldFit(document: JsonObject, schema: JsonObject, value: Json): boolean {
  return wholeOf(document, schema).every(({ type, required, properties }) => {
    if (!isOfType(type, value)) return false;
    if (!isObject(value)) return true;
    if (isArray(required) && required.some((name) => typeof name === 'string' && !Object.hasOwn(value, name)))
      return false;
    if (!isObject(properties)) return true;
    return Object.entries(properties).every(([name, written]) => {
      const member = Object.hasOwn(value, name) ? value[name] : undefined;
      if (member === undefined) return true;
      const described = resolve(document, written);
      return !isObject(described) || isOneOf(described, member);
    });
  });
}

function isOneOf({ const: only, enum: listed }: JsonObject, member: Json): boolean {
  if (typeof member === 'object') return true;
  if (only !== undefined) return only === member;
  return !isArray(listed) || listed.includes(member);
}

function isOfType(type: Json | undefined, value: Json): boolean {
  const types = isArray(type) ? type : [type];
  if (isArray(value)) return types.some((one) => one === undefined || one === 'array');
  return types.some((one) => one === undefined || one === 'object') || !isObject(value);
}
