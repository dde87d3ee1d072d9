import type { Repair } from '../contract.js';
import { walkSchemas } from '../walk.js';
import type { Draft } from './repair.js';

/**
 * A schema that lists `properties` or `items` but leaves `type` out accepts anything that is not an object
 * or array, which is never what its author meant.
 */
export function missingTypes(draft: Draft): Repair[] {
  const repairs: Repair[] = [];
  walkSchemas(draft.document, (schema, { pointer }) => {
    if (schema['type'] !== undefined || schema['$ref'] !== undefined) return;
    const type = 'properties' in schema ? 'object' : 'items' in schema ? 'array' : undefined;
    if (type === undefined) return;
    // Inside a composition the type is often stated once, beside or above.
    if (/\/(allOf|anyOf|oneOf)\/\d+$/.test(pointer)) return;
    schema['type'] = type;
    repairs.push({
      kind: 'missing-type',
      what: `the schema has “${type === 'object' ? 'properties' : 'items'}”, but no “type”`,
      place: draft.locate(pointer),
      assumed: `type: ${type}`,
    });
  });
  return repairs;
}
