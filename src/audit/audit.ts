import type { Operation } from '../contract/operation.js';
import { unlikeness } from '../contract/unlikeness.js';
import type { Call } from './calls.js';
import { shownUrl } from './shown-url.js';

/** A call held against the contract; its URL as it may be printed. */
export interface Audited extends Call {
  /** Whether the contract has it: this method on this path, letter by letter. */
  known: boolean;
  /** The operation that it is. */
  operation?: string;
  /** The operation that was probably meant. */
  nearest?: string;
}

/** Holds a consumer's calls against the operations of a contract. Asks nothing of any network. */
export function audit(calls: readonly Call[], operations: readonly Operation[]): Audited[] {
  return calls.map((call) => {
    const path = pathOf(call.url);
    const operation = findOperation(call.method, path, operations);
    const shown = { method: call.method, url: shownUrl(call.url, operation) };
    if (operation) return { ...shown, known: true, operation: operation.id };
    const nearest = nearestOperation(call.method, path, operations);
    return { ...shown, known: false, ...(nearest ? { nearest: nearest.id } : {}) };
  });
}

/** The path of a URL or path, without its query. */
function pathOf(url: string): string {
  return url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/, '') || '/';
}

/** The operation of a call; literal paths go before templates (OpenAPI 3.0.3, section 4.7.8.1). */
function findOperation(
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

/** The operation that was probably meant: the one whose path takes the fewest and smallest changes. */
function nearestOperation(
  method: string,
  path: string,
  operations: readonly Operation[],
): Operation | undefined {
  const scored = operations
    .map((operation) => ({
      operation,
      cost: unlikeness(path, operation.path) + (operation.method === method ? 0 : OTHER_METHOD),
    }))
    .filter(({ cost }) => cost <= FARTHEST)
    .sort((one, other) => one.cost - other.cost);
  return scored[0]?.operation;
}

const FARTHEST = 3;
const OTHER_METHOD = 0.3;
