import { isArray, isObject, pointer, type Json, type JsonObject } from '../json.js';
import { exampleOf, examplesOf } from './example.js';
import { follow, resolve } from './follow.js';
import type { Written } from './paths.js';
import { styleOf, type Style } from './styles.js';

export type ParameterPlace = 'path' | 'query' | 'header' | 'cookie';

/**
 * One value that goes with a request.
 *
 * @see https://spec.openapis.org/oas/v3.0.4.html#parameter-object
 */
export interface Parameter {
  name: string;
  in: ParameterPlace;
  required: boolean;
  /** Empty where the contract has none. */
  description: string;
  /** How its value is written; where the contract does not say, what counts in its place. */
  style: Style;
  explode: boolean;
  /** Whether reserved characters of URLs are not encoded in it. */
  allowReserved: boolean;
  /** The media type of its value, where the contract describes it by `content`. */
  contentType: string | undefined;
  schema: JsonObject;
  /** JSON Pointer of the schema in the document; undefined where there is none. */
  schemaPointer: string | undefined;
  /** The first of the examples. */
  example: Json | undefined;
  /** All examples that the contract gives of it, in the parameter and in its schema. */
  examples: readonly Json[];
}

/** The parameters of an operation and of its path; what the operation says of one overrides what its path says. */
export function readParameters(
  document: JsonObject,
  { pathItem, pathPointer, operation, method }: Written,
): Parameter[] {
  const found = new Map<string, Parameter>();
  const lists: [Json | undefined, string][] = [
    [pathItem['parameters'], pathPointer],
    [operation['parameters'], pathPointer + pointer(method)],
  ];
  for (const [list, here] of lists) {
    if (!isArray(list)) continue;
    for (const [index, item] of list.entries()) {
      const parameter = readParameter(document, item, here + pointer('parameters', index));
      if (parameter) found.set(`${parameter.in} ${parameter.name}`, parameter);
    }
  }
  return [...found.values()];
}

function readParameter(document: JsonObject, written: Json, here: string): Parameter | undefined {
  const { value: item, pointer: there } = follow(document, written, here);
  if (!isObject(item)) return undefined;
  const { name, in: place } = item;
  if (typeof name !== 'string' || name === '') return undefined;
  if (place !== 'path' && place !== 'query' && place !== 'header' && place !== 'cookie') return undefined;
  const [type, content] = isObject(item['content']) ? (Object.entries(item['content'])[0] ?? []) : [];
  const inContent = item['schema'] === undefined && type !== undefined && isObject(content);
  const schema = resolve(document, inContent ? content['schema'] : item['schema']);
  const examples = [
    ...examplesOf(document, item),
    ...(isObject(schema) && schema['example'] !== undefined ? [schema['example']] : []),
    ...(isObject(schema) && isArray(schema['examples']) ? schema['examples'] : []),
  ];
  return {
    name,
    in: place,
    required: place === 'path' || item['required'] === true,
    description: typeof item['description'] === 'string' ? item['description'] : '',
    ...styleOf(item, place),
    contentType: inContent ? type : undefined,
    schema: isObject(schema) ? schema : {},
    schemaPointer: isObject(schema)
      ? there + (inContent ? pointer('content', type, 'schema') : pointer('schema'))
      : undefined,
    example: exampleOf(document, item) ?? (isObject(schema) ? schema['example'] : undefined),
    examples,
  };
}
