import type { Contract } from '../../contract/contract.js';
import { resolve } from '../../contract/follow.js';
import type { Operation } from '../../contract/operation.js';
import { at, isArray, isObject, type Json, type JsonObject } from '../../json.js';

/** What descriptions say of numbers that need not be exact. */
const SURELY = /\b(estimat\w*|approximat\w*|inexact|eventually consistent)\b/i;
/** The same in words that mean many other things, so only where they are said of the total itself. */
const OF_TOTAL =
  /\b(about|rounded|roughly|around|up to|at least|at most|capped|may (lag|differ|be)|cached|not exact)\b/i;

/** Whether the contract, or the answer, says that a total need not be exact. */
export function isEstimate(
  { document }: Pick<Contract, 'document'>,
  { pointer }: Operation,
  body: Json | undefined,
): boolean {
  const own = at(document, pointer);
  const path = at(document, pointer.slice(0, pointer.lastIndexOf('/')));
  const stated = [path, own].flatMap((one) => (isObject(one) ? [one['description'], one['summary']] : []));
  return (
    stated.some((text) => typeof text === 'string' && SURELY.test(text)) ||
    saysSoOfTotal(document, own ?? null, new Set()) ||
    namesOf(body).some((name) => /estimat|approx|exact|relation/i.test(name))
  );
}

/**
 * Whether something called like a total, in a schema or a header of the operation, is described so.
 * @param seen the references that were followed
 */
function saysSoOfTotal(document: JsonObject, node: Json, seen: Set<string>): boolean {
  if (isArray(node)) return node.some((one) => saysSoOfTotal(document, one, seen));
  if (!isObject(node)) return false;
  const { $ref } = node;
  if (typeof $ref === 'string' && !seen.has($ref)) {
    seen.add($ref);
    if (saysSoOfTotal(document, resolve(document, node) ?? null, seen)) return true;
  }
  return Object.entries(node).some(([name, value]) => {
    const meant = /total/i.test(name) ? resolve(document, value) : undefined;
    const text = isObject(meant) ? meant['description'] : undefined;
    const isSaid = typeof text === 'string' && (SURELY.test(text) || OF_TOTAL.test(text));
    return isSaid || saysSoOfTotal(document, value, seen);
  });
}

/** The names of the members of an answer and of what stands around its things. */
function namesOf(body: Json | undefined): string[] {
  if (!isObject(body)) return [];
  return [body, ...Object.values(body).filter(isObject)].flatMap((one) => Object.keys(one));
}
