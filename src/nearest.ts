import { distance } from 'fastest-levenshtein';

/** The one of some names that is most like a text, by the letters that have to be changed; undefined where there are none. */
export function nearest(text: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((name) => ({ name, changes: changesBetween(text, name) }))
    .toSorted((one, other) => one.changes - other.changes);
  return best?.name;
}

/** The same, where it is so like the text that it was probably intended: a third of its letters, or two, may be others. */
export function likely(text: string, names: readonly string[]): string | undefined {
  const best = nearest(text, names);
  if (best === undefined) return undefined;
  const changes = changesBetween(text, best);
  return changes <= Math.max(2, text.length / 3) ? best : undefined;
}

/** How many letters have to be added, taken out or replaced to make one text of another, whatever their case. */
function changesBetween(one: string, other: string): number {
  return distance(one.toLowerCase(), other.toLowerCase());
}
