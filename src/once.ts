/** Work that is done once, when its result is first wanted, whoever wants it. */
export function once<T>(work: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: work() }).value;
}
