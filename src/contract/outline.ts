/**
 * Where the values of a file are, in the order of the file: behind each value those that are in it. One list for each
 * property, because a file has hundreds of thousands of values.
 */
export interface Outline {
  /** Where each value begins: a member where its name does, an item of a list where it begins itself. */
  offsets: number[];
  /** The name of each member, the index of each item; undefined for a name that is no text. */
  names: (string | undefined)[];
  /** The number of the value behind the last one that is in each. */
  ends: number[];
}

/** An outline that is being written. */
export interface Draft {
  outline: Outline;
  /** Adds a value to the innermost one that is open, and opens it. @returns its number */
  open: (offset: number, name: string | undefined) => number;
  /** Closes a value, by its number. */
  close: (value: number) => void;
}

/** An outline without values. */
export function draftOutline(): Draft {
  const outline: Outline = { offsets: [], names: [], ends: [] };
  // Most names are those of many members.
  const known = new Map<string, string>();
  return {
    outline,
    open: (offset, name) => {
      let kept = name === undefined ? undefined : known.get(name);
      if (kept === undefined && name !== undefined) {
        kept = name;
        known.set(name, name);
      }
      outline.names.push(kept);
      outline.ends.push(0);
      return outline.offsets.push(offset) - 1;
    },
    close: (value) => {
      outline.ends[value] = outline.offsets.length;
    },
  };
}

/** Finds the offset of what steps lead to, or else of its nearest ancestor that is there. Of a name that is twice, the first counts. */
export function finderIn({ offsets, names, ends }: Outline): (steps: readonly string[]) => number {
  const known = new Map<number, ReadonlyMap<string, number>>();
  const membersOf = (holder: number): ReadonlyMap<string, number> => {
    const found = known.get(holder);
    if (found) return found;
    const members = new Map<string, number>();
    known.set(holder, members);
    const end = ends[holder] ?? 0;
    for (let value = holder + 1; value < end; value = ends[value] ?? end) {
      const name = names[value];
      if (name !== undefined && !members.has(name)) members.set(name, value);
    }
    return members;
  };
  return (steps) => {
    let here = 0;
    for (const step of steps) {
      const below = membersOf(here).get(step);
      if (below === undefined) break;
      here = below;
    }
    return offsets[here] ?? 0;
  };
}
