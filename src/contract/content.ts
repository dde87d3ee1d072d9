import { isJsonType, isObject, pointer, type Json, type JsonObject } from '../json.js';
import { readEncodings, type Encoding } from './encoding.js';
import { exampleOf } from './example.js';
import { specificity } from './media-type.js';

/**
 * What is said of a body in one media type; `content` has them by their names.
 *
 * @see https://spec.openapis.org/oas/v3.0.4.html#media-type-object
 */
export interface MediaType {
  schema: JsonObject | undefined;
  /** JSON Pointer of the schema in the document, for validation by reference. */
  schemaPointer: string | undefined;
  /** The first example that the contract gives. */
  example: Json | undefined;
  /** How the members of a form are written, where the contract says it; by their names. */
  encoding: Readonly<Record<string, Encoding>>;
}

/** @param here JSON Pointer of what has the `content` */
export function readContent(
  document: JsonObject,
  value: Json | undefined,
  here: string,
): Record<string, MediaType> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([type, item]) => {
      if (!isObject(item)) return [];
      const schema = item['schema'];
      const media: MediaType = {
        schema: isObject(schema) ? schema : undefined,
        schemaPointer: isObject(schema) ? here + pointer('content', type, 'schema') : undefined,
        example: exampleOf(document, item),
        encoding: readEncodings(item['encoding']),
      };
      return [[type, media]];
    }),
  );
}

/**
 * The entry of `content` that describes a body: of several keys that cover its media type the most specific one
 * (OpenAPI 3.0.4, section 4.8.14: `text/plain` overrides `text/*`).
 */
export function mostSpecific<Value>(
  content: Readonly<Record<string, Value>>,
  type: string,
): [range: string, value: Value] | undefined {
  let best: [string, Value] | undefined;
  let most = 0;
  for (const [range, value] of Object.entries(content)) {
    const score = specificity(range, type);
    if (score <= most) continue;
    most = score;
    best = [range, value];
  }
  return best;
}

/** The first entry of `content` that describes JSON. */
export function firstJson<Value>(
  content: Readonly<Record<string, Value>>,
): [range: string, value: Value] | undefined {
  return Object.entries(content).find(([range]) => isJsonType(range));
}
