import type { Samples } from '../probe/samples.js';
import type { Step } from './plan.js';

/**
 * For each step, the steps whose answers have to be there before it is asked: those that list the ids in its
 * path, and those that its samples name. Derived from the contract. Where steps wait for one another in a
 * circle, the circle is cut at the step that was reached first.
 * @returns by operation id, each after those that it waits for; no chain of steps leads back to where it began
 */
export function orderOf(
  steps: readonly Step[],
  samples: Pick<Samples, 'references'>,
): ReadonlyMap<string, readonly Step[]> {
  const byId = new Map(steps.map((step) => [step.operation.id, step]));
  const order = new Map<string, Step[]>();
  const open = new Set<string>();
  const visit = (step: Step): void => {
    const { id } = step.operation;
    if (order.has(id)) return;
    open.add(id);
    const wanted = [...step.sources.values()].flat().map(({ operation }) => operation.id);
    const before = [...new Set([...wanted, ...samples.references(id)])]
      .flatMap((source) => byId.get(source) ?? [])
      .filter((source) => !open.has(source.operation.id));
    for (const source of before) visit(source);
    open.delete(id);
    order.set(id, before);
  };
  for (const step of steps) visit(step);
  return order;
}
