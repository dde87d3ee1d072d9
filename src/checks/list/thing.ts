import { at, isArray, isObject, type Json } from '../../json.js';
import { isBeside, layersOf } from '../../probe/harvest.js';
import { plainName, singulars } from '../../probe/id-names.js';
import type { Subject } from '../subject.js';

/** What of a subject tells how its things are read. */
type Known = Pick<Subject, 'list' | 'collection' | 'item'>;

/** The things of a page, without what a search adds to them. */
export function thingsOf({ list }: Known, body: Json | undefined): Json[] | undefined {
  return list?.itemsOf(body)?.filter((one) => !isObject(one) || !isBeside(one));
}

/** A member of a thing, or of what it is wrapped in, by its plain name, or by its place as a JSON Pointer. */
export function memberOf({ collection }: Known, thing: Json, name: string): Json | undefined {
  if (!isObject(thing)) return undefined;
  for (const layer of layersOf(thing, collection)) {
    if (name.startsWith('/')) {
      const found = at(layer, name);
      if (found !== undefined) return found;
      continue;
    }
    const found = Object.entries(layer).find(([own]) => plainName(own) === name);
    if (found) return found[1];
  }
  return undefined;
}

/** What a member holds, as texts: itself, or what it is a list of. Nothing where it holds objects or null. */
export function valuesOf(known: Known, thing: Json, name: string): string[] {
  const value = memberOf(known, thing, name);
  const all = isArray(value) ? value : value === undefined ? [] : [value];
  return all.flatMap((one) =>
    one === null || typeof one === 'object' || hasLostDigits(one) ? [] : [String(one)],
  );
}

/** Whole numbers beyond what a double holds are not those that were sent. */
function hasLostDigits(value: Json): boolean {
  return typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER;
}

/** What tells a thing from all others, where it has an id. */
export function keyOf(known: Known, thing: Json): string | undefined {
  if (typeof thing === 'string' || typeof thing === 'number') return String(thing);
  const nouns = singulars(plainName(known.collection ?? ''));
  const parameter = known.item?.parameter;
  const names = ['id', 'uuid', ...nouns.map((noun) => `${noun}id`)];
  for (const name of parameter === undefined ? names : [...names, plainName(parameter)]) {
    const [id, more] = valuesOf(known, thing, name);
    // Lists may mix things of several types, each with ids of its own.
    if (id !== undefined && more === undefined)
      return JSON.stringify([
        id,
        ...valuesOf(known, thing, 'resourcetype'),
        ...valuesOf(known, thing, 'type'),
      ]);
  }
  return undefined;
}

/** The keys of things; undefined where one has no id, or two have the same one: then ids do not tell them apart. */
export function keysOf(known: Known, things: readonly Json[]): string[] | undefined {
  const keys = things.flatMap((thing) => keyOf(known, thing) ?? []);
  return keys.length === things.length && new Set(keys).size === keys.length ? keys : undefined;
}

/** Whether two pages have the very same things, in whatever order. */
export function areSame(known: Known, some: readonly Json[], others: readonly Json[]): boolean {
  const marks = (things: readonly Json[]) =>
    things.map((thing) => keyOf(known, thing) ?? JSON.stringify(thing)).sort();
  return some.length === others.length && JSON.stringify(marks(some)) === JSON.stringify(marks(others));
}

/** All texts and numbers in a thing, however deep. */
export function textsOf(thing: Json): string[] {
  if (typeof thing === 'string' || typeof thing === 'number') return [String(thing)];
  if (isArray(thing)) return thing.flatMap(textsOf);
  return isObject(thing) ? Object.values(thing).flatMap(textsOf) : [];
}
