import { isArray, type JsonObject } from '../../json.js';
import { exclusiveFlags, type Note } from './older.js';

/**
 * Makes a Schema Object of OpenAPI 3.0 say the same in JSON Schema (draft 7). What differs (OpenAPI 3.0.3, section
 * 4.7.24):
 *
 * - `nullable: true` becomes a union with null, also where strict readers would not allow it: beside `$ref`,
 *   beside `enum`, without `type`. Vendors write it there and mean it.
 * - `exclusiveMinimum: true` beside `minimum` becomes a number of its own; the maximum likewise.
 * - `type: file` is Swagger's word for a binary string.
 * - What is beside a `$ref` is ignored, other than `nullable`.
 */
export function fromOpenApi30(schema: JsonObject, note: Note): void {
  const isNullable = schema['nullable'] === true;
  const reference = schema['$ref'];
  if (typeof reference === 'string') {
    for (const member of Object.keys(schema)) Reflect.deleteProperty(schema, member);
    if (isNullable) schema['anyOf'] = [{ type: 'null' }, { $ref: reference }];
    else schema['$ref'] = reference;
    return;
  }
  exclusiveFlags(schema, note);
  typeFile(schema, note);
  Reflect.deleteProperty(schema, 'nullable');
  if (isNullable) allowNull(schema);
}

/** In OpenAPI 3.1, null is a type. Who writes `nullable` there all the same means it. */
export function nullableIn31(schema: JsonObject, note: Note): void {
  if (schema['nullable'] === undefined) return;
  const isNullable = schema['nullable'] === true;
  Reflect.deleteProperty(schema, 'nullable');
  if (!isNullable) return;
  allowNull(schema);
  note('“nullable” is no keyword of OpenAPI 3.1', 'null is allowed');
}

export function typeFile(schema: JsonObject, note: Note): void {
  if (schema['type'] !== 'file') return;
  schema['type'] = 'string';
  note('“file” is no type', 'type: string, of any form');
}

/** The keywords that say something of null as well; all others say nothing of it. */
const OF_NULL = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'const', '$ref', 'discriminator'];

function allowNull(schema: JsonObject): void {
  const { type, enum: values } = schema;
  if (typeof type === 'string' && type !== 'null') schema['type'] = [type, 'null'];
  if (isArray(type) && !type.includes('null')) schema['type'] = [...type, 'null'];
  if (isArray(values) && !values.includes(null)) schema['enum'] = [...values, null];
  const moved: JsonObject = {};
  for (const keyword of OF_NULL) {
    const value = schema[keyword];
    if (value === undefined) continue;
    moved[keyword] = value;
    Reflect.deleteProperty(schema, keyword);
  }
  if (Object.keys(moved).length > 0) schema['anyOf'] = [{ type: 'null' }, moved];
}
