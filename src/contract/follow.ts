import { at, isArray, isObject, pointer, pointerSteps, type Json, type JsonObject } from '../json.js';

/** What a value is, or the place that it refers to. */
export function resolve(document: JsonObject, value: Json | undefined): Json | undefined {
  return follow(document, value, '').value;
}

/**
 * A schema and all that it is made of: what it refers to, and the parts of `allOf` in them, each once
 * (OpenAPI 3.0.3, section 4.7.24).
 */
export function wholeOf(document: JsonObject, schema: Json | undefined): JsonObject[] {
  const found = new Set<JsonObject>();
  const add = (part: Json | undefined): void => {
    const whole = resolve(document, part);
    if (!isObject(whole) || found.has(whole)) return;
    found.add(whole);
    if (isArray(whole['allOf'])) for (const one of whole['allOf']) add(one);
  };
  add(schema);
  return [...found];
}

/** Follows `$ref` from place to place; a circle of references leads nowhere. */
export function follow(
  document: JsonObject,
  value: Json | undefined,
  here: string,
): { value: Json | undefined; pointer: string } {
  const seen = new Set<string>();
  let current = { value, pointer: here };
  for (;;) {
    const reference = isObject(current.value) ? current.value['$ref'] : undefined;
    if (typeof reference !== 'string') return current;
    if (seen.has(reference)) return { value: undefined, pointer: here };
    seen.add(reference);
    current = { value: at(document, reference), pointer: pointer(...pointerSteps(reference)) };
  }
}
