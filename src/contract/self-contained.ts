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
  const targets = new Set<string>();
  for (const node of objectsIn(document)) {
    const { $ref } = node;
    if (typeof $ref === 'string') {
      if (!known.has(node) || !$ref.startsWith('#/') || at(document, $ref) === undefined) return false;
      targets.add($ref);
    }
    if (refersByName(node)) return false;
  }
  return targets.size <= MOST_TARGETS;
}

/** References that lead on and on are refused by the bundler; only among so many can there be such. */
const MOST_TARGETS = 1_000;

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
