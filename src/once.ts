/** Work that is done once, when its result is first wanted, whoever wants it. */
export function once<T>(work: () => T): () => T {
  return kept(work).get;
}

/** Work that is done once for each object, and kept as long as the object is. */
export function onceFor<Key extends object, T>(work: (key: Key) => T): (key: Key) => T {
  const made = new WeakMap<Key, { value: T }>();
  return (key) => {
    const known = made.get(key) ?? { value: work(key) };
    made.set(key, known);
    return known.value;
  };
}

/**
 * Gives the first of the values that are the same as JSON: where many are the same, they take the room of one. Nobody may
 * change them.
 */
export function sharing<T extends object>(): (value: T) => T {
  const first = new Map<string, T>();
  return (value) => {
    const text = JSON.stringify(value);
    const known = first.get(text) ?? value;
    first.set(text, known);
    return known;
  };
}

/** What is made when it is wanted, and kept until somebody releases it. */
export interface Kept<T> {
  get: () => T;
  /** Lets go of what was made: it is made again when it is next wanted. */
  release: () => void;
}

/** Keeps what work gives, until it is released. */
export function kept<T>(work: () => T): Kept<T> {
  let made: { value: T } | undefined;
  return {
    get: () => (made ??= { value: work() }).value,
    release: () => {
      made = undefined;
    },
  };
}
