import type { JsonObject } from '../../json.js';
import type { Records, Store } from '../../replica/records.js';
import type { Disturbance } from './disturbance.js';

/** The longest that an index lags behind, in milliseconds: a check looks for three seconds whether something is there. */
const LONGEST_MS = 2_800;

/** What a list held until a moment. */
interface Past {
  until: number;
  records: Records;
}

/** Lists and searches show a creation, a change or a removal only some time later; a read shows it at once. */
export const lag: Disturbance = {
  name: 'lag',
  begin: ({ clock, random }) => {
    const lagMs = random.next() * LONGEST_MS;
    return {
      keep: (store: Store): Store => {
        const pasts = new Map<string, Past[]>();
        const watched = new Set<string>();
        const watch = (kind: string): Records => {
          const records = store.of(kind);
          if (watched.has(kind)) return records;
          watched.add(kind);
          const own: Past[] = [];
          pasts.set(kind, own);
          const note = (): void => {
            const now = clock.ticks();
            // Of several changes at one moment, what was before the first counts.
            if (own.at(-1)?.until !== now) own.push({ until: now, records: new Map(records) });
          };
          const set = records.set.bind(records);
          const remove = records.delete.bind(records);
          const clear = records.clear.bind(records);
          records.set = (id: string, record: JsonObject) => {
            note();
            return set(id, record);
          };
          records.delete = (id: string) => {
            note();
            return remove(id);
          };
          records.clear = () => {
            note();
            clear();
          };
          return records;
        };
        return {
          ...store,
          of: watch,
          listed: (kind) => {
            const records = watch(kind);
            const shown = clock.ticks() - lagMs;
            const own = pasts.get(kind) ?? [];
            while (own[0] !== undefined && own[0].until <= shown) own.shift();
            return own[0]?.records ?? records;
          },
          add: (kind, record) => {
            watch(kind);
            return store.add(kind, record);
          },
        };
      },
    };
  },
};
