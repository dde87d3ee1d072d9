import { isArray, isObject, pointer, pointerSteps, type Json, type JsonObject } from '../json.js';

/** The keywords by which a schema says of the same value what other schemas say of it. */
const LISTS = ['allOf', 'oneOf', 'anyOf'] as const;

/** A schema that another one refers to, or that is in it, of the same value. */
export interface Part {
  by: '$ref' | (typeof LISTS)[number];
  pointer: string;
}

/** The schemas that say something of the same value as this one, by their pointers. */
export function partsOf(schema: JsonObject, here: string): Part[] {
  const { $ref } = schema;
  const target = typeof $ref === 'string' ? targetOf($ref) : undefined;
  return [
    ...(target === undefined ? [] : [{ by: '$ref' as const, pointer: target }]),
    ...LISTS.flatMap((by) => listed(schema[by]).map((index) => ({ by, pointer: here + pointer(by, index) }))),
  ];
}

/** The place in the document that a reference leads to. */
function targetOf(reference: string): string | undefined {
  return reference.startsWith('#') ? pointer(...pointerSteps(reference)) : undefined;
}

function listed(value: Json | undefined): number[] {
  return isArray(value) ? value.flatMap((item, index) => (isObject(item) ? [index] : [])) : [];
}
