import type { Checked, Validator } from '../contract/schema/validator.js';
import { isObject, parseJson, type Json } from '../json.js';

/**
 * What a text can be read as where JSON is not its form: itself, or the number or boolean that it writes. A header or a
 * plain text has no types of its own; its schema says which of these it is.
 */
export function readingsOf(text: string): Json[] {
  const value = parseJson(text);
  return typeof value === 'number' || typeof value === 'boolean' ? [text, value] : [text];
}

/** The same of a value in the style `simple`, which can also be a list or the members of an object (OpenAPI 3.0.4, section 4.8.12.3). */
export function readingsOfSimple(text: string): Json[] {
  const parts = text.split(',').map((part) => part.trim());
  return [...readingsOf(text), ...typedAndNot(text.trim() === '' ? [] : parts), ...objectsIn(parts)];
}

/** `a=1,b=2` with `explode`, `a,1,b,2` without. */
function objectsIn(parts: readonly string[]): Json[] {
  const pairs = parts.every((part) => part.includes('='))
    ? parts.map((part) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)] as const)
    : parts.length % 2 === 0
      ? parts.flatMap((part, index) => (index % 2 === 0 ? [[part, parts[index + 1] ?? ''] as const] : []))
      : [];
  if (pairs.length === 0) return [];
  const values = typedAndNot(pairs.map(([, value]) => value));
  return values.map((list) => Object.fromEntries(pairs.map(([name], index) => [name, list[index] ?? ''])));
}

/** A list of texts, and the same with the numbers and booleans among them. */
function typedAndNot(texts: readonly string[]): Json[][] {
  return [[...texts], texts.map((text) => readingsOf(text).at(-1) ?? text)];
}

/**
 * Holds each reading against a schema until one fits. Where none does, the one counts that is of the type that the
 * schema asks for and breaks it least, else the text as it came.
 */
export function checkReadings(
  validator: Validator,
  schemaPointer: string,
  readings: readonly Json[],
): Checked {
  const broken: Broken[] = [];
  for (const reading of readings) {
    const checked = validator.check(schemaPointer, reading);
    if (checked.kind === 'not checked' || checked.violations.length === 0) return checked;
    broken.push(checked);
  }
  const ofType = broken
    .filter(
      ({ violations }) => !violations.some(({ pointer, keyword }) => keyword === 'type' && pointer === ''),
    )
    .toSorted((one, other) => one.violations.length - other.violations.length);
  return ofType[0] ?? broken[0] ?? { kind: 'checked', violations: [], complete: true, unchecked: [] };
}

type Broken = Extract<Checked, { kind: 'checked' }>;

/** What describes the type of a schema by itself, as far as it says. */
export function isForText(schema: Json | undefined): boolean {
  return !isObject(schema) || schema['type'] === undefined || schema['type'] === 'string';
}
