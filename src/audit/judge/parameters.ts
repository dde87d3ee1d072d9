import type { Operation } from '../../contract/operation.js';
import type { Parameter } from '../../contract/parameter.js';
import type { QueryPart } from '../call.js';

/** The names of a query that the contract does not have, and those that it requires and that are not there. */
export function queryAgainst(
  { parameters }: Pick<Operation, 'parameters'>,
  query: readonly QueryPart[],
  extra: ReadonlySet<string>,
): { unknown: string[]; missing: string[] } {
  const described = parameters.filter((parameter) => parameter.in === 'query');
  const unknown = query
    .map(({ name }) => name)
    .filter((name) => !extra.has(name) && !described.some((parameter) => isNamed(parameter, name)));
  const missing = described
    .filter(({ required }) => required)
    .filter((parameter) => !query.some(({ name }) => isNamed(parameter, name)))
    .map(({ name }) => name);
  return { unknown: [...new Set(unknown)], missing };
}

/**
 * Whether a name in a query is that of a parameter, or of a part of its value: `filter[name]` of a deep object, each
 * member of an exploded object, `tags[]` and `tags[0]` of a list, `name:contains` where a modifier is glued to it.
 */
function isNamed({ name, style, explode, schema }: Parameter, given: string): boolean {
  if (given === name) return true;
  const base = given.replace(/\[.*$/s, '');
  if (base === name.replace(/\[\]$/, '') && (base !== given || name.endsWith('[]'))) return true;
  const takesMembers =
    explode && style === 'form' && (schema['type'] === 'object' || schema['properties'] !== undefined);
  return takesMembers;
}
