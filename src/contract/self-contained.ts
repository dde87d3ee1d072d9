import { at, isObject, type Json, type JsonObject } from '../json.js';
import { strongComponents } from './strong-components.js';
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
  const targets = new Set<Json>();
  for (const node of objectsIn(document)) {
    const { $ref } = node;
    if (typeof $ref === 'string') {
      const target = known.has(node) && $ref.startsWith('#/') ? at(document, $ref) : undefined;
      if (target === undefined) return false;
      targets.add(target);
    }
    if (refersByName(node)) return false;
  }
  return longestChain(document, targets) <= LONGEST_CHAIN;
}

/** References that lead on and on are refused by the bundler: only where they lead on so often can there be such. */
const LONGEST_CHAIN = 1_000;

/**
 * At most so many targets of references are behind one another: in the longest row of groups of targets that lead to one
 * another, each group counts as many as it has. What is in a target leads on from it.
 */
function longestChain(document: JsonObject, targets: ReadonlySet<Json>): number {
  const longest = new Map<Json, number>();
  let all = 0;
  const next = (target: Json) => targetsIn(document, target, targets);
  for (const group of strongComponents(targets, next)) {
    let behind = 0;
    for (const target of group)
      for (const one of next(target)) behind = Math.max(behind, longest.get(one) ?? 0);
    for (const target of group) longest.set(target, behind + group.length);
    all = Math.max(all, behind + group.length);
  }
  return all;
}

/** The targets that a target leads to: that it has in it, or refers to. */
function targetsIn(document: JsonObject, target: Json, targets: ReadonlySet<Json>): Set<Json> {
  const found = new Set<Json>();
  const open: Json[] = [target];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    if (node !== target && targets.has(node)) {
      found.add(node);
      continue;
    }
    const reference = isObject(node) ? node['$ref'] : undefined;
    const referred = typeof reference === 'string' ? at(document, reference) : undefined;
    if (referred !== undefined) found.add(referred);
    for (const value of Object.values(node)) open.push(value);
  }
  return found;
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
