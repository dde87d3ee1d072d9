import { isDeepStrictEqual } from 'node:util';
import { resolve } from '../../contract/follow.js';
import { exclusiveFlags } from '../../contract/schema/older.js';
import { isArray, isObject, type Json, type JsonObject } from '../../json.js';
import type { Plan } from './plan.js';

/**
 * A schema as one: references followed, the parts of `allOf` joined, one alternative of each `oneOf` and `anyOf` taken by
 * the turn of the plan. What cannot be joined is left to the validator, which judges every value in the end.
 * @returns undefined where nothing satisfies it, or where it contains itself
 */
export function merged(schema: Json | undefined, plan: Plan): JsonObject | undefined {
  if (!isObject(schema)) return mergedBelow(schema, plan, DEEPEST);
  if (plan.known.has(schema)) return plan.known.get(schema);
  const result = mergedBelow(schema, plan, DEEPEST);
  plan.known.set(schema, result);
  return result;
}

/** @param left how many parts may still be inside one another */
function mergedBelow(schema: Json | undefined, plan: Plan, left: number): JsonObject | undefined {
  if (schema === undefined || schema === true) return {};
  const whole = resolve(plan.document, schema);
  if (!isObject(whole) || left === 0) return undefined;
  // In OpenAPI 3.1 keywords may be beside a reference.
  const beside = isObject(schema) && '$ref' in schema ? without(schema, '$ref') : {};
  const { allOf, oneOf, anyOf, if: condition, then, else: otherwise, ...own } = { ...whole };
  const parts: (Json | undefined)[] = [
    ...(Object.keys(beside).length > 0 ? [beside] : []),
    ...(isArray(allOf) ? allOf : []),
    ...[oneOf, anyOf].flatMap((list) =>
      isArray(list) && list.length > 0 ? [list[plan.turn % list.length]] : [],
    ),
    ...(condition === undefined ? [] : plan.turn % 2 === 0 ? [condition, then] : [otherwise]),
  ];
  let result: JsonObject | undefined = normal(own);
  for (const part of parts) {
    const other = mergedBelow(part, plan, left - 1);
    result = result && other && joined(result, other);
  }
  return result;
}

const DEEPEST = 24;

function without(object: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
}

/** Exclusive limits as numbers, as in OpenAPI 3.1; `nullable` among the types; `const` as a list. */
function normal(schema: JsonObject): JsonObject {
  const result = { ...schema };
  exclusiveFlags(result, () => undefined);
  if (typeof result['type'] === 'string') result['type'] = [result['type']];
  if (result['const'] !== undefined) result['enum'] = [result['const']];
  return result;
}

/** What satisfies both; undefined where it is seen that nothing does. */
function joined(one: JsonObject, other: JsonObject): JsonObject | undefined {
  const result = { ...one };
  for (const [keyword, value] of Object.entries(other)) {
    const there = result[keyword];
    const both = there === undefined ? value : JOINS[keyword]?.(there, value);
    if (both === NOTHING) return undefined;
    if (both !== undefined) result[keyword] = both;
  }
  return result;
}

const NOTHING = Symbol('nothing satisfies both');

type Join = (one: Json, other: Json) => Json | typeof NOTHING | undefined;

const larger: Join = (one, other) =>
  typeof one === 'number' && typeof other === 'number' ? Math.max(one, other) : one;
const smaller: Join = (one, other) =>
  typeof one === 'number' && typeof other === 'number' ? Math.min(one, other) : one;
const either: Join = (one, other) => one === true || other === true;
const bothSchemas: Join = (one, other) =>
  one === false || other === false ? false : { allOf: [one, other] };
const byName: Join = (one, other) => {
  if (!isObject(one) || !isObject(other)) return one;
  const result = { ...one };
  for (const [name, schema] of Object.entries(other)) {
    const there = Object.hasOwn(result, name) ? result[name] : undefined;
    result[name] = there === undefined ? schema : { allOf: [there, schema] };
  }
  return result;
};

const JOINS: Readonly<Record<string, Join>> = {
  type: (one, other) => {
    if (!isArray(one) || !isArray(other)) return one;
    const both = one.filter(
      (type) => other.includes(type) || (type === 'integer' && other.includes('number')),
    );
    if (one.includes('number') && other.includes('integer')) both.push('integer');
    return both.length === 0 ? NOTHING : both;
  },
  enum: (one, other) => {
    if (!isArray(one) || !isArray(other)) return one;
    const both = one.filter((value) => other.some((also) => isDeepStrictEqual(value, also)));
    return both.length === 0 ? NOTHING : both;
  },
  required: (one, other) => (isArray(one) && isArray(other) ? [...one, ...other] : one),
  properties: byName,
  patternProperties: byName,
  items: bothSchemas,
  additionalProperties: bothSchemas,
  ...Object.fromEntries(
    ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'].map((name) => [name, larger]),
  ),
  ...Object.fromEntries(
    ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'].map((name) => [name, smaller]),
  ),
  ...Object.fromEntries(['uniqueItems', 'readOnly', 'writeOnly'].map((name) => [name, either])),
  multipleOf: (one, other) =>
    typeof one === 'number' && typeof other === 'number' ? multiple(one, other) : one,
};

/** A number that is a multiple of both, where one is; else their product, which for fractions may be none. */
function multiple(one: number, other: number): number {
  if (Number.isInteger(one / other)) return one;
  return Number.isInteger(other / one) ? other : one * other;
}
