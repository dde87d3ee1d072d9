import { segmentsOf } from '../probe/segments.js';

/** An operation that is to be in one of several parts. */
export interface Divisible {
  /** Method and path template; no other has the same. */
  id: string;
  path: string;
  /** How many requests it costs, whole. */
  weight: number;
  /** The ids of the operations that are asked for its sake wherever it is asked. Others than those given are ignored. */
  needs: readonly string[];
  /** Whether it may be asked in several parts, because it changes nothing. */
  mayRepeat: boolean;
}

/** So much heavier than the mean may a part be before more is asked again to make it lighter. */
const TOLERANCE = 1.1;
/** The largest groups that are tried, as shares of the mean weight of a part. */
const SHARES = [1, 1 / 2, 1 / 4, 1 / 8];

/**
 * Divides operations into parts of about the same weight, each of which can be asked without knowing of the others.
 *
 * What depends on each other stays in one part as far as it is not heavier than a part: the operations of a path, those that
 * an operation needs, and what is below a path. A group that is heavier is cut at the operations that most others need,
 * for one request of such a list serves all of its part; what must not be repeated is never cut off. The groups are then
 * dealt, the heaviest first, each to the part that is the lightest (R. L. Graham, “Bounds on multiprocessing timing
 * anomalies”, 1969).
 *
 * The result depends on nothing but the operations, in whatever order they are given.
 * @param of how many parts
 * @returns the ids of each part, sorted; a part is empty where there are fewer groups than parts
 */
export function divide(operations: readonly Divisible[], of: number): string[][] {
  const places = placesOf(operations);
  const costOf = costsIn(operations);
  const mean = operations.reduce((sum, { weight }) => sum + weight, 0) / of;
  let best: string[][] = [];
  let least = Infinity;
  for (const share of SHARES) {
    const parts = deal(groupsOf(places, mean * share), of);
    const heaviest = Math.max(...parts.map(costOf));
    if (heaviest < least) [best, least] = [parts, heaviest];
    if (least <= mean * TOLERANCE) break;
  }
  return best.map((ids) => ids.sort());
}

/** What a part costs: its own operations, and one request for each that is asked for their sake alone. */
function costsIn(operations: readonly Divisible[]): (ids: readonly string[]) => number {
  const byId = new Map(operations.map((operation) => [operation.id, operation]));
  return (ids) => {
    const asked = new Set(ids);
    for (const id of asked)
      for (const needed of byId.get(id)?.needs ?? []) if (byId.has(needed)) asked.add(needed);
    return ids.reduce((sum, id) => sum + (byId.get(id)?.weight ?? 0), 0) + asked.size - ids.length;
  };
}

/** All operations of one path: they are asked together, for each is a control of the others. */
interface Place {
  weight: number;
  ids: string[];
  /** The places of what is needed and must not be repeated. */
  held: Set<Place>;
  /** The places of what is needed and may be repeated. */
  fed: Set<Place>;
  /** The nearest place that this one is below. */
  above: Place | undefined;
}

function placesOf(operations: readonly Divisible[]): Place[] {
  const byKey = new Map<string, Place>();
  const byId = new Map<string, { operation: Divisible; place: Place }>();
  for (const operation of operations) {
    const key = keyOf(segmentsIn(operation.path));
    const place = byKey.get(key) ?? { weight: 0, ids: [], held: new Set(), fed: new Set(), above: undefined };
    byKey.set(key, place);
    place.weight += operation.weight;
    place.ids.push(operation.id);
    byId.set(operation.id, { operation, place });
  }
  for (const { path, needs } of operations) {
    const segments = segmentsIn(path);
    const place = byKey.get(keyOf(segments));
    if (!place) continue;
    for (const id of needs) {
      const needed = byId.get(id);
      if (!needed || needed.place === place) continue;
      (needed.operation.mayRepeat ? place.fed : place.held).add(needed.place);
    }
    for (let length = segments.length - 1; length > 0 && !place.above; length--)
      place.above = byKey.get(keyOf(segments.slice(0, length)));
  }
  return [...byKey.entries()].sort(([one], [other]) => byCodeUnits(one, other)).map(([, place]) => place);
}

function segmentsIn(path: string): string[] {
  return segmentsOf(path).filter((segment) => segment !== '');
}

/** What a parameter is called makes no other path of it. */
function keyOf(segments: readonly string[]): string {
  return segments.map((segment) => segment.replaceAll(/\{[^}]*\}/g, '{}')).join('/');
}

/** What is dealt as a whole. */
interface Group {
  weight: number;
  ids: string[];
}

/** Unites places to groups: without a bound where one holds the other, up to a weight for the rest. */
function groupsOf(places: readonly Place[], most: number): Group[] {
  const groups = new Groups(places);
  for (const place of places) for (const held of place.held) groups.unite(place, held, Infinity);
  for (const [hub, fed] of hubs(places, ({ fed: from }) => [...from])) groups.fill(hub, fed, most);
  for (const [hub, below] of hubs(places, ({ above }) => (above ? [above] : [])))
    groups.fill(hub, below, most);
  return groups.all();
}

/** What several places depend on, with those; the fewest first, so that only the large ones are cut. */
function hubs(
  places: readonly Place[],
  dependsOn: (place: Place) => readonly Place[],
): (readonly [Place, Place[]])[] {
  const found = new Map<Place, Place[]>(places.map((place) => [place, []]));
  for (const place of places) for (const hub of dependsOn(place)) found.get(hub)?.push(place);
  return [...found].filter(([, of]) => of.length > 0).sort(([, one], [, other]) => one.length - other.length);
}

/** Disjoint sets of places with their weights. */
class Groups {
  readonly #above = new Map<Place, Place>();
  readonly #weights = new Map<Place, number>();

  constructor(private readonly places: readonly Place[]) {
    for (const place of places) this.#weights.set(place, place.weight);
  }

  #rootOf(place: Place): Place {
    let root = place;
    for (let next = this.#above.get(root); next; next = this.#above.get(root)) root = next;
    for (let at = place; at !== root;) {
      const next = this.#above.get(at) ?? root;
      this.#above.set(at, root);
      at = next;
    }
    return root;
  }

  /** @returns whether both are in one group, which is not heavier than allowed */
  unite(one: Place, other: Place, most: number): boolean {
    const [into, from] = [this.#rootOf(one), this.#rootOf(other)];
    if (into === from) return true;
    const weight = (this.#weights.get(into) ?? 0) + (this.#weights.get(from) ?? 0);
    if (weight > most) return false;
    this.#above.set(from, into);
    this.#weights.set(into, weight);
    return true;
  }

  /** Unites what depends on a hub with it, and what finds no room there with each other: the fewer groups, the fewer repetitions. */
  fill(hub: Place, dependents: readonly Place[], most: number): void {
    let current = hub;
    for (const place of dependents) if (!this.unite(current, place, most)) current = place;
  }

  all(): Group[] {
    const groups = new Map<Place, Group>();
    for (const place of this.places) {
      const root = this.#rootOf(place);
      const group = groups.get(root) ?? { weight: 0, ids: [] };
      groups.set(root, group);
      group.weight += place.weight;
      group.ids.push(...place.ids);
    }
    return [...groups.values()];
  }
}

/** Deals groups: the heaviest first, each to the part that is the lightest so far, or has the fewest operations. */
function deal(groups: readonly Group[], of: number): string[][] {
  const parts = Array.from({ length: of }, (): Group => ({ weight: 0, ids: [] }));
  const sorted = [...groups].sort(
    (one, other) => other.weight - one.weight || other.ids.length - one.ids.length,
  );
  for (const { weight, ids } of sorted) {
    const lightest = parts.reduce((least, part) =>
      part.weight < least.weight || (part.weight === least.weight && part.ids.length < least.ids.length)
        ? part
        : least,
    );
    lightest.weight += weight;
    lightest.ids.push(...ids);
  }
  return parts.map(({ ids }) => ids);
}

function byCodeUnits(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
