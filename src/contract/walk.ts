import { isArray, isObject, pointer, type Json, type JsonObject } from '../json.js';

/** What an object of a document is, as far as a walk has to know it. */
type Kind =
  /** An object of OpenAPI other than a schema. */
  | 'object'
  /** A map whose names are free, to objects of OpenAPI. */
  | 'map'
  | 'paths'
  | 'schema'
  | 'map of schemas'
  | 'list of schemas'
  | 'map of examples'
  | 'map of links'
  | 'link';

/** Where an object stands in a document. */
export interface Where {
  pointer: string;
  key: string;
  parent: Json;
  kind: Kind;
}

const SCHEMA_MAPS = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas']);
const SCHEMA_LISTS = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const SCHEMA_MEMBERS = new Set([
  ...['items', 'additionalProperties', 'not', 'if', 'then', 'else', 'contains', 'propertyNames'],
  ...['additionalItems', 'unevaluatedItems', 'unevaluatedProperties', 'contentSchema'],
]);
/** Members whose values are data, of a schema and of everything else: what stands below them is no description. */
const DATA = new Set(['example', 'default', 'enum', 'const', 'value']);
/** Maps to other objects than schemas: what they name can have any name. */
const MAPS = new Map<string, Kind>([
  ...['paths', 'webhooks', 'callbacks', 'responses'].map((name): [string, Kind] => [name, 'paths']),
  ...['parameters', 'requestBodies', 'headers', 'securitySchemes', 'securityDefinitions'].map(
    (name): [string, Kind] => [name, 'map'],
  ),
  ...['pathItems', 'content', 'encoding', 'variables'].map((name): [string, Kind] => [name, 'map']),
  ['schemas', 'map of schemas'],
  ['definitions', 'map of schemas'],
  ['examples', 'map of examples'],
  ['links', 'map of links'],
]);

/**
 * Calls `visit` for every object of a document that describes something, parents first, with its place. What is data
 * (examples, defaults, values of an enum, extensions) is left out, whatever its members are called; and the names in a
 * map are names, also when they are called as members of OpenAPI are. A `visit` that returns false keeps the walk out
 * of that object.
 */
export function walk(root: Json, visit: (node: JsonObject, where: Where) => boolean | undefined): void {
  // Examples of a response of Swagger 2.0 are data by their media type; later they are Example Objects.
  const isSwagger = isObject(root) && root['swagger'] !== undefined;
  const step = (node: Json, kind: Kind, path: string, key: string, parent: Json): void => {
    if (typeof node !== 'object' || node === null) return;
    if (isObject(node) && visit(node, { pointer: path, key, parent, kind }) === false) return;
    for (const [member, value] of Object.entries(node)) {
      const next = isArray(node) ? kindInList(kind) : kindBelow(kind, member, value);
      if (next === undefined || (isSwagger && next === 'map of examples')) continue;
      step(value, next, path + pointer(member), member, node);
    }
  };
  step(root, 'object', '', '', null);
}

/** Calls `visit` for every Schema Object of a document (OpenAPI 3.0.3, section 4.7.24), parents first. */
export function walkSchemas(root: Json, visit: (schema: JsonObject, where: Where) => void): void {
  walk(root, (node, where) => {
    if (where.kind === 'schema') visit(node, where);
    return undefined;
  });
}

/** `items: [ … ]` is a list of schemas as well; other lists hold what their member holds. */
function kindInList(kind: Kind): Kind {
  return kind === 'list of schemas' ? 'schema' : kind;
}

/** The kind of what stands under a member of an object, or undefined when it describes nothing. */
function kindBelow(kind: Kind, member: string, value: Json): Kind | undefined {
  switch (kind) {
    case 'map of schemas':
    case 'list of schemas':
      return 'schema';
    case 'map':
    case 'map of examples':
      return 'object';
    case 'map of links':
      return 'link';
    case 'paths':
      // Callbacks are maps of maps; what is no path there has the members of a path item all the same.
      return member.startsWith('x-') ? undefined : 'object';
    case 'link':
      return member === 'server' ? 'object' : undefined;
    case 'schema':
      if (SCHEMA_MAPS.has(member)) return 'map of schemas';
      if (SCHEMA_LISTS.has(member)) return 'list of schemas';
      return SCHEMA_MEMBERS.has(member) ? 'schema' : undefined;
    case 'object':
      if (DATA.has(member) || member.startsWith('x-')) return undefined;
      if (member === 'schema') return 'schema';
      return MAPS.has(member) && isObject(value) ? MAPS.get(member) : otherwise(member);
  }
}

/** Lists of examples are data; everything else that is no map is an object. */
function otherwise(member: string): Kind | undefined {
  return member === 'examples' ? undefined : 'object';
}
