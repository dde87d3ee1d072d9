import { at, isObject, type Json, type JsonObject } from '../json.js';
import { walkObjects } from './walk.js';

/**
 * Whether a document is whole as it is: each of its references is where OpenAPI knows one, and leads to a place in the
 * document. Then there is nothing to bring in from other files, and nothing to report.
 *
 * A document of which that is not certain is none, so that the bundler judges it.
 */
export function isSelfContained(document: JsonObject): boolean {
  if (!isOfKnownVersion(document)) return false;
  const known = new Set<JsonObject>();
  walkObjects(document, (node) => {
    known.add(node);
    return undefined;
  });
  for (const node of objectsIn(document)) {
    const { $ref } = node;
    if (typeof $ref === 'string') {
      const leadsOn = known.has(node) && $ref.startsWith('#/') && at(document, $ref) !== undefined;
      if (!leadsOn) return false;
    }
    if (refersByName(node)) return false;
  }
  return true;
}

function isOfKnownVersion({ openapi, swagger }: JsonObject): boolean {
  return typeof openapi === 'string' ? /^3\.[01]/.test(openapi) : openapi === undefined && swagger === '2.0';
}

/** References that are no `$ref`: of examples to files, and of discriminators to schemas. */
function refersByName({ externalValue, mapping, propertyName }: JsonObject): boolean {
  return externalValue !== undefined || (mapping !== undefined && propertyName !== undefined);
}

/** All objects of a document, those in data as well. */
export function* objectsIn(document: JsonObject): Generator<JsonObject> {
  const seen = new Set<Json>();
  const open: Json[] = [document];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    if (isObject(node)) yield node;
    for (const value of Object.values(node)) open.push(value);
  }
}
