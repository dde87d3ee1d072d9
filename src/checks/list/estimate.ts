import type { Contract } from '../../contract/contract.js';
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
  const said = [document['info'], path, own].flatMap((one) =>
    isObject(one) ? [one['description'], one['summary']] : [],
  );
  return (
    said.some((text) => typeof text === 'string' && SURELY.test(text)) ||
    saysSomewhere(document) ||
    namesOf(body).some((name) => /estimat|approx|exact|relation/i.test(name))
  );
}

/** Large documents are only looked through once. */
const known = new WeakMap<JsonObject, boolean>();

function saysSomewhere(document: JsonObject): boolean {
  const says = known.get(document) ?? saysSoOfTotal(document);
  known.set(document, says);
  return says;
}

/** Whether something called like a total, in a schema or a header, is described so. */
function saysSoOfTotal(node: Json): boolean {
  if (isArray(node)) return node.some(saysSoOfTotal);
  if (!isObject(node)) return false;
  return Object.entries(node).some(([name, value]) => {
    const text = /total/i.test(name) && isObject(value) ? value['description'] : undefined;
    return (typeof text === 'string' && (SURELY.test(text) || OF_TOTAL.test(text))) || saysSoOfTotal(value);
  });
}

/** The names of the members of an answer and of what stands around its things. */
function namesOf(body: Json | undefined): string[] {
  if (!isObject(body)) return [];
  return [body, ...Object.values(body).filter(isObject)].flatMap((one) => Object.keys(one));
}
