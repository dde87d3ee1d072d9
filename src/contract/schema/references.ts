import { at, pointer, pointerSteps, type Json, type JsonObject } from '../../json.js';
import { walkSchemas } from '../walk.js';

/** Stands in a schema in the place of a reference that leads nowhere: the reference as it was written. */
export const UNRESOLVED = 'x-unresolved-reference';

/** Finds what the references of schemas name. */
export interface References {
  /** How many schemas have this name as their `$dynamicAnchor`. */
  dynamic: (name: string) => number;
  /**
   * @param here JSON Pointer of the schema that holds the reference
   * @returns JSON Pointer of what it names, or undefined when there is no such place in the document
   */
  resolve: (reference: string, here: string) => string | undefined;
}

/**
 * The references of a document: JSON Pointers, and in OpenAPI 3.1 also the names that schemas give themselves with
 * `$id`, `$anchor` and `$dynamicAnchor` (JSON Schema 2020-12, core, section 8.2).
 */
export function referencesOf(document: JsonObject): References {
  const names = namesIn(document);
  const known = (found: string) => (at(document, found) === undefined ? undefined : found);
  return {
    dynamic: (name) => names.dynamic.get(name) ?? 0,
    resolve: (reference, here) => {
      const inDocument = reference.startsWith('#/') || reference === '#';
      if (names.isEmpty) return inDocument ? known(pointer(...pointerSteps(reference))) : undefined;
      const own = baseOf(here, names.bases);
      const absolute = urlOf(reference, own);
      if (absolute === undefined) return undefined;
      const fragment = absolute.hash;
      absolute.hash = '';
      const resource = names.resources.get(absolute.href);
      if (fragment === '' || fragment.startsWith('#/')) {
        const found =
          resource === undefined ? undefined : known(resource + pointer(...pointerSteps(fragment)));
        // By the letter it counts from the schema that has the `$id`; most authors count from the document.
        return found ?? (inDocument ? known(pointer(...pointerSteps(reference))) : undefined);
      }
      return names.anchors.get(absolute.href + fragment);
    },
  };
}

/** What stands for the address of the document itself. */
const DOCUMENT = 'contract://document/';

interface Names {
  isEmpty: boolean;
  /** The addresses of the schemas that have an `$id`, by their pointers. */
  bases: ReadonlyMap<string, string>;
  /** And the other way round. */
  resources: ReadonlyMap<string, string>;
  /** Pointers by address and name. */
  anchors: ReadonlyMap<string, string>;
  dynamic: ReadonlyMap<string, number>;
}

function namesIn(document: JsonObject): Names {
  const bases = new Map<string, string>([['', DOCUMENT]]);
  const resources = new Map<string, string>([[DOCUMENT, '']]);
  const anchors = new Map<string, string>();
  const dynamic = new Map<string, number>();
  const version = document['openapi'];
  const isNamed = typeof version === 'string' && version.startsWith('3.1');
  if (isNamed) {
    walkSchemas(document, (schema, { pointer: here }) => {
      const id = schema['$id'] ?? (isOld(schema['$schema']) ? schema['id'] : undefined);
      if (typeof id === 'string') {
        const [bare = '', name] = id.split('#');
        const base = bare === '' ? undefined : urlOf(bare, baseOf(here, bases));
        if (base) {
          bases.set(here, base.href);
          if (!resources.has(base.href)) resources.set(base.href, here);
        }
        if (name !== undefined && name !== '') anchors.set(`${baseOf(here, bases)}#${name}`, here);
      }
      for (const anchor of [schema['$anchor'], schema['$dynamicAnchor']]) {
        if (typeof anchor === 'string') anchors.set(`${baseOf(here, bases)}#${anchor}`, here);
      }
      const name = schema['$dynamicAnchor'];
      if (typeof name === 'string') dynamic.set(name, (dynamic.get(name) ?? 0) + 1);
    });
  }
  return { isEmpty: bases.size === 1 && anchors.size === 0, bases, resources, anchors, dynamic };
}

function isOld(dialect: Json | undefined): boolean {
  return typeof dialect === 'string' && /draft-0[34]/.test(dialect);
}

/** The address that references at a place count from: that of the nearest schema around it which has one. */
function baseOf(here: string, bases: ReadonlyMap<string, string>): string {
  for (let end = here.length; end >= 0; end = here.lastIndexOf('/', end - 1)) {
    const base = bases.get(here.slice(0, end));
    if (base !== undefined) return base;
    if (end === 0) break;
  }
  return DOCUMENT;
}

function urlOf(reference: string, base: string): URL | undefined {
  return URL.canParse(reference, base) ? new URL(reference, base) : undefined;
}
