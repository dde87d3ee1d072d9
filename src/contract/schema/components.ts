import { at, isObject, pointer, type Json, type JsonObject } from '../../json.js';

const SCHEMAS = pointer('components', 'schemas');

/**
 * Finds the component that a schema of a document is in, as `#/components/schemas/Thing`.
 * @param root the document from which the schemas are compiled: its own objects are looked for, no copies of them
 */
export function componentsIn(root: JsonObject): (schema: unknown) => string | undefined {
  const found = new WeakMap<object, string>();
  const schemas = at(root, SCHEMAS);
  for (const [name, schema] of isObject(schemas) ? Object.entries(schemas) : []) {
    const component = `#${SCHEMAS}${pointer(name)}`;
    const open: Json[] = [schema];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (typeof next !== 'object' || next === null || found.has(next)) continue;
      found.set(next, component);
      open.push(...Object.values(next));
    }
  }
  return (schema) => (typeof schema === 'object' && schema !== null ? found.get(schema) : undefined);
}
