import { isArray, isObject, pointer, type JsonObject } from '../../json.js';
import type { ContractRule } from '../rule.js';
import { partsOf } from '../schema-graph.js';
import { SECTIONS } from '../sections.js';
import { addToGroup } from '../../groups.js';

export const unknownRequired: ContractRule = {
  id: 'contract/unknown-required',
  promise: 'Every required name is that of a property, here or in what the schema is composed with.',
  severity: 'warning',
  source: SECTIONS.schema,
  judge: ({ schemas }) => {
    const all = new Map(schemas.map(({ value, pointer: here }) => [here, value]));
    const includers = new Map<string, string[]>();
    for (const { value, pointer: here } of schemas) {
      for (const { pointer: part } of partsOf(value, here)) addToGroup(includers, part, here);
    }
    return schemas.flatMap(({ value, pointer: here }) => {
      const { required, properties } = value;
      // A part that only makes members required says nothing of what they are.
      if (!isArray(required) || !isObject(properties) || Object.keys(properties).length === 0) return [];
      const missing = required
        .filter((name) => typeof name === 'string')
        .filter((name) => !Object.hasOwn(properties, name));
      if (missing.length === 0) return [];
      const around = neighbourhood(here, all, includers);
      return missing
        .filter((name) => around?.some((one) => describes(one, name)) === false)
        .map((name) => ({
          code: 'unknown',
          message: `“${name}” is required, and no property has that name`,
          facts: { name },
          pointer: here + pointer('required', required.indexOf(name)),
        }));
    });
  },
};

/**
 * All schemas that say something of the same value: those that it is composed of, those that it is a part of, and what
 * these are composed of. Undefined where there are too many.
 */
function neighbourhood(
  start: string,
  all: ReadonlyMap<string, JsonObject>,
  includers: ReadonlyMap<string, readonly string[]>,
): JsonObject[] | undefined {
  const seen = new Set<string>([start]);
  for (const here of seen) {
    const schema = all.get(here);
    if (schema) for (const part of partsOf(schema, here)) seen.add(part.pointer);
    for (const includer of includers.get(here) ?? []) seen.add(includer);
    if (seen.size > MOST) return undefined;
  }
  return [...seen].map((here) => all.get(here)).filter((schema) => schema !== undefined);
}

const MOST = 500;

/** Whether a schema has such a property, or says itself that others than those it names may come. */
function describes(schema: JsonObject, name: string): boolean {
  const { properties, patternProperties, additionalProperties } = schema;
  if (isObject(properties) && Object.hasOwn(properties, name)) return true;
  return patternProperties !== undefined || additionalProperties === true || isObject(additionalProperties);
}
