import type { Capability } from '../../run/run.js';

/**
 * Whether an operation was really asked and kept the contract. A request with an invalid token or a forbidden
 * body shows a route, not that the operation works.
 */
export function seenToWork(operation: Capability): boolean {
  const asked = operation.exchanges.find(({ role }) => role === 'operation');
  return operation.outcome === 'works' && asked !== undefined && asked.purpose === undefined;
}
