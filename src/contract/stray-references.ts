import { at, isObject, pointer, type Json, type JsonObject } from '../json.js';
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
    if (node['propertyName'] !== undefined) removeStrayNames(node['mapping'], document);
  }
}

/** A discriminator names schemas by references, and by the names of components (OpenAPI 3.0.3, section 4.7.25). */
function removeStrayNames(mapping: Json | undefined, document: JsonObject): void {
  if (!isObject(mapping)) return;
  for (const [value, name] of Object.entries(mapping)) {
    if (typeof name !== 'string' || !/[/#.]/.test(name)) continue;
    const isComponent = at(document, pointer('components', 'schemas', name)) !== undefined;
    if (!isComponent && isStray(name, document)) Reflect.deleteProperty(mapping, value);
  }
}

function isStray(reference: string, document: JsonObject): boolean {
  if (!reference.startsWith('#')) return true;
  // Of an anchor (JSON Schema 2020-12, section 8.2.2) no library that is given a document prints a place.
  return reference.startsWith('#/') && at(document, reference) === undefined;
}
