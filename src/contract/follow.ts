import { at, isObject, pointer, pointerSteps, type Json, type JsonObject } from '../json.js';

/** What a value is, or the place that it refers to. */
export function resolve(document: JsonObject, value: Json | undefined): Json | undefined {
  return follow(document, value, '').value;
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
