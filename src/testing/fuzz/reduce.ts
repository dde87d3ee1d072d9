import type { Json } from '../../json.js';
import { placesIn, valueAt, withMembers, withValue } from './structure.js';

/**
 * A smaller tree for which something is still so: members and items are taken away, whole lists first, then halves, then
 * single ones (delta debugging, after Zeller and Hildebrandt 2002, over the members of each value), and long texts are cut.
 * @param most how often it may be asked
 */
export async function reduced(
  tree: Json,
  isStillSo: (tree: Json) => Promise<boolean>,
  most: number,
): Promise<Json> {
  let best = tree;
  let left = most;
  const take = async (candidate: Json | undefined): Promise<boolean> => {
    if (candidate === undefined || left <= 0) return false;
    left -= 1;
    if (!(await isStillSo(candidate))) return false;
    best = candidate;
    return true;
  };
  for (let found = true; found && left > 0;) {
    found = false;
    for (const place of placesIn(best).sort((one, other) => one.length - other.length)) {
      const value = valueAt(best, place);
      if (value === undefined) continue;
      if (typeof value === 'string' && value.length > 40)
        found = (await take(withValue(best, place, value.slice(0, value.length / 2)))) || found;
      if (typeof value !== 'object' || value === null) continue;
      for (let size = Object.keys(value).length; size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
        for (let from = 0; ; from += size) {
          const now = valueAt(best, place);
          const members = now === undefined || now === null ? [] : Object.entries(now);
          if (from >= members.length || now === undefined) break;
          const fewer = [...members.slice(0, from), ...members.slice(from + size)];
          if (await take(withValue(best, place, withMembers(now, fewer)))) {
            found = true;
            from -= size;
          }
        }
      }
    }
  }
  return best;
}
