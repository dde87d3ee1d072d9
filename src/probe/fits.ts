import type { Parameter } from '../contract/contract.js';
import { isAllowed, type Validator } from '../contract/schema/validator.js';
import { isArray, type Json } from '../json.js';
import { isSaneId } from './segments.js';

/**
 * Whether a text can be the value of a path parameter: it stays one segment, and is of the type and form that the
 * contract gives the parameter. Where that cannot be known, it is not.
 */
export function fits(text: string, { schema, schemaPointer }: Parameter, validator: Validator): boolean {
  if (!isSaneId(text)) return false;
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
