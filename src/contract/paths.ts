import { isObject, pointer, type JsonObject } from '../json.js';
import { follow } from './follow.js';
import { METHODS } from './methods.js';

/**
 * An operation as it is in a document, in a Path Item Object of its Paths Object.
 *
 * @see https://spec.openapis.org/oas/v3.0.4.html#paths-object
 * @see https://spec.openapis.org/oas/v3.0.4.html#path-item-object
 */
export interface Written {
  path: string;
  method: string;
  pathItem: JsonObject;
  /** Where the path item is, which may be another place than its path. */
  pathPointer: string;
  operation: JsonObject;
}

/** Every operation of a document, of any version, in its order. */
export function writtenOperations(document: JsonObject): Written[] {
  const paths = document['paths'];
  if (!isObject(paths)) return [];
  return Object.entries(paths).flatMap(([path, item]) => {
    const { value: pathItem, pointer: pathPointer } = follow(document, item, pointer('paths', path));
    if (!isObject(pathItem)) return [];
    return METHODS.flatMap((method) => {
      const operation = pathItem[method];
      return isObject(operation) ? [{ path, method, pathItem, pathPointer, operation }] : [];
    });
  });
}
