import { at, type JsonObject } from '../json.js';
import { objectsIn } from './self-contained.js';

/**
 * Takes references to other files and addresses out of a document, before it is given to a library that would follow them,
 * and those that lead nowhere, of which it would print the place past the terminal's guard.
 * What could be brought in was brought in when the contract was loaded; what is left is where OpenAPI knows no reference,
 * such as in an example, and a contract comes from outside: to use it must not mean to read anything else.
 * @param document is changed
 */
export function removeStrayReferences(document: JsonObject): void {
  for (const node of objectsIn(document)) {
    const { $ref } = node;
    if (typeof $ref === 'string' && isStray($ref, document)) delete node['$ref'];
    delete node['externalValue'];
  }
}

function isStray(reference: string, document: JsonObject): boolean {
  if (!reference.startsWith('#')) return true;
  // Of an anchor (JSON Schema 2020-12, section 8.2.2) no library that is given a document prints a place.
  return reference.startsWith('#/') && at(document, reference) === undefined;
}
