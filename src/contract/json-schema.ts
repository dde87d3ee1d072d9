import { isArray, type JsonObject } from '../json.js';
import { walkSchemas } from './walk.js';

/**
 * A copy of an OpenAPI 3.0 document in which every Schema Object says the same in JSON Schema (draft 7), so
 * that a JSON Schema validator can be pointed at any of them. What differs (OpenAPI 3.0.3, section 4.7.24):
 *
 * - `nullable: true` becomes a union with null, also where strict readers would not allow it: beside `$ref`,
 *   beside `enum`, without `type`. Vendors write it there and mean it.
 * - `exclusiveMinimum: true` beside `minimum` becomes a number of its own; the maximum likewise.
 * - `discriminator`, `xml`, `externalDocs`, `example` say nothing about validity.
 * - What stands beside a `$ref` is ignored, other than `nullable`.
 */
export function toJsonSchema(document: JsonObject): JsonObject {
  const copy = structuredClone(document);
  walkSchemas(copy, convert);
  return copy;
}

/** Members that say nothing about validity, or that OpenAPI 3.0 does not know and JSON Schema would obey. */
const SILENT = [
  ...['nullable', 'discriminator', 'xml', 'externalDocs', 'example', 'deprecated'],
  ...['$id', '$schema', '$anchor'],
];

function convert(schema: JsonObject): void {
  const nullable = schema['nullable'] === true;
  const reference = schema['$ref'];
  if (typeof reference === 'string') {
    for (const member of Object.keys(schema)) Reflect.deleteProperty(schema, member);
    if (nullable) schema['anyOf'] = [{ type: 'null' }, { $ref: reference }];
    else schema['$ref'] = reference;
    return;
  }
  exclusive(schema, 'minimum', 'exclusiveMinimum');
  exclusive(schema, 'maximum', 'exclusiveMaximum');
  for (const member of SILENT) Reflect.deleteProperty(schema, member);
  if (nullable) allowNull(schema);
}

function exclusive(schema: JsonObject, bound: string, flag: string): void {
  if (typeof schema[flag] !== 'boolean') return;
  if (schema[flag] && schema[bound] !== undefined) {
    schema[flag] = schema[bound];
    Reflect.deleteProperty(schema, bound);
  } else {
    Reflect.deleteProperty(schema, flag);
  }
}

function allowNull(schema: JsonObject): void {
  const { type, enum: values } = schema;
  if (typeof type === 'string') {
    schema['type'] = [type, 'null'];
    if (isArray(values) && !values.includes(null)) schema['enum'] = [...values, null];
    return;
  }
  const rest = { ...schema };
  for (const member of Object.keys(schema)) Reflect.deleteProperty(schema, member);
  // A composition beside `nullable`: null, or what the composition says.
  schema['anyOf'] = [{ type: 'null' }, rest];
}
