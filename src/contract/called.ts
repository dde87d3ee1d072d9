import type { Operation } from './operation.js';
import { pathDistance } from './path-distance.js';

/**
 * The operation that a call of a consumer is, whatever stands for its parameters; literal paths go before templates (OpenAPI
 * 3.0.3, section 4.7.8.1).
 * @param path without query
 */
export function operationCalled(
  method: string,
  path: string,
  operations: readonly Operation[],
): Operation | undefined {
  const fits = operations.filter(
    (operation) => operation.method === method && fitsTemplate(operation.path, path),
  );
  return fits.sort((one, other) => parametersIn(one.path) - parametersIn(other.path))[0];
}

function parametersIn(path: string): number {
  return path.split('{').length;
}

function fitsTemplate(template: string, path: string): boolean {
  const wanted = template.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return false;
  return wanted.every((segment, index) => {
    const value = given[index] ?? '';
    // A word that begins with an underscore names an action, and no thing.
    return segment.startsWith('{') ? value !== '' && !value.startsWith('_') : segment === value;
  });
}

/**
 * The operation that was probably meant by a call that is none: the one whose path takes the fewest and smallest changes.
 * @param method undefined where it is not known
 */
export function operationMeant(
  method: string | undefined,
  path: string,
  operations: readonly Operation[],
): Operation | undefined {
  const scored = operations
    .map((operation) => ({
      operation,
      cost:
        pathDistance(path, operation.path) +
        (method === undefined || operation.method === method ? 0 : OTHER_METHOD),
    }))
    .filter(({ cost }) => cost <= FARTHEST)
    .sort((one, other) => one.cost - other.cost);
  return scored[0]?.operation;
}

const FARTHEST = 3;
const OTHER_METHOD = 0.3;
