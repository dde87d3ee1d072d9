/** A value whose ways on are being followed. */
interface Frame<T> {
  value: T;
  index: number;
  /** The smallest index of a value that it leads back to. */
  low: number;
  rest: Iterator<T>;
}

/**
 * The strongly connected components of a graph (Tarjan 1972), without recursion: groups of values that lead to one
 * another, each group behind all groups that it leads to.
 * @param next the values that a value leads to; it is called once for each value
 */
export function strongComponents<T>(values: Iterable<T>, next: (value: T) => Iterable<T>): T[][] {
  const indexes = new Map<T, number>();
  const pending: T[] = [];
  const isPending = new Set<T>();
  const components: T[][] = [];
  const frames: Frame<T>[] = [];
  const enter = (value: T): void => {
    const index = indexes.size;
    indexes.set(value, index);
    pending.push(value);
    isPending.add(value);
    frames.push({ value, index, low: index, rest: next(value)[Symbol.iterator]() });
  };
  const leave = ({ value, index, low }: Frame<T>): void => {
    const parent = frames.at(-1);
    if (parent) parent.low = Math.min(parent.low, low);
    if (low < index) return;
    const component = pending.splice(pending.lastIndexOf(value));
    for (const one of component) isPending.delete(one);
    components.push(component);
  };

  for (const value of values) {
    if (indexes.has(value)) continue;
    enter(value);
    for (let frame = frames.at(-1); frame; frame = frames.at(-1)) {
      const step = frame.rest.next();
      if (step.done === true) {
        frames.pop();
        leave(frame);
      } else {
        const known = indexes.get(step.value);
        if (known === undefined) enter(step.value);
        else if (isPending.has(step.value)) frame.low = Math.min(frame.low, known);
      }
    }
  }
  return components;
}
