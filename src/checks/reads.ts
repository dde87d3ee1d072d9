import { addToGroup } from '../groups.js';
import { onceFor } from '../once.js';
import type { Subject } from './subject.js';

/** All reads that have worked in a run, by operation. */
export type Reads = ReadonlyMap<string, Subject>;

/** What a read is looked for by, which its wider page has as well; undefined for one that is not looked for. */
export type KeyOf = (read: Subject) => string | undefined;

/** The operations of the reads by what they are looked for: a run has thousands, and each check asks for each of them. */
const indexesOf = onceFor((reads: Reads) =>
  onceFor((keyOf: KeyOf) => {
    const index = new Map<string, string[]>();
    for (const [operation, read] of reads) {
      const key = keyOf(read);
      if (key !== undefined) addToGroup(index, key, operation);
    }
    return index;
  }),
);

/**
 * The reads that a key names, in the order of the run, as they are known by now.
 * @param keyOf the same function each time: what it gives is kept for it
 */
export function readsWith(reads: Reads | undefined, keyOf: KeyOf, key: string): Subject[] {
  if (!reads) return [];
  return (indexesOf(reads)(keyOf).get(key) ?? []).flatMap((operation) => reads.get(operation) ?? []);
}

/** The path of a GET, without a slash at the end. */
export const pathOfGet: KeyOf = ({ operation: { method, path } }) =>
  method === 'GET' ? path.replace(/\/$/, '') : undefined;
