import { copyOf, type Json } from '../json.js';

/** So many values may come from aliases, beside those that are in the file. */
export const MOST_UNFOLDED = 500_000;

/**
 * Whether the places of a document that are one and the same value (YAML aliases and merge keys, files that are
 * referenced twice) would unfold into very many values, or without end: a small file can stand for billions.
 */
export function unfoldsTooFar(root: unknown): boolean {
  const sizes = new Map<object, number>();
  /** Values that are in a place of their own. */
  let written = 0;
  const size = (value: unknown): number => {
    if (typeof value !== 'object' || value === null) return 1;
    const known = sizes.get(value);
    if (known !== undefined) return known;
    sizes.set(value, Infinity); // an alias to an ancestor would unfold without end
    let total = 1;
    for (const member of Object.values(value)) {
      if (typeof member !== 'object' || member === null) written += 1;
      total += size(member);
    }
    written += 1;
    sizes.set(value, total);
    return total;
  };
  return size(root) - written > MOST_UNFOLDED;
}

/**
 * Gives every place of a document a value of its own, in place: what is repaired, upgraded or compiled at one place must
 * not change another one. The document must not unfold too far.
 */
export function unfoldAliases(root: Json): void {
  const seen = new Set<Json>([root]);
  const visit = (node: Json): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [member, value] of Object.entries(node)) {
      if (typeof value !== 'object' || value === null) continue;
      if (seen.has(value)) {
        Object.defineProperty(node, member, { value: copyOf(value) });
      } else {
        seen.add(value);
        visit(value);
      }
    }
  };
  visit(root);
}
