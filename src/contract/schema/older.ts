import { isArray, isObject, type Json, type JsonObject } from '../../json.js';
import { ignoresSiblings, type Dialect } from './dialects.js';

/** Makes a schema of an older version of JSON Schema say the same in that of 2020-12. */
export function fromOlder(schema: JsonObject, dialect: Dialect, note: Note): void {
  const { $ref } = schema;
  if (typeof $ref === 'string' && ignoresSiblings(dialect)) {
    for (const member of Object.keys(schema)) if (member !== '$ref') Reflect.deleteProperty(schema, member);
    return;
  }
  exclusiveFlags(schema, note);
  tuples(schema);
  dependencies(schema);
}

/** Tells that something is read otherwise than it is written. */
export type Note = (what: string, assumed: string) => void;

/** `exclusiveMinimum: true` makes a bound of `minimum` (draft 4, section 5.1.3); since draft 6 it is a number. */
export function exclusiveFlags(schema: JsonObject, note: Note): void {
  for (const [bound, flag] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    if (typeof schema[flag] !== 'boolean') continue;
    const { [flag]: isExclusive, [bound]: value } = schema;
    Reflect.deleteProperty(schema, flag);
    if (isExclusive === false) continue;
    if (value === undefined) {
      note(`“${flag}” stands without “${bound}”`, 'it says nothing');
      continue;
    }
    schema[flag] = value;
    Reflect.deleteProperty(schema, bound);
  }
}

/** `items` as a list, and what comes behind it, have been `prefixItems` and `items` since 2020-12 (core, appendix E). */
export function tuples(schema: JsonObject): void {
  const { items, additionalItems } = schema;
  Reflect.deleteProperty(schema, 'additionalItems');
  if (!isArray(items)) return;
  Reflect.deleteProperty(schema, 'items');
  if (items.length > 0) schema['prefixItems'] = items;
  if (additionalItems !== undefined) schema['items'] = additionalItems;
}

/** `dependencies` has been two keywords since 2019-09 (validation, section 6.5.4). */
function dependencies(schema: JsonObject): void {
  const given = schema['dependencies'];
  if (!isObject(given)) return;
  Reflect.deleteProperty(schema, 'dependencies');
  const [names, schemas]: [[string, Json][], [string, Json][]] = [[], []];
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === 'string') names.push([name, [value]]);
    else if (isArray(value)) names.push([name, value]);
    else schemas.push([name, value]);
  }
  const add = (keyword: string, entries: [string, Json][]): void => {
    const known = schema[keyword];
    if (entries.length === 0) return;
    schema[keyword] = { ...(isObject(known) ? known : {}), ...Object.fromEntries(entries) };
  };
  add('dependentRequired', names);
  add('dependentSchemas', schemas);
}
