import { isArray, isObject, pointer, type Json, type JsonObject } from '../json.js';
import { METHODS } from './methods.js';

/** The objects of OpenAPI that a document is made of, as far as a schema or a reference can be in them. */
export type Kind =
  | 'document'
  | 'components'
  | 'path item'
  | 'operation'
  | 'callback'
  | 'parameter'
  | 'header'
  | 'body'
  | 'response'
  | 'media type'
  | 'encoding'
  | 'example'
  | 'link'
  | 'security scheme'
  | 'schema';

/** What a member of an object holds: one object, or a map or a list of them. */
interface Below {
  kind: Kind;
  many: boolean;
}

/** A JSON Pointer to an object of a document, the key that it is under, and what holds it. */
export interface Where {
  pointer: string;
  key: string;
  parent: Json;
  kind: Kind;
  /** True for a schema that is a part of another schema. */
  isPart: boolean;
}

/**
 * Which members of an object hold objects (OpenAPI 3.0.3, section 4.7; OpenAPI 3.1.1, section 4.8; Swagger 2.0, Schema).
 * Every other member is a value or an extension, and whatever is in it is data.
 */
const MEMBERS: Record<Kind, Readonly<Record<string, Below>>> = {
  document: {
    paths: many('path item'),
    webhooks: many('path item'),
    components: one('components'),
    definitions: many('schema'),
    parameters: many('parameter'),
    responses: many('response'),
    securityDefinitions: many('security scheme'),
  },
  components: {
    schemas: many('schema'),
    responses: many('response'),
    parameters: many('parameter'),
    examples: many('example'),
    requestBodies: many('body'),
    headers: many('header'),
    securitySchemes: many('security scheme'),
    links: many('link'),
    callbacks: many('callback'),
    pathItems: many('path item'),
  },
  'path item': {
    parameters: many('parameter'),
    ...Object.fromEntries(METHODS.map((method) => [method, one('operation')])),
  },
  operation: {
    parameters: many('parameter'),
    requestBody: one('body'),
    responses: many('response'),
    callbacks: many('callback'),
  },
  // Its members are expressions, each with a path item; see `below`.
  callback: {},
  parameter: { schema: one('schema'), content: many('media type'), examples: many('example') },
  header: { schema: one('schema'), content: many('media type'), examples: many('example') },
  body: { content: many('media type') },
  response: {
    schema: one('schema'),
    headers: many('header'),
    content: many('media type'),
    links: many('link'),
  },
  'media type': { schema: one('schema'), examples: many('example'), encoding: many('encoding') },
  encoding: { headers: many('header') },
  example: {},
  link: {},
  'security scheme': {},
  schema: {
    ...of(many('schema'), ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas']),
    ...of(many('schema'), ['dependencies']),
    ...of(many('schema'), ['allOf', 'anyOf', 'oneOf', 'prefixItems']),
    ...of(one('schema'), ['items', 'additionalProperties', 'not', 'if', 'then', 'else', 'contains']),
    ...of(one('schema'), ['propertyNames', 'additionalItems', 'unevaluatedItems', 'unevaluatedProperties']),
  },
};

function one(kind: Kind): Below {
  return { kind, many: false };
}

function many(kind: Kind): Below {
  return { kind, many: true };
}

function of(below: Below, members: readonly string[]): Record<string, Below> {
  return Object.fromEntries(members.map((member) => [member, below]));
}

function below(kind: Kind, member: string): Below | undefined {
  if (kind === 'callback') return member.startsWith('x-') ? undefined : one('path item');
  const members = MEMBERS[kind];
  return Object.hasOwn(members, member) ? members[member] : undefined;
}

/**
 * Calls `visit` for every object of OpenAPI in a document, parents first. Data is not visited: examples, defaults, the
 * values of enumerations, extensions. A `visit` that returns false keeps the walk out of that object. Objects that
 * are in several places (YAML aliases) are visited in each of them.
 * @param from what `root` is, and where it is
 */
export function walkObjects(
  root: Json,
  visit: (node: JsonObject, where: Where) => boolean | undefined,
  from: { kind: Kind; pointer: string } = { kind: 'document', pointer: '' },
): void {
  const open = new Set<Json>();
  const each = (holder: Json, kind: Kind, path: string, isPart: boolean): void => {
    if (typeof holder !== 'object' || holder === null) return;
    for (const [key, value] of Object.entries(holder)) {
      if (key.startsWith('x-') && (kind === 'path item' || kind === 'response')) continue;
      step(value, { pointer: path + pointer(key), key, parent: holder, kind, isPart });
    }
  };
  const step = (node: Json, where: Where): void => {
    if (!isObject(node) || open.has(node)) return;
    if (visit(node, where) === false) return;
    open.add(node);
    const isPart = where.kind === 'schema';
    for (const [key, value] of Object.entries(node)) {
      const what = below(where.kind, key);
      if (what === undefined) continue;
      const path = where.pointer + pointer(key);
      // `items: [ … ]`, as older JSON Schema has it.
      if (what.many || (isPart && isArray(value))) each(value, what.kind, path, isPart);
      else step(value, { pointer: path, key, parent: node, kind: what.kind, isPart });
    }
    open.delete(node);
  };
  step(root, { ...from, key: '', parent: null, isPart: false });
}

/** Calls `visit` for every Schema Object of a document (OpenAPI 3.0.3, section 4.7.24), parents first. */
export function walkSchemas(root: Json, visit: (schema: JsonObject, where: Where) => void): void {
  walkObjects(root, (node, where) => {
    if (where.kind === 'schema') visit(node, where);
    return undefined;
  });
}

/** The schemas that are written in a schema, with the member that holds each and the steps that lead there. */
export function partsOf(schema: JsonObject): Generator<Part> {
  return schemasOf(schema, 'schema');
}

/** The schemas that are in an object of OpenAPI, not deeper: objects, and `true` and `false`. */
export function* schemasOf(node: JsonObject, kind: Kind): Generator<Part> {
  for (const [keyword, several] of HOLDERS.get(kind) ?? []) {
    const value = Object.hasOwn(node, keyword) ? node[keyword] : undefined;
    if (value === undefined) continue;
    if (typeof value === 'object' && value !== null && (several || isArray(value))) {
      for (const [key, part] of Object.entries(value)) yield { part, keyword, steps: [keyword, key] };
    } else yield { part: value, keyword, steps: [keyword] };
  }
}

/** The members of each kind of object that hold schemas, and whether they hold several. */
const HOLDERS = new Map<string, readonly (readonly [keyword: string, several: boolean])[]>(
  Object.entries(MEMBERS).map(([kind, members]) => [
    kind,
    Object.entries(members).flatMap(([keyword, { kind: held, many: several }]) =>
      held === 'schema' ? [[keyword, several] as const] : [],
    ),
  ]),
);

interface Part {
  part: Json;
  keyword: string;
  steps: (string | number)[];
}
