/** Who may be on their way at the same time. */
export interface Turns {
  /** With all others that only read. */
  together: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** When nobody else is. */
  alone: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

/** Lets reads go together, and what could change something alone, in the order in which it came. */
export function createTurns(): Turns {
  const reading = new Set<Promise<unknown>>();
  let lone: Promise<unknown> = Promise.resolve();
  const settled = (one: Promise<unknown>) => one.catch(() => undefined);
  return {
    together: async (work) => {
      for (let last; last !== lone;) {
        last = lone;
        await settled(last);
      }
      const own = work();
      reading.add(own);
      try {
        return await own;
      } finally {
        reading.delete(own);
      }
    },
    alone: (work) => {
      const before = settled(lone);
      const own = before.then(async () => {
        await Promise.all([...reading].map(settled));
        return work();
      });
      lone = own;
      return own;
    },
  };
}
