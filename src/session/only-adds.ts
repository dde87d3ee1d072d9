import type { Operation } from '../contract/operation.js';
import { onceFor } from '../once.js';

/**
 * Whether an operation that takes no id can do no more than add something of its own, as far as the contract tells: a
 * POST to a collection, below which single things have a path. Settings, a reset, or a removal by a search look the
 * same but for that.
 */
export function onlyAdds(
  { method, path }: Pick<Operation, 'method' | 'path'>,
  operations: readonly Pick<Operation, 'path'>[],
): boolean {
  const collection = `${path.replace(/\/$/, '')}/`;
  return method === 'POST' && !path.includes('{') && collectionsOf(operations).has(collection);
}

/** What is before the parameters in the paths of a contract, with the slash. */
const collectionsOf = onceFor((operations: readonly Pick<Operation, 'path'>[]) => {
  const before = ({ path }: Pick<Operation, 'path'>) =>
    [...path.matchAll(/\/(?=\{[^{}]+\})/g)].map(({ index }) => path.slice(0, index + 1));
  return new Set(operations.flatMap(before));
});
