import type { JsonObject } from '../../json.js';
import type { Records, Store } from '../../replica/records.js';
import type { Disturbance } from './disturbance.js';

/** How likely another client does something between two requests. */
const SHARE = 0.25;

/** So many records of a kind stay: a host whose last record of a kind is removed is another host. */
const FEWEST = 2;

/** Other clients create, change and remove records, none of them one that the check has created. */
export const churn: Disturbance = {
  name: 'churn',
  begin: ({ world, random }) => {
    const kinds = Object.keys(world.resources);
    const theirs = new Set<string>();
    const isTheirs = (store: Store, kind: string, id: string): boolean =>
      store.isSeed(kind, id) || theirs.has(`${kind}/${id}`);
    return {
      keep: (store) => ({ ...store, isSeed: (kind, id) => isTheirs(store, kind, id) }),
      before: (store) => {
        if (random.next() >= SHARE) return;
        const kind = random.pick(kinds);
        const records = store.of(kind);
        const known = [...records].filter(([id]) => store.isSeed(kind, id));
        if (known.length === 0) return;
        const [id, record] = random.pick(known);
        const action = random.pick(['create', 'create first', 'change', 'remove'] as const);
        if (action === 'change') records.set(id, mixed(record, random.pick(known)[1], random.pick));
        else if (action === 'remove') {
          if (known.length > FEWEST) records.delete(id);
        } else {
          const added = store.add(kind, record);
          theirs.add(`${kind}/${added}`);
          if (action === 'create first') putFirst(records, added);
        }
      },
    };
  },
};

/** A record with one member as another has it. */
function mixed(
  record: JsonObject,
  other: JsonObject,
  pick: (names: readonly string[]) => string,
): JsonObject {
  const names = Object.keys(record).filter((name) => name !== 'id' && other[name] !== undefined);
  if (names.length === 0) return record;
  const name = pick(names);
  return { ...record, [name]: other[name] ?? null };
}

/** Puts a record before all others, so that every page begins one record earlier. */
function putFirst(records: Records, id: string): void {
  const all = [...records];
  const last = all.pop();
  if (last?.[0] !== id) return;
  records.clear();
  for (const [key, record] of [last, ...all]) records.set(key, record);
}
