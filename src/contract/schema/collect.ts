import { at, isObject, pointer as pointerOf, type Json, type JsonObject } from '../../json.js';
import { partsOf, schemasOf, walkObjects } from '../walk.js';
import { UNRESOLVED, type References } from './references.js';

/** A schema of the document, copied so that it may be changed. */
export interface Site {
  pointer: string;
  schema: JsonObject;
}

/**
 * Copies every schema of a document: those that are where OpenAPI has schemas, and whatever else their references
 * name. Nothing else of the document is copied, so nothing that is data can be taken for a schema.
 * @returns the outermost ones, and all by their pointers
 */
export function collectSchemas(
  document: JsonObject,
  references: References,
): { outermost: Site[]; sites: Map<string, JsonObject> } {
  const outermost: Site[] = [];
  const sites = new Map<string, JsonObject>();
  const open: { holder: string; reference: string }[] = [];

  const add = (pointer: string, written: Json): void => {
    const schema = asObject(copyOf(written));
    if (!isObject(schema)) return;
    outermost.push({ pointer, schema });
    register(pointer, schema);
  };
  const register = (pointer: string, schema: JsonObject): void => {
    sites.set(pointer, schema);
    for (const keyword of ['$ref', '$dynamicRef']) {
      const reference = schema[keyword];
      if (typeof reference === 'string') open.push({ holder: pointer, reference });
    }
    for (const { part, steps } of partsOf(schema)) {
      if (isObject(part)) register(pointer + pointerOf(...steps), part);
    }
  };

  walkObjects(document, (node, { kind, pointer, isPart }) => {
    if (kind === 'schema' && !isPart) add(pointer, node);
    if (kind === 'schema') return undefined;
    for (const { part, steps } of schemasOf(node, kind)) {
      if (typeof part === 'boolean') add(pointer + pointerOf(...steps), part);
    }
    return undefined;
  });
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const target = references.resolve(next.reference, next.holder);
    if (target !== undefined && !sites.has(target)) add(target, at(document, target) ?? null);
  }
  return { outermost, sites };
}

/** `true` allows every value, and `false` none (JSON Schema 2020-12, core, section 4.3.2). */
function asObject(written: Json): Json {
  if (written === true) return {};
  return written === false ? { not: {} } : written;
}

/** Shares nothing with what it is a copy of, nor with itself: YAML aliases make one object be in several places. */
function copyOf(value: Json): Json {
  const text = JSON.stringify(value);
  return JSON.parse(text) as Json;
}

/** Keywords that say nothing of whether a value is right, and whose values are data. */
const SILENT = new Set([
  ...['default', 'example', 'examples', 'xml', 'externalDocs', 'title', 'description', '$comment'],
  ...['$id', 'id', '$schema', '$anchor', '$dynamicAnchor', '$recursiveAnchor', '$vocabulary'],
]);

/** Takes out of a schema what is no part of its checks; extensions too, whose values may be anything. */
export function dropData(schema: JsonObject): void {
  for (const keyword of Object.keys(schema)) {
    const isExtension = keyword.startsWith('x-') && keyword !== UNRESOLVED;
    if (SILENT.has(keyword) || isExtension) Reflect.deleteProperty(schema, keyword);
  }
}
