import type { Operation } from '../contract/operation.js';
import type { Target } from '../target/targets.js';

/** Whether the contract or the target says that an operation refuses whoever has no good credentials. */
export function isGuarded(operation: Operation, { guarded }: Pick<Target, 'guarded'>): boolean {
  return operation.guarded || guarded === true || guarded.includes(operation.id);
}
