import { resolve } from '../contract/follow.js';
import { writtenOperations } from '../contract/paths.js';
import { at, copyOfObject, isArray, isObject, type Json, type JsonObject } from '../json.js';
import { handlingOf } from '../request/parameters/names.js';

/** A schema that would unfold into more nodes than this is cut; see `servable`. */
const LARGEST_SCHEMA = 5_000;

/** So many references lead to one another at most: who unfolds them goes as deep as they do. */
const DEEPEST_SCHEMA = 100;

/**
 * A copy of a contract's document that a mock can serve. The mock unfolds schemas where it has no example:
 * circles would keep it busy for ever, and schemas that refer to one another many times over almost as long.
 * A reference that closes a circle, or that makes its schema too large or too deep, is replaced by a schema that allows
 * anything. Header parameters that OpenAPI ignores are left out, since the mock would ask for them. Only the mock sees
 * this: answers are judged by the contract itself.
 *
 * @returns the document, and how many references were cut
 */
export function servable(document: JsonObject): { document: JsonObject; cut: number } {
  const copy = copyOfObject(document);
  const sizes = new Map<string, number>();
  const open = new Set<string>();
  let cut = 0;

  const sizeOf = (reference: string): number => {
    const known = sizes.get(reference);
    if (known !== undefined) return known;
    if (open.has(reference) || open.size >= DEEPEST_SCHEMA) return Infinity;
    open.add(reference);
    const size = trim(at(copy, reference) ?? {});
    open.delete(reference);
    sizes.set(reference, size);
    return size;
  };
  /** Cuts what is too large below a node, and returns how many nodes it unfolds into. */
  const trim = (node: Json): number => {
    if (isArray(node)) return node.reduce<number>((sum, item) => sum + trim(item), 1);
    if (!isObject(node)) return 1;
    const reference = node['$ref'];
    if (typeof reference === 'string') {
      const size = sizeOf(reference);
      if (size <= LARGEST_SCHEMA) return size;
      const target = at(copy, reference);
      Reflect.deleteProperty(node, '$ref');
      if (isObject(target) && typeof target['type'] === 'string') node['type'] = target['type'];
      cut += 1;
      return 1;
    }
    let sum = 1;
    for (const [name, member] of Object.entries(node)) {
      if (name === 'example' || name === 'examples') continue;
      sum += trim(member);
    }
    return sum;
  };
  trim(copy['paths'] ?? {});
  dropIgnoredHeaders(copy);
  return { document: copy, cut };
}

/** Definitions of `Accept`, `Content-Type` and `Authorization` as parameters are ignored (OpenAPI 3.0.4, section 4.7.12.1). */
function dropIgnoredHeaders(document: JsonObject): void {
  const isKept = (written: Json): boolean => {
    const parameter = resolve(document, written);
    if (!isObject(parameter) || parameter['in'] !== 'header' || typeof parameter['name'] !== 'string')
      return true;
    return handlingOf({ in: 'header', name: parameter['name'] }) !== 'ignored';
  };
  for (const { pathItem, operation } of writtenOperations(document)) {
    for (const holder of [pathItem, operation]) {
      const { parameters } = holder;
      if (isArray(parameters)) holder['parameters'] = parameters.filter(isKept);
    }
  }
}
