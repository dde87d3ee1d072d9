import { at, isArray, isObject, pointer, pointerSteps, type Json, type JsonObject } from '../json.js';
import { follow } from '../contract/follow.js';
import type { Direction } from '../contract/schema/validator.js';
import { couldFit } from './could-fit.js';
import { createReach } from './reach.js';

/** A schema, and where it is in the document. */
interface Place {
  schema: JsonObject;
  pointer: string;
}

/** What a schema is made of, one level down. */
interface Parts {
  /** Its members by name, each by the JSON Pointer of what is written of it there. */
  members: ReadonlyMap<string, string>;
  /** Schemas of the very same value that all count. */
  together: readonly string[];
  /** Schemas of the same value of which one counts. */
  instead: readonly string[];
  /** Schemas of the items of a list, and of members that have no name in the contract. */
  items: readonly string[];
  others: readonly string[];
}

/** Names of which each is once: a set, or what need not be listed for that. */
export interface Names extends Iterable<string> {
  readonly size: number;
  has: (name: string) => boolean;
}

/** Finds the members that bodies may have by a document, and those that a body has. */
export interface Members {
  /** The members that bodies of some schemas may have, at any depth, by their JSON Pointers. */
  all: (schemaPointers: readonly string[]) => Names;
  /** Calls `onMember` with the pointer of each member that is present in a body. */
  present: (schemaPointer: string, body: Json, onMember: (pointer: string) => void) => void;
}

/**
 * A member is known by the place of its schema: two lists of one kind of thing have the same members. Of several
 * alternatives (`oneOf`, `anyOf`) the members of those count that the value could be of. Members that only a pattern names
 * have no name of their own, and are none.
 * @param direction in requests nothing that is `readOnly` counts, in answers nothing that is `writeOnly`
 */
export function membersOf(document: JsonObject, direction: Direction): Members {
  const hidden = direction === 'request' ? 'readOnly' : 'writeOnly';
  const parts = new Map<string, Parts>();
  const places = new Map<string, Place | undefined>();
  const placeOf = (written: string): Place | undefined => {
    if (places.has(written)) return places.get(written);
    const { value, pointer: there } = follow(document, at(document, written), written);
    const place = isObject(value) ? { schema: value, pointer: there } : undefined;
    places.set(written, place);
    return place;
  };
  const isHidden = (written: string): boolean => {
    const value = at(document, written);
    return value === false || placeOf(written)?.schema[hidden] === true;
  };
  const partsOf = ({ schema, pointer: here }: Place): Parts => {
    const known = parts.get(here);
    if (known) return known;
    const below = (keyword: string): string[] => {
      const value = schema[keyword];
      if (isArray(value)) return value.map((_, index) => here + pointer(keyword, index));
      return isObject(value) ? [here + pointer(keyword)] : [];
    };
    const properties = isObject(schema['properties']) ? Object.keys(schema['properties']) : [];
    const made: Parts = {
      members: new Map(
        properties.flatMap((name) => {
          const written = here + pointer('properties', name);
          return isHidden(written) ? [] : [[name, written] as const];
        }),
      ),
      together: ['allOf', 'then', 'else'].flatMap(below),
      instead: ['oneOf', 'anyOf'].flatMap(below),
      items: ['items', 'prefixItems'].flatMap(below),
      others: below('additionalProperties'),
    };
    parts.set(here, made);
    return made;
  };

  const nextTo = ({ members, together, instead, items, others }: Parts): string[] => {
    return [...members.values(), ...together, ...instead, ...items, ...others];
  };
  const placesOf = (written: readonly string[]): Place[] => written.flatMap((one) => placeOf(one) ?? []);
  const partsAt = (here: string): Parts[] => placesOf([here]).map(partsOf);
  const reach = createReach(
    (here) => partsAt(here).flatMap(({ members }) => [...members.values()]),
    (here) => placesOf(partsAt(here).flatMap(nextTo)).map((place) => place.pointer),
  );

  /** In the order in which they are found from the outside to the inside. */
  function* inOrder(schemaPointers: readonly string[]): Iterator<string> {
    const seen = new Set<string>();
    for (const schemaPointer of schemaPointers) {
      const open = new Set([schemaPointer]);
      for (const next of open) {
        const place = placeOf(next);
        if (!place || seen.has(place.pointer)) continue;
        seen.add(place.pointer);
        const found = partsOf(place);
        yield* found.members.values();
        for (const one of nextTo(found)) open.add(one);
      }
    }
  }
  const all = (schemaPointers: readonly string[]): Names => {
    const { size, has } = reach(placesOf(schemaPointers).map((place) => place.pointer));
    return { size, has, [Symbol.iterator]: () => inOrder(schemaPointers) };
  };

  const present = (schemaPointer: string, body: Json, onMember: (pointer: string) => void): void => {
    /** Each with the schemas that were visited for its value: each is once, whatever refers to it. */
    const open: { written: string; value: Json; gone: Set<string> }[] = [];
    const visit = (written: string, value: Json, gone = new Set<string>()): void => {
      open.push({ written, value, gone });
    };
    visit(schemaPointer, body);
    // No recursion: schemas of one value can refer to one another a thousand times.
    for (let next = open.pop(); next; next = open.pop()) {
      const { written, value, gone } = next;
      const place = placeOf(written);
      if (!place || gone.has(place.pointer) || typeof value !== 'object' || value === null) continue;
      gone.add(place.pointer);
      const { members, together, instead, items, others } = partsOf(place);
      if (isArray(value)) {
        for (const item of value) for (const one of items) visit(one, item);
      } else {
        for (const [name, member] of Object.entries(value)) {
          const found = members.get(name);
          if (found !== undefined) onMember(found);
          for (const one of found === undefined ? others : [found]) visit(one, member);
        }
      }
      for (const one of together) visit(one, value, gone);
      for (const one of instead) {
        const schema = placeOf(one)?.schema;
        if (schema && couldFit(document, schema, value)) visit(one, value, gone);
      }
    }
  };
  return { all, present };
}

/** The name of a member for a person, from the pointer of its schema: `Thing.owner.name`, `entry[].name`. */
export function memberName(schemaPointer: string): string {
  const steps = pointerSteps(schemaPointer);
  const isComponent = steps[0] === 'components' && steps[1] === 'schemas';
  const names = isComponent ? [steps[2] ?? ''] : [];
  const start = isComponent ? 3 : steps.indexOf('schema') + 1;
  for (let index = start; index < steps.length; index += 1) {
    const step = steps[index];
    if (step === 'properties') {
      names.push(steps[index + 1] ?? '');
      index += 1;
    } else if (step === 'items' || step === 'prefixItems') names.push(`${names.pop() ?? ''}[]`);
  }
  return names.join('.');
}
