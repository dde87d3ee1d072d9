import { isObject, type JsonObject } from '../../json.js';
import type { Disturbance } from './disturbance.js';
import { inDenver } from './local-time.js';

const MOST_MS = 120_000;

/** The clock of the host is wrong by up to two minutes: that of `Date`, of tokens, and of the times on records. */
export const skew: Disturbance = {
  name: 'skew',
  begin: ({ clock, random }) => {
    const offset = Math.round((random.next() * 2 - 1) * MOST_MS);
    const now = (): Date => new Date(clock.now().getTime() + offset);
    return {
      hostClock: { ...clock, now },
      keep: (store) => {
        const stamping = new Set<string>();
        const of: typeof store.of = (kind) => {
          const records = store.of(kind);
          if (stamping.has(kind)) return records;
          stamping.add(kind);
          const set = records.set.bind(records);
          records.set = (id, record) => set(id, stamped(record, inDenver(now().getTime())));
          return records;
        };
        return {
          ...store,
          of,
          add: (kind, record) => {
            of(kind);
            return store.add(kind, record);
          },
        };
      },
    };
  },
};

/** A record with the time of its last change where such records have it. */
function stamped(record: JsonObject, at: string): JsonObject {
  const { meta } = record;
  return isObject(meta) ? { ...record, meta: { ...meta, lastUpdated: at } } : record;
}
