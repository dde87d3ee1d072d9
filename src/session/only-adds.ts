import type { Operation } from '../contract/operation.js';

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
  return (
    method === 'POST' &&
    !path.includes('{') &&
    operations.some(
      (other) => other.path.startsWith(collection) && /^\{[^{}]+\}/.test(other.path.slice(collection.length)),
    )
  );
}
