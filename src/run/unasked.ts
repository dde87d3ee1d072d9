import type { Capability } from './run.js';

/** The checks of an operation that the budget of the run left undone: nothing is known of what they would find. */
export function unaskedOf({ checks = [] }: Pick<Capability, 'checks'>): ReadonlySet<string> {
  return new Set(checks.flatMap(({ id, code }) => (code === undefined ? [] : [id])));
}
