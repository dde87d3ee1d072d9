import { at, isObject, pointer as pointerOf, pointerSteps, setMember, type JsonObject } from '../../json.js';
import { partsOf } from '../walk.js';
import { collectSchemas, type Site } from './collect.js';
import { dialectNamed } from './dialects.js';
import { obeyDiscriminator } from './discriminator.js';
import { within } from './in-place.js';
import { cutLoops } from './loops.js';
import { createPatterns, type Patterns } from './patterns.js';
import { referencesOf } from './references.js';
import { makeSound } from './sound.js';
import { setAsideDependents } from './taint.js';
import { setAsideUnevaluated } from './unevaluated.js';
import { fragmentOf } from './targets.js';
import type { SchemaRepair, Workshop } from './workshop.js';

/** The schemas of one contract, ready to be compiled. */
export interface Prepared {
  dialect: '3.0' | '3.1';
  /** Holds every schema, and nothing else; every `$ref` is a pointer into it. */
  root: JsonObject;
  /** Where in `root` the schemas stand that are no parts of others. */
  outermost: string[];
  /** Where in `root` a schema of the document is. */
  placeOf: (pointer: string) => string | undefined;
  patterns: Patterns;
  /** The names of all members that the schemas describe. */
  names: ReadonlySet<string>;
  repairs: SchemaRepair[];
}

/** Where schemas stand that have no place of their own in the document. */
const MADE = 'conform:made';

/**
 * Makes the schemas of a document ready: collected, in JSON Schema, sound, without loops, with discriminators that decide.
 * Nothing is compiled.
 */
export function prepareSchemas(document: JsonObject, dialect: '3.0' | '3.1'): Prepared {
  const references = referencesOf(document);
  const { outermost, sites } = collectSchemas(document, references);
  const pointers = new Map([...sites].map(([pointer, schema]) => [schema, pointer]));
  const workshop: Workshop = { references, sites, pointers, targets: new Map(), repairs: [] };
  const patterns = createPatterns();
  const names = namesIn(sites.values());
  const given = dialect === '3.0' ? '3.0' : (dialectNamed(document['jsonSchemaDialect']) ?? '2020-12');
  for (const site of outermost) makeSound(workshop, patterns, given, site);

  const tops = outermost.map(({ schema }) => schema);
  const written = tops.flatMap((schema) => [...within(schema)]);
  // Where a loop can be cut at an alternative or at a part of all, the latter loses nothing.
  const copies = cutLoops(workshop, [...tops.filter(hasAlternatives), ...written]);
  const all = [...written, ...copies.flatMap((schema) => [...within(schema)])];
  const pointerTo = (schema: JsonObject) => pointers.get(schema) ?? '';
  for (const schema of all) obeyDiscriminator(workshop, schema, pointerTo(schema));
  const final = [...tops, ...copies].flatMap((schema) => [...within(schema)]);
  setAsideUnevaluated(final, workshop.targets, pointerTo);
  setAsideDependents(final, workshop.targets, pointerTo);

  const meant = meantBy(workshop.targets);
  const { root, places } = settle(
    outermost.filter(({ schema }) => meant(schema) === schema),
    copies,
  );
  const placeOf = (schema: JsonObject) => places.get(schema) ?? places.get(meant(schema));
  for (const [schema, target] of workshop.targets) {
    const place = placeOf(target);
    if (place !== undefined && schema['$ref'] !== undefined) schema['$ref'] = fragmentOf(place);
  }
  return {
    ...{ dialect, root, patterns, names },
    outermost: [...tops, ...copies].flatMap((schema) => places.get(schema) ?? []),
    placeOf: finderOf(root, sites, placeOf),
    repairs: workshop.repairs,
  };
}

/**
 * Finds the schema that one means which is nothing but a reference, over any number of such. Most schemas of answers are
 * that: they are checked at the place that they name, and need none of their own.
 */
function meantBy(targets: ReadonlyMap<JsonObject, JsonObject>): (schema: JsonObject) => JsonObject {
  return (schema) => {
    let meant = schema;
    const passed = new Set<JsonObject>();
    for (let target = targets.get(meant); target; target = targets.get(meant)) {
      const isReference = Object.keys(meant).length === 1 && meant['$ref'] !== undefined;
      if (!isReference || passed.has(target)) return meant;
      passed.add(target);
      meant = target;
    }
    return meant;
  };
}

/** Keeps of where each schema is in the end no more than is needed to find it: nothing where it has not moved. */
function finderOf(
  root: JsonObject,
  sites: ReadonlyMap<string, JsonObject>,
  placeOf: (schema: JsonObject) => string | undefined,
): Prepared['placeOf'] {
  const moved = new Map<string, string>();
  const unmoved = new Set<JsonObject>();
  for (const [pointer, schema] of sites) {
    const place = placeOf(schema);
    if (place === pointer) unmoved.add(schema);
    else if (place !== undefined) moved.set(pointer, place);
  }
  const isUnmoved = (pointer: string) => {
    const schema = at(root, pointer);
    return isObject(schema) && unmoved.has(schema);
  };
  return (pointer) => moved.get(pointer) ?? (isUnmoved(pointer) ? pointer : undefined);
}

function hasAlternatives({ anyOf, oneOf }: JsonObject): boolean {
  return anyOf !== undefined || oneOf !== undefined;
}

function namesIn(schemas: Iterable<JsonObject>): Set<string> {
  const names = new Set<string>();
  for (const { properties } of schemas) {
    if (isObject(properties)) for (const name of Object.keys(properties)) names.add(name);
  }
  return names;
}

/** Puts schemas where they are in the document, and says where each one is in the end. */
function settle(
  outermost: readonly Site[],
  copies: readonly JsonObject[],
): { root: JsonObject; places: Map<JsonObject, string> } {
  const root: JsonObject = {};
  const places = new Map<JsonObject, string>();
  const settleAt = (pointer: string, schema: JsonObject): void => {
    if (places.has(schema)) return;
    places.set(schema, pointer);
    for (const { part, steps } of partsOf(schema)) {
      if (isObject(part)) settleAt(pointer + pointerOf(...steps), part);
    }
  };
  const made: JsonObject = {};
  /** Objects that only lead to schemas. */
  const holders = new Set<JsonObject>();
  const puts = (schema: JsonObject): void => {
    const key = String(Object.keys(made).length);
    made[key] = schema;
    settleAt(pointerOf(MADE, key), schema);
  };
  for (const { pointer, schema } of outermost) {
    // Whatever a reference names that is no place of a schema may be inside or around one.
    if (put(root, holders, { pointer, schema })) settleAt(pointer, schema);
    else puts(schema);
  }
  for (const schema of copies) puts(schema);
  root[MADE] = made;
  return { root, places };
}

/** @returns false when the place is one inside of a schema, or around one */
function put(root: JsonObject, holders: Set<JsonObject>, { pointer, schema }: Site): boolean {
  const steps = pointerSteps(pointer);
  const last = steps.pop();
  if (last === undefined) return false;
  let holder = root;
  for (const step of steps) {
    const next = Object.hasOwn(holder, step) ? holder[step] : undefined;
    if (next !== undefined && (!isObject(next) || !holders.has(next))) return false;
    if (isObject(next)) holder = next;
    else {
      const made: JsonObject = {};
      holders.add(made);
      setMember(holder, step, made);
      holder = made;
    }
  }
  if (Object.hasOwn(holder, last)) return false;
  setMember(holder, last, schema);
  return true;
}
