import { isArray, isObject, setMember, type Json, type JsonObject } from '../../json.js';
import { merged } from './merge.js';
import { numberFor } from './number.js';
import type { Plan } from './plan.js';
import { otherWay } from '../../contract/schema/one-way.js';
import { textOfPattern } from './pattern.js';
import { textFor } from './text.js';

/**
 * Makes a value for a schema, keyword by keyword. What it cannot follow (`not`, `dependentSchemas`, and what the parts of a
 * schema want of one another) is left to chance: who calls it holds the value against the schema, and takes another turn.
 * @returns undefined where it finds none
 */
export function generate(
  schema: Json | undefined,
  plan: Plan,
  turn = plan.turn,
  left = DEEPEST,
): Json | undefined {
  if (schema === false || left === 0) return undefined;
  const whole = merged(schema, plan);
  if (!whole) return undefined;
  const { enum: values, default: initial, example, examples } = whole;
  if (plan.examples) {
    const given = [example, ...(isArray(examples) ? examples : []), initial].filter(
      (one) => one !== undefined,
    );
    if (given.length > 0 && turn === plan.turn) return given[0];
  }
  if (isArray(values)) return ofType(values, whole)[turn % Math.max(1, ofType(values, whole).length)];
  switch (typeOf(whole, turn)) {
    case 'null':
      return null;
    case 'boolean':
      return turn % 2 === 0;
    case 'integer':
      return numberFor(whole, true, turn);
    case 'number':
      return numberFor(whole, false, turn);
    case 'string':
      return textFor(whole, turn);
    case 'array':
      return listFor(whole, plan, turn, left);
    case 'object':
      return objectFor(whole, plan, turn, left);
    default:
      return turn === 0 ? 'text' : `text${turn}`;
  }
}

const DEEPEST = 16;
const MOST_ITEMS = 10_000;

/** A list of values may hold some that the type of the schema forbids. */
function ofType(values: readonly Json[], { type }: JsonObject): readonly Json[] {
  if (!isArray(type)) return values;
  const fitting = values.filter((value) => type.some((name) => isOf(value, name)));
  return fitting.length > 0 ? fitting : values;
}

function isOf(value: Json, type: Json): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return isArray(value);
  if (type === 'object') return isObject(value);
  return type === 'integer' ? Number.isInteger(value) : typeof value === type;
}

/** The type that a schema names, or the one that its keywords are about. */
function typeOf(schema: JsonObject, turn: number): Json | undefined {
  const { type } = schema;
  if (isArray(type) && type.length > 0) {
    const real = type.filter((one) => one !== 'null');
    return real.length === 0 ? 'null' : real[turn % real.length];
  }
  return Object.entries(ABOUT).find(([, keywords]) => keywords.some((keyword) => keyword in schema))?.[0];
}

const ABOUT: Readonly<Record<string, readonly string[]>> = {
  object: [
    'properties',
    'required',
    'additionalProperties',
    'minProperties',
    'patternProperties',
    'propertyNames',
  ],
  array: ['items', 'minItems', 'uniqueItems', 'prefixItems', 'contains'],
  string: ['pattern', 'minLength', 'maxLength', 'format', 'contentEncoding'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
};

function listFor(schema: JsonObject, plan: Plan, turn: number, left: number): Json | undefined {
  const {
    items,
    prefixItems,
    contains,
    uniqueItems,
    minItems = 0,
    maxItems = Infinity,
    minContains = 1,
  } = schema;
  if (typeof minItems !== 'number' || typeof maxItems !== 'number' || minItems > MOST_ITEMS) return undefined;
  const first = isArray(prefixItems) ? prefixItems : [];
  const wanted = contains === undefined || typeof minContains !== 'number' ? 0 : minContains;
  const count = Math.min(Math.max(minItems, first.length, wanted, 1), maxItems);
  const made: Json[] = [];
  const seen = new Set<string>();
  for (let index = 0; index < count; index += 1) {
    const inside =
      contains !== undefined && index >= count - wanted ? { allOf: [contains, items ?? true] } : items;
    const own = first[index] ?? inside;
    // Of things that have to differ, some turns give the same.
    let item: Json | undefined;
    for (let tries = 0; tries < (uniqueItems === true ? MOST_TRIES : 1); tries += 1) {
      const candidate = generate(own, plan, turn + (uniqueItems === true ? index + tries : 0), left - 1);
      if (candidate === undefined || (uniqueItems === true && seen.has(JSON.stringify(candidate)))) continue;
      item = candidate;
      break;
    }
    if (item === undefined) break;
    made.push(item);
    seen.add(JSON.stringify(item));
  }
  return made.length < minItems ? undefined : made;
}

const MOST_TRIES = 20;

function objectFor(schema: JsonObject, plan: Plan, turn: number, left: number): Json | undefined {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const { required, minProperties = 0, maxProperties = Infinity, discriminator } = schema;
  const names = Object.keys(properties).filter((name) => !isOtherWay(properties[name], plan));
  const needed = withDependent(
    isArray(required) ? required.filter((name) => typeof name === 'string') : [],
    schema,
  );
  const made: JsonObject = {};
  const put = (name: string, isNeeded: boolean): boolean => {
    if (Object.hasOwn(made, name)) return true;
    const own = schemaOf(name, schema, properties);
    const value = generate(own, plan, turn, left - 1);
    if (value === undefined) return !isNeeded;
    setMember(made, name, value);
    return true;
  };
  for (const name of needed) {
    if (Object.hasOwn(properties, name) && isOtherWay(properties[name], plan)) continue;
    if (!put(name, true)) return undefined;
  }
  const size = () => Object.keys(made).length;
  const limit = typeof maxProperties === 'number' ? maxProperties : Infinity;
  const least = typeof minProperties === 'number' ? minProperties : 0;
  for (const name of names) {
    if (plan.members === 'all' ? size() < limit : size() < least) put(name, false);
  }
  for (let index = 0; size() < least && index < least + names.length; index += 1) {
    put(extraName(schema, index), false);
  }
  if (isObject(discriminator)) distinguish(made, discriminator, properties, turn);
  return made;
}

/** A member that is called as the discriminator has a name of a schema for its value, where its own schema gives none. */
function distinguish(
  made: JsonObject,
  { propertyName, mapping }: JsonObject,
  properties: JsonObject,
  turn: number,
): void {
  if (typeof propertyName !== 'string' || !isObject(mapping)) return;
  const own = properties[propertyName];
  if (isObject(own) && ('enum' in own || 'const' in own)) return;
  const names = Object.keys(mapping);
  const name = names[turn % Math.max(1, names.length)];
  if (name !== undefined) made[propertyName] = name;
}

/** What also has to be there because of what is (JSON Schema 2020-12, validation, section 6.5.4). */
function withDependent(names: readonly string[], { dependentRequired }: JsonObject): string[] {
  const all = new Set(names);
  if (isObject(dependentRequired)) {
    for (const name of all) {
      const others = dependentRequired[name];
      if (isArray(others)) for (const other of others) if (typeof other === 'string') all.add(other);
    }
  }
  return [...all];
}

function schemaOf(name: string, schema: JsonObject, properties: JsonObject): Json | undefined {
  if (Object.hasOwn(properties, name)) return properties[name];
  const { patternProperties, additionalProperties } = schema;
  if (isObject(patternProperties)) {
    const [, own] = Object.entries(patternProperties).find(([, one]) => one !== false) ?? [];
    if (own !== undefined) return own;
  }
  return additionalProperties;
}

/** The name of a member that the schema does not name. */
function extraName({ propertyNames, patternProperties }: JsonObject, index: number): string {
  const [pattern] = isObject(patternProperties) ? Object.keys(patternProperties) : [];
  const named = isObject(propertyNames) ? textFor(propertyNames, index) : undefined;
  return named ?? (pattern === undefined ? undefined : textOfPattern(pattern, {}, index)) ?? `member${index}`;
}

/** Whether a member only goes the other way, by its own schema, a reference, or a part of it. */
function isOtherWay(schema: Json | undefined, plan: Plan): boolean {
  return merged(schema, plan)?.[otherWay(plan.direction)] === true;
}
