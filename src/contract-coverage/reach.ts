import { strongComponents } from '../contract/strong-components.js';

/** Places that lead to one another, or one alone; or several groups that are asked for together. */
interface Group {
  id: number;
  /** The largest of the groups that it leads to. */
  base: Group | undefined;
  /** The groups that it leads to and `base` neither is nor leads to. */
  others: ReadonlySet<Group>;
  /** How many names it has itself, and how many with all groups that it leads to. */
  own: number;
  size: number;
}

const NONE: ReadonlySet<Group> = new Set();

/** The names that can be reached: how many, and whether one is among them. */
export interface Reach {
  readonly size: number;
  has: (name: string) => boolean;
}

/**
 * Counts what can be reached in a graph, without a list for each place where one can start: where all refers to all, each list
 * would be as long as the graph. Places that lead to one another are one group, and a group shares what the largest group that
 * it leads to has.
 * @param namesAt the names at a place; each name is at one place only
 * @param next the places that a place leads to
 */
export function createReach(
  namesAt: (place: string) => readonly string[],
  next: (place: string) => readonly string[],
): (starts: readonly string[]) => Reach {
  /** Most places lead to no name, and are not kept. */
  const byPlace = new Map<string, Group>();
  const byName = new Map<string, Group>();
  const pairs = new Map<string, Group>();
  let lastId = 0;

  const pair = (base: Group, other: Group): Group => {
    if (leadsTo(base, other)) return base;
    const key = `${base.id} ${other.id}`;
    const known = pairs.get(key);
    if (known) return known;
    // What has no names of its own stands for several groups: those are in the list as well.
    const others = new Set([...groupsOf(other)].filter((one) => one.own > 0 && !leadsTo(base, one)));
    const size = [...others].reduce((sum, { own }) => sum + own, base.size);
    const made: Group = { id: (lastId += 1), base, others, own: 0, size };
    pairs.set(key, made);
    return made;
  };
  const join = (groups: Iterable<Group>): Group | undefined => {
    const [largest, ...others] = [...new Set(groups)].sort((one, other) => other.size - one.size);
    return largest && others.reduce(pair, largest);
  };
  const groupsAt = (places: readonly string[]): Group[] =>
    places.flatMap((place) => byPlace.get(place) ?? []);

  const group = (starts: readonly string[]): void => {
    const open = (places: readonly string[]) => places.filter((place) => !byPlace.has(place));
    for (const places of strongComponents(open(starts), (place) => open(next(place)))) {
      const names = places.flatMap(namesAt);
      const base = join(places.flatMap((place) => groupsAt(next(place))));
      const size = names.length + (base?.size ?? 0);
      // A place without names is as good as what it leads to.
      const made =
        names.length === 0 ? base : { id: (lastId += 1), base, others: NONE, own: names.length, size };
      if (!made) continue;
      for (const place of places) byPlace.set(place, made);
      for (const name of names) byName.set(name, made);
    }
  };

  return (starts) => {
    group(starts);
    const whole = join(groupsAt(starts));
    return {
      size: whole?.size ?? 0,
      has: (name) => {
        const found = byName.get(name);
        return whole !== undefined && found !== undefined && leadsTo(whole, found);
      },
    };
  };
}

/** A group and all groups that it leads to, each once. */
function* groupsOf(group: Group): Iterable<Group> {
  for (let one: Group | undefined = group; one; one = one.base) {
    yield one;
    yield* one.others;
  }
}

/** Whether a group is another, or leads to it. */
function leadsTo(group: Group, other: Group): boolean {
  for (let one: Group | undefined = group; one; one = one.base)
    if (one === other || one.others.has(other)) return true;
  return false;
}
