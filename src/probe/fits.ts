import type { Parameter } from '../contract/parameter.js';
import { isAllowed, type Validator } from '../contract/schema/validator.js';
import { isArray, type Json } from '../json.js';

/**
 * Whether a text is of the type and form that the contract gives a path parameter. Where that cannot be known, it is
 * not.
 */
export function fits(text: string, { schema, schemaPointer }: Parameter, validator: Validator): boolean {
  if (schemaPointer === undefined || Object.keys(schema).length === 0) return true;
  const readings: Json[] = /^-?\d{1,20}$/.test(text) ? [Number(text), text] : [text];
  return readings.some((value) => isAllowed(validator.check(schemaPointer, value)));
}

/** The only value that a parameter can have, where the contract leaves it no other. */
export function onlyValue({ schema }: Parameter): string | undefined {
  const values = schema['enum'];
  const only = schema['const'] ?? (isArray(values) && values.length === 1 ? values[0] : undefined);
  return typeof only === 'string' || typeof only === 'number' ? String(only) : undefined;
}

/** The examples that the contract gives of a parameter, as texts. */
export function exampleTexts({ examples }: Parameter): string[] {
  return examples.flatMap((example) =>
    typeof example === 'string' || (typeof example === 'number' && Number.isSafeInteger(example))
      ? [String(example)]
      : [],
  );
}
