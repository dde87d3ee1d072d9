import { isArray, isObject, type Json } from '../json.js';
import { isSuccess } from '../targets/reply.js';
import type { Difference } from './change.js';
import type { State } from './state.js';

/** So many runs, with so many entries in all, show a rule; so many entries of one run show that it no longer holds. */
export const LEARNT = { runs: 14, entries: 1000, now: 10 } as const;

/** Shorter texts may be numbers that are counted up, which get longer in time. */
const LEAST_LENGTH = 8;

/** What the body of one answer shows of one place of it. */
interface Place {
  /** The object that it is a member of; undefined for the items of a list. */
  parent: string | undefined;
  /** In how many entries of a list it could be; none where only some of them have what it is in. */
  entries: number;
  isThere: 'always' | 'sometimes' | 'never';
  isNull: 'always' | 'sometimes' | 'never';
  /** The least and the greatest length of the texts, where it has any. */
  lengths: readonly [number, number] | undefined;
}

/** What the answers of all runs show of one place. */
interface Learnt extends Pick<Place, 'parent' | 'entries'> {
  runs: number;
  isAlwaysThere: boolean;
  isNeverNull: boolean;
  /** The length of all texts, where it is one and the same. */
  length: number | undefined;
}

/**
 * Learns from run after run what holds of every entry that an operation gives: that a member is there, that it is not null,
 * that its texts have one length. It is a difference when no entry of a run keeps to that any more; what single entries do
 * is data. Of a place at which a rule no longer holds nothing more is learnt.
 */
export function createLearner() {
  const operations = new Map<string, Map<string, Learnt>>();
  return {
    /**
     * @param isNew whether the run is a sighting of its own
     * @param known the places at which another comparison has found a difference
     */
    see: (
      { operation, status, shape }: Pick<State, 'operation' | 'status' | 'shape'>,
      isNew: boolean,
      known: ReadonlySet<string> = new Set(),
    ): Difference[] => {
      if (!isSuccess(status) || shape === undefined) return [];
      const learnt = operations.get(operation) ?? new Map<string, Learnt>();
      operations.set(operation, learnt);
      const found: Difference[] = [];
      const earlier = new Set(learnt.keys());
      for (const [path, place] of placesIn(shape, learnt)) {
        const before = learnt.get(path);
        const broken = before && brokenBy(before, place);
        if (!broken) {
          // A member that is new in an object of earlier runs was in none of those.
          const wasThere =
            before?.isAlwaysThere ?? (place.parent === undefined || !earlier.has(place.parent));
          if (isNew) learnt.set(path, withPlace(before, place, wasThere));
          continue;
        }
        if (known.has(path)) continue;
        const since = `learnt from ${before.runs} runs, ${before.entries} entries`;
        const [from, to] = broken;
        found.push({
          ...{ operation, kind: 'body-shape' },
          from: `${path}: ${from} (${since})`,
          to: `${path}: ${to}`,
        });
      }
      return found;
    },
  };
}

/** The rule that no entry keeps to any more, and what has come instead. */
function brokenBy(
  { runs, entries, isAlwaysThere, isNeverNull, length }: Learnt,
  now: Place,
): readonly [from: string, to: string] | undefined {
  if (runs < LEARNT.runs || entries < LEARNT.entries || now.entries < LEARNT.now) return undefined;
  if (isAlwaysThere && now.isThere === 'never') return ['in every entry', 'in none'];
  if (isNeverNull && now.isNull === 'always') return ['never null', 'always null'];
  if (length === undefined || length < LEAST_LENGTH || !now.lengths) return undefined;
  const [least, greatest] = now.lengths;
  return length < least || greatest < length
    ? [`always ${length} characters`, 'always of another length']
    : undefined;
}

function withPlace(
  before: Learnt | undefined,
  { parent, entries, isThere, isNull, lengths }: Place,
  wasThere: boolean,
): Learnt {
  const [least, greatest] = lengths ?? [];
  // A run without texts says nothing of their length.
  const length = lengths === undefined ? before?.length : least === greatest ? least : undefined;
  return {
    parent,
    entries: (before?.entries ?? 0) + entries,
    runs: (before?.runs ?? 0) + 1,
    isAlwaysThere: wasThere && isThere === 'always',
    isNeverNull: before?.isNeverNull !== false && isNull === 'never',
    length: before === undefined || before.length === length ? length : undefined,
  };
}

/**
 * What a shape, as `exchange/shape.ts` writes it, shows of its places, by their paths (`entry[].resource.id`), and that it has
 * none of those that are known of other shapes.
 */
function placesIn(shape: Json, known: ReadonlyMap<string, Learnt>): Map<string, Place> {
  const found = new Map<string, Place>();
  const objects = new Map<string, number>();
  const look = (part: Json, path: string, place: Omit<Place, 'isNull' | 'lengths'>): void => {
    const forms = isArray(part) && part[0] === '|' ? part.slice(1) : [part];
    const types = forms.flatMap((form) => (typeof form === 'string' ? form.split(' | ') : []));
    const isNull = !types.includes('null')
      ? 'never'
      : types.length === 1 && forms.length === 1
        ? 'always'
        : 'sometimes';
    found.set(path, { ...place, isNull, lengths: types.flatMap((type) => lengthsIn(type) ?? [])[0] });
    for (const form of forms) {
      if (isArray(form)) {
        const [count, items] = form;
        const entries = typeof count === 'string' ? Number(count.replace('×', '')) : 0;
        if (items !== undefined) look(items, `${path}[]`, { parent: undefined, entries, isThere: 'always' });
      } else if (isObject(form)) {
        objects.set(path, place.entries);
        for (const [name, member] of Object.entries(form)) {
          if (name === '…') continue;
          const isThere = name.endsWith('?') ? 'sometimes' : 'always';
          const bare = isThere === 'always' ? name : name.slice(0, -1);
          const entries = isThere === 'always' ? place.entries : 0;
          look(member, path === '' ? bare : `${path}.${bare}`, { parent: path, entries, isThere });
        }
      }
    }
  };
  look(shape, '', { parent: undefined, entries: 1, isThere: 'always' });
  for (const [path, { parent }] of known) {
    const entries = parent === undefined || found.has(path) ? undefined : objects.get(parent);
    if (entries !== undefined)
      found.set(path, { parent, entries, isThere: 'never', isNull: 'never', lengths: undefined });
  }
  return found;
}

function lengthsIn(type: string): [[number, number]] | undefined {
  const [, least, greatest] = /^string (\d+)\.\.(\d+)$/.exec(type) ?? [];
  return least === undefined ? undefined : [[Number(least), Number(greatest)]];
}
