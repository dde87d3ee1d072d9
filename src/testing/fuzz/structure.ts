import { isObject, pointer, setMember, type Json, type JsonObject } from '../../json.js';
import type { Random } from '../egress/random.js';
import { ODD_ADDRESSES, ODD_NAMES, ODD_NUMBERS, ODD_PATHS, ODD_PATTERNS, ODD_TEXTS, raw } from './odd.js';

/** The steps from the root of a tree to one of its values. */
export type Steps = readonly string[];

/** Every value of a tree by its steps, the root first. */
export function placesIn(tree: Json): Steps[] {
  const places: Steps[] = [];
  const visit = (value: Json, steps: Steps): void => {
    places.push(steps);
    for (const [name, inner] of membersOf(value)) visit(inner, [...steps, name]);
  };
  visit(tree, []);
  return places;
}

function membersOf(value: Json): [string, Json][] {
  if (Array.isArray(value)) return value.map((item, index) => [String(index), item]);
  return isObject(value) ? Object.entries(value) : [];
}

/** The value at some steps; undefined where there is none. */
export function valueAt(tree: Json, [step, ...rest]: Steps): Json | undefined {
  if (step === undefined) return tree;
  const inner = membersOf(tree).find(([name]) => name === step)?.[1];
  return inner === undefined ? undefined : valueAt(inner, rest);
}

/** A tree with another value at some steps; without it where that is undefined. */
export function withValue(tree: Json, [step, ...rest]: Steps, value: Json | undefined): Json {
  if (step === undefined) return value ?? null;
  return withMembers(
    tree,
    membersOf(tree).flatMap(([name, inner]): [string, Json][] => {
      if (name !== step) return [[name, inner]];
      if (rest.length === 0) return value === undefined ? [] : [[name, value]];
      return [[name, withValue(inner, rest, value)]];
    }),
  );
}

/** A value of the same kind with other members. */
export function withMembers(like: Json, members: readonly (readonly [string, Json])[]): Json {
  if (Array.isArray(like)) return members.map(([, value]) => value);
  const made: JsonObject = {};
  for (const [name, value] of members) setMember(made, name, value);
  return made;
}

/** A way to break a tree; undefined where it cannot be broken in this way at this place. */
type Break = (tree: Json, place: Steps, random: Random) => Json | undefined;

const whole = (random: Random, below: number): number => Math.floor(random.next() * below);

const nested = (depth: number, list: boolean): string =>
  list ? '['.repeat(depth) + ']'.repeat(depth) : '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);

function renamed(tree: Json, place: Steps, name: string, keep: boolean): Json | undefined {
  const [last, parent] = [place.at(-1), valueAt(tree, place.slice(0, -1))];
  if (last === undefined || !isObject(parent)) return undefined;
  const members = Object.entries(parent).flatMap(([own, value]): [string, Json][] => {
    if (own !== last) return [[own, value]];
    return keep
      ? [
          [own, value],
          [name, value],
        ]
      : [[name, value]];
  });
  return withValue(tree, place.slice(0, -1), withMembers(parent, members));
}

const BREAKS: Readonly<Record<string, Break>> = {
  removed: (tree, place) => (place.length === 0 ? undefined : withValue(tree, place, undefined)),
  'repeated in a list': (tree, place, random) => {
    const value = valueAt(tree, place);
    if (!Array.isArray(value) || value.length === 0) return undefined;
    const times = random.pick([2, 3, 50, 2000]);
    return withValue(
      tree,
      place,
      Array.from({ length: times }, (_, index) => value[index % value.length] ?? null),
    );
  },
  'copied under another name': (tree, place, random) => renamed(tree, place, random.pick(ODD_NAMES), true),
  'under another name': (tree, place, random) => renamed(tree, place, random.pick(ODD_NAMES), false),
  'a path of another form': (tree, place, random) =>
    place.at(-1)?.startsWith('/') === true ? renamed(tree, place, random.pick(ODD_PATHS), false) : undefined,
  'exchanged with another': (tree, place, random) => {
    const other = random.pick(placesIn(tree));
    const [one, two] = [valueAt(tree, place), valueAt(tree, other)];
    if (one === undefined || two === undefined) return undefined;
    return withValue(withValue(tree, place, two), other, one);
  },
  'in the place of another': (tree, place, random) => {
    const value = valueAt(tree, random.pick(placesIn(tree)));
    return value === undefined ? undefined : withValue(tree, place, value);
  },
  'another type': (tree, place, random) =>
    withValue(
      tree,
      place,
      random.pick<Json>([null, true, false, 0, 7, '', 'x', [], {}, [null], [[]], { a: null }, ['x', 7]]),
    ),
  'another number': (tree, place, random) =>
    typeof valueAt(tree, place) === 'number' || random.next() < 0.2
      ? withValue(tree, place, random.pick(ODD_NUMBERS))
      : undefined,
  'another text': (tree, place, random) =>
    typeof valueAt(tree, place) === 'string' ? withValue(tree, place, random.pick(ODD_TEXTS)) : undefined,
  'a text with something in it': (tree, place, random) => {
    const text = valueAt(tree, place);
    if (typeof text !== 'string') return undefined;
    const at = whole(random, text.length + 1);
    return withValue(tree, place, text.slice(0, at) + random.pick(ODD_TEXTS) + text.slice(at));
  },
  'another address': (tree, place, random) =>
    typeof valueAt(tree, place) === 'string' ? withValue(tree, place, random.pick(ODD_ADDRESSES)) : undefined,
  'another pattern': (tree, place, random) => {
    const value = valueAt(tree, place);
    if (place.at(-1) === 'pattern') return withValue(tree, place, random.pick(ODD_PATTERNS));
    return isObject(value) && value['type'] === 'string'
      ? withValue(tree, place, { ...value, pattern: random.pick(ODD_PATTERNS) })
      : undefined;
  },
  'a reference': (tree, place, random) => {
    const to = random.pick([
      ...[place.slice(0, whole(random, place.length + 1)), random.pick(placesIn(tree)), place].map(
        (steps) => `#${pointer(...steps)}`,
      ),
      ...[
        '#/nowhere',
        'other.yaml#/x',
        'openapi.json',
        '../../../etc/passwd',
        'file:///etc/passwd',
        'http://refs.invalid/x',
        'https://refs.invalid/x.json#/a',
      ],
    ]);
    const value = valueAt(tree, place);
    return withValue(
      tree,
      place,
      random.next() < 0.3 && isObject(value) ? { ...value, $ref: to } : { $ref: to },
    );
  },
  'a longer enumeration': (tree, place, random) => {
    const value = valueAt(tree, place);
    if (!isObject(value) || value['type'] === undefined) return undefined;
    const of = random.pick<(index: number) => Json>([
      (index) => index,
      (index) => `v${index}`,
      () => null,
      () => 'x',
    ]);
    return withValue(tree, place, {
      ...value,
      enum: Array.from({ length: random.pick([0, 1, 30_000]) }, (_, at) => of(at)),
    });
  },
  'nested deep': (tree, place, random) =>
    withValue(tree, place, raw(nested(random.pick([60, 450, 2000, 100_000]), random.next() < 0.5))),
  'within itself': (tree, place) => {
    const value = valueAt(tree, place);
    return value === undefined
      ? undefined
      : withValue(tree, place, { allOf: [value, value], items: value, properties: { a: value } });
  },
};

/** The names of all ways. */
export const WAYS: readonly string[] = Object.keys(BREAKS);

/** What a tree may have before it is broken again: copies of copies would grow without end. */
const MOST_PLACES = 20_000;

/**
 * Breaks a tree at one to four places.
 * @returns the tree, and how it was broken
 */
export function broken(tree: Json, random: Random): { tree: Json; by: string[] } {
  const by: string[] = [];
  let now = tree;
  do {
    const places = placesIn(now);
    if (places.length > MOST_PLACES) break;
    const way = random.pick(WAYS);
    const place = random.pick(places);
    const next = BREAKS[way]?.(now, place, random);
    if (next === undefined) continue;
    now = next;
    by.push(`${way} at ${pointer(...place) || 'the root'}`);
  } while (by.length === 0 || (by.length < 4 && random.next() < 0.45));
  return { tree: now, by };
}
