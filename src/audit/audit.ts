import { operationCalled, operationMeant } from '../contract/called.js';
import type { Operation } from '../contract/operation.js';
import { shownUrl } from '../exchange/shown-url.js';
import type { Call } from './calls.js';

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
    const operation = operationCalled(call.method, path, operations);
    const shown = { method: call.method, url: shownUrl(call.url, operation) };
    if (operation) return { ...shown, known: true, operation: operation.id };
    const nearest = operationMeant(call.method, path, operations);
    return { ...shown, known: false, ...(nearest ? { nearest: nearest.id } : {}) };
  });
}

/** The path of a URL or path, without its query. */
function pathOf(url: string): string {
  return url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/, '') || '/';
}
