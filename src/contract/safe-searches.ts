import { at } from '../json.js';
import { Problem, throwAll, type Place } from '../problem.js';
import type { Contract } from './contract.js';

/**
 * A contract in which these operations are safe to ask: searches by POST whose contract does not say that they are.
 * @throws Problem for each that is no POST, or of which the contract says that it is not safe
 */
export function withSafeSearches(
  contract: Contract,
  searches: readonly { operation: string; place: Place }[],
): Contract {
  if (searches.length === 0) return contract;
  const faults: Problem[] = [];
  const safe = new Set<string>();
  for (const { operation: id, place } of searches) {
    const operation = contract.operations.find((one) => one.id === id);
    if (!operation) continue;
    if (operation.method !== 'POST') {
      faults.push(
        new Problem(
          'CONFORM_E_SETTING_INVALID',
          `“${id}” cannot be marked as safe: only a search by POST can`,
          {
            place,
            remedy: 'Reads are safe anyway. A method that is defined to change something never is.',
          },
        ),
      );
    } else if (at(contract.document, `${operation.pointer}/x-safe`) === false) {
      faults.push(
        new Problem(
          'CONFORM_E_SETTING_INVALID',
          `“${id}” cannot be marked as safe: the contract says that it is not`,
          {
            place,
            remedy: 'Remove the mark, or correct x-safe in the contract.',
          },
        ),
      );
    } else safe.add(id);
  }
  throwAll(faults);
  const operations = contract.operations.map((operation) =>
    safe.has(operation.id) ? { ...operation, safe: true } : operation,
  );
  return { ...contract, operations };
}
