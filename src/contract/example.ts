import { isObject, type Json, type JsonObject } from '../json.js';
import { resolve } from './follow.js';

/**
 * `example`, or the value of the first of `examples`.
 *
 * @see https://spec.openapis.org/oas/v3.0.4.html#example-object
 */
export function exampleOf(document: JsonObject, holder: JsonObject): Json | undefined {
  if (holder['example'] !== undefined) return holder['example'];
  const examples = holder['examples'];
  const first = isObject(examples) ? resolve(document, Object.values(examples)[0]) : undefined;
  return isObject(first) ? first['value'] : undefined;
}

/** `example`, and the values of all `examples`. */
export function examplesOf(document: JsonObject, holder: JsonObject): Json[] {
  const several = isObject(holder['examples']) ? Object.values(holder['examples']) : [];
  return [
    ...(holder['example'] === undefined ? [] : [holder['example']]),
    ...several.flatMap((one) => {
      const example = resolve(document, one);
      return isObject(example) && example['value'] !== undefined ? [example['value']] : [];
    }),
  ];
}
