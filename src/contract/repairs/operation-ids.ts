import { isObject, pointer } from '../../json.js';
import type { Repair } from '../contract.js';
import { METHODS } from '../methods.js';
import type { Draft } from './repair.js';

/**
 * Operations need a unique `operationId` (OpenAPI 3.0.3, section 4.7.10). A missing one is made from method
 * and path, a repeated one gets a number.
 */
export function operationIds(draft: Draft): Repair[] {
  const repairs: Repair[] = [];
  const paths = draft.document['paths'];
  if (!isObject(paths)) return repairs;
  const taken = new Set<string>();
  for (const [path, item] of Object.entries(paths)) {
    if (!isObject(item)) continue;
    for (const method of METHODS) {
      const operation = item[method];
      if (!isObject(operation)) continue;
      const own = operation['operationId'];
      const wanted = typeof own === 'string' && own !== '' ? own : inventId(method, path);
      const name = firstFree(wanted, taken);
      taken.add(name);
      if (name === own) continue;
      operation['operationId'] = name;
      repairs.push({
        kind: 'operation-id',
        what: `${method.toUpperCase()} ${path} ${typeof own === 'string' ? `repeats the operationId “${own}”` : 'has no operationId'}`,
        place: draft.locate(pointer('paths', path, method)),
        assumed: `operationId “${name}”`,
      });
    }
  }
  return repairs;
}

/** `GET /things/{id}/` becomes `getThingsById`. */
function inventId(method: string, path: string): string {
  const words = path.split('/').flatMap((segment) => {
    const parameter = /^\{(.+)\}$/.exec(segment)?.[1];
    return (parameter === undefined ? segment : `by-${parameter}`).split(/[^A-Za-z0-9]+/).filter(Boolean);
  });
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function firstFree(name: string, taken: Set<string>): string {
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name}${number}`)) number += 1;
  return `${name}${number}`;
}
