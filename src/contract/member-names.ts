import { isArray, isJsonType, isObject, type Json, type JsonObject } from '../json.js';
import type { Contract } from './contract.js';
import type { Operation } from './operation.js';
import { resolve } from './follow.js';

/**
 * The names of the members that the successes of an operation may have by the contract, of the answer itself and of the
 * things in it, down to a few levels.
 */
export function answeredMembers(contract: Pick<Contract, 'document'>, operation: Operation): Set<string> {
  return new Set(answeredSchemas(contract, operation).keys());
}

/** The same names, each with all that the contract says of a member of that name. */
export function answeredSchemas(
  contract: Pick<Contract, 'document'>,
  operation: Operation,
): Map<string, Json[]> {
  const found = new Map<string, Json[]>();
  for (const { properties } of answeredParts(contract, operation)) {
    if (!isObject(properties)) continue;
    for (const [name, schema] of Object.entries(properties))
      found.set(name, [...(found.get(name) ?? []), schema]);
  }
  return found;
}

/** The names of the members that the successes of an operation have to have by the contract, wherever in them. */
export function requiredMembers(contract: Pick<Contract, 'document'>, operation: Operation): Set<string> {
  const names = answeredParts(contract, operation).flatMap(({ required }) =>
    isArray(required) ? required : [],
  );
  return new Set(names.filter((name) => typeof name === 'string'));
}

/** The schemas that the successes of an operation are made of, each once, down to a few levels. */
function answeredParts({ document }: Pick<Contract, 'document'>, operation: Operation): JsonObject[] {
  const seen = new Set<JsonObject>();
  let open: Json[] = Object.entries(operation.responses)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([, { content }]) => Object.entries(content))
    .flatMap(([type, { schema }]) => (isJsonType(type) && schema !== undefined ? [schema] : []));
  for (let depth = 0; depth < DEEPEST && seen.size < MOST_SCHEMAS; depth++) {
    const next: Json[] = [];
    for (const one of open) {
      const schema = resolve(document, one);
      if (!isObject(schema) || seen.has(schema)) continue;
      seen.add(schema);
      const { properties, items } = schema;
      if (isObject(properties)) next.push(...Object.values(properties));
      if (items !== undefined) next.push(items);
      for (const several of [schema['allOf'], schema['oneOf'], schema['anyOf']])
        if (isArray(several)) next.push(...several);
    }
    open = next;
  }
  return [...seen];
}

/** A list in a member of the answer, of things that are each wrapped and made of parts, is no deeper. */
const DEEPEST = 8;
const MOST_SCHEMAS = 2000;
