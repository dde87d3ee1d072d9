import { isArray, isObject, pointer, type Json, type JsonObject } from '../json.js';

/**
 * Calls `visit` for every object in a document, parents first, with its JSON Pointer and the key that it
 * stands under. A `visit` that returns false keeps the walk out of that object. Objects that stand in several
 * places (YAML aliases) are visited once.
 */
export function walk(
  root: Json,
  visit: (node: JsonObject, where: { pointer: string; key: string; parent: Json }) => boolean | undefined,
): void {
  const seen = new Set<Json>();
  const step = (node: Json, path: string, key: string, parent: Json): void => {
    if (typeof node !== 'object' || node === null || seen.has(node)) return;
    seen.add(node);
    if (isArray(node)) {
      node.forEach((item, index) => {
        step(item, path + pointer(index), String(index), node);
      });
    } else {
      if (visit(node, { pointer: path, key, parent }) === false) return;
      for (const [member, value] of Object.entries(node)) step(value, path + pointer(member), member, node);
    }
  };
  step(root, '', '', null);
}

/** What stands at a place of a document, as far as schemas are concerned. */
type Kind = 'other' | 'schema' | 'map of schemas' | 'list of schemas';

const SCHEMA_MAPS = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas']);
const SCHEMA_LISTS = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const SCHEMA_MEMBERS = new Set([
  ...['items', 'additionalProperties', 'not', 'if', 'then', 'else', 'contains', 'propertyNames'],
  ...['additionalItems', 'unevaluatedItems', 'unevaluatedProperties'],
]);
/** Members outside schemas whose values are data: what stands below them is no description. */
const DATA = new Set(['example', 'examples', 'default', 'enum', 'const', 'value']);

/** Calls `visit` for every Schema Object of a document (OpenAPI 3.0.3, section 4.7.24), parents first. */
export function walkSchemas(
  root: Json,
  visit: (schema: JsonObject, where: { pointer: string; key: string }) => void,
): void {
  const step = (node: Json, kind: Kind, path: string, key: string): void => {
    if (typeof node !== 'object' || node === null) return;
    if (kind === 'schema' && isObject(node)) visit(node, { pointer: path, key });
    for (const [member, value] of Object.entries(node)) {
      const next = kindBelow(kind, member, node);
      if (next !== undefined) step(value, next, path + pointer(member), member);
    }
  };
  step(root, 'other', '', '');
}

/** The kind of what stands under `member`, or undefined when it cannot hold a schema. */
function kindBelow(kind: Kind, member: string, node: Json): Kind | undefined {
  switch (kind) {
    case 'map of schemas':
    case 'list of schemas':
      return 'schema';
    case 'schema':
      if (isArray(node)) return 'schema'; // `items: [ … ]`
      if (SCHEMA_MAPS.has(member)) return 'map of schemas';
      if (SCHEMA_LISTS.has(member)) return 'list of schemas';
      return SCHEMA_MEMBERS.has(member) ? 'schema' : undefined;
    case 'other':
      if (isArray(node)) return 'other';
      if (member === 'schema') return 'schema';
      if (member === 'schemas' || member === 'definitions') return 'map of schemas';
      return DATA.has(member) || member.startsWith('x-') ? undefined : 'other';
  }
}
