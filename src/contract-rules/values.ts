import { isDeepStrictEqual } from 'node:util';
import { isArray, isObject, type Json, type JsonObject } from '../json.js';

/**
 * What is wrong with a value that a schema gives of itself (a default, an example, one of its enum), by what is in
 * the schema itself: its types and its enum. Undefined where nothing is, or nothing is said.
 */
export function whyNotOf(schema: JsonObject, value: Json): string | undefined {
  const types = typesOf(schema);
  if (types.length > 0 && !isOfType(schema, value)) {
    return `is ${describe(value)}, and not ${types.map((type) => NAMES[type] ?? type).join(' or ')}`;
  }
  const { enum: allowed } = schema;
  if (
    isArray(allowed) &&
    !(value === null && isNullable(schema)) &&
    !allowed.some((one) => one === value || isDeepStrictEqual(one, value))
  )
    return 'is not in the enum';
  return undefined;
}

/** Whether a value has a type that the schema allows; true where it names none, or one that nobody knows. */
export function isOfType(schema: JsonObject, value: Json): boolean {
  const types = typesOf(schema);
  if (types.length === 0 || (value === null && isNullable(schema))) return true;
  return types.some((type) => !(type in NAMES) || fits(type, value));
}

const NAMES: Record<string, string> = {
  string: 'a string',
  number: 'a number',
  integer: 'an integer',
  boolean: 'a boolean',
  array: 'an array',
  object: 'an object',
  null: 'null',
};

function typesOf({ type }: JsonObject): string[] {
  return (isArray(type) ? type : [type]).filter((one) => typeof one === 'string');
}

function isNullable(schema: JsonObject): boolean {
  return schema['nullable'] === true || schema['x-nullable'] === true;
}

function fits(type: string, value: Json): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return isArray(value);
    case 'object':
      return isObject(value);
    case 'null':
      return value === null;
    default:
      return typeof value === type;
  }
}

/** A value as a sentence names it. */
export function describe(value: Json): string {
  const kind = value === null ? 'null' : isArray(value) ? 'array' : typeof value;
  const name = NAMES[kind] ?? kind;
  if (value === null || typeof value === 'object') return name;
  const text = JSON.stringify(value);
  return `the ${kind} ${text.length > 60 ? `${text.slice(0, 60)}…` : text}`;
}
