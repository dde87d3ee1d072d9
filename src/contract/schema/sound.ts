import {
  isArray,
  isObject,
  pointer as pointerOf,
  setMember,
  type Json,
  type JsonObject,
} from '../../json.js';
import { partsOf } from '../walk.js';
import { dropData, type Site } from './collect.js';
import { dialectNamed, type Dialect } from './dialects.js';
import { isKnownFormat } from './formats.js';
import { isSchema, isUsable, meantBy } from './keywords.js';
import { fromOlder, tuples, type Note } from './older.js';
import { fromOpenApi30, nullableIn31, typeFile } from './openapi-30.js';
import type { Patterns } from './patterns.js';
import { UNRESOLVED } from './references.js';
import { mark, UNCHECKED } from './unchecked.js';
import { setAside, type Workshop } from './workshop.js';

/**
 * Makes a schema and all that is written in it sound: in one dialect, every keyword with a value that it can have. What
 * cannot be used is repaired or set aside alone.
 */
export function makeSound(workshop: Workshop, patterns: Patterns, dialect: Dialect, site: Site): void {
  const treat = (schema: JsonObject, around: Dialect, pointerAround: string): void => {
    const pointer = workshop.pointers.get(schema) ?? pointerAround;
    workshop.pointers.set(schema, pointer);
    const note: Note = (what, assumed) => workshop.repairs.push({ pointer, what, assumed });
    const own = translate(workshop, schema, { dialect: around, pointer, note });
    refer(workshop, schema, pointer);
    vet(workshop, schema, { pointer, note });
    vetPatterns(workshop, patterns, schema, { pointer, note });
    for (const { part } of partsOf(schema)) if (isObject(part)) treat(part, own, pointer);
  };
  treat(site.schema, dialect, site.pointer);
}

interface Place {
  pointer: string;
  note: Note;
}

/** Says the same in the dialect that is checked by, and gives the dialect of what is written inside. */
function translate(
  workshop: Workshop,
  schema: JsonObject,
  { dialect, pointer, note }: Place & { dialect: Dialect },
): Dialect {
  const { $schema } = schema;
  const unresolved = schema[UNRESOLVED];
  let own = dialect;
  if ($schema !== undefined && dialect !== '3.0') {
    const named = dialectNamed($schema);
    if (named === undefined) {
      for (const member of Object.keys(schema)) Reflect.deleteProperty(schema, member);
      const why = 'it names a dialect of JSON Schema that is not known';
      setAside(workshop, schema, { pointer, keyword: '$schema', why });
      return dialect;
    }
    own = named;
  }
  dropData(schema);
  if (unresolved !== undefined) {
    Reflect.deleteProperty(schema, UNRESOLVED);
    mark(schema, { schemaPointer: pointer, keyword: '$ref', why: 'the reference leads nowhere' });
  }
  if (own === '3.0') fromOpenApi30(schema, note);
  else {
    fromOlder(schema, own, note);
    if (isArray(schema['items'])) tuples(schema);
    nullableIn31(schema, note);
    typeFile(schema, note);
    if (schema['$recursiveRef'] !== undefined) {
      const why = 'it depends on the schema that it is reached from';
      setAside(workshop, schema, { pointer, keyword: '$recursiveRef', why });
    }
  }
  return own;
}

/** Finds what a schema refers to. */
function refer(workshop: Workshop, schema: JsonObject, pointer: string): void {
  const { references, sites, targets } = workshop;
  const dynamic = schema['$dynamicRef'];
  if (typeof dynamic === 'string') {
    // Where one schema only has the name, there is nothing to choose from.
    const name = dynamic.slice(dynamic.indexOf('#') + 1);
    if (references.dynamic(name) > 1) {
      const why = 'it depends on the schema that it is reached from';
      setAside(workshop, schema, { pointer, keyword: '$dynamicRef', why });
    } else {
      Reflect.deleteProperty(schema, '$dynamicRef');
      const known = isArray(schema['allOf']) ? schema['allOf'] : [];
      if (schema['$ref'] === undefined) schema['$ref'] = dynamic;
      else schema['allOf'] = [...known, { $ref: dynamic }];
    }
  }
  const { $ref } = schema;
  if (typeof $ref !== 'string') return;
  const found = references.resolve($ref, pointer);
  const target = found === undefined ? undefined : sites.get(found);
  if (target) targets.set(schema, target);
  else setAside(workshop, schema, { pointer, keyword: '$ref', why: 'the reference leads to no schema' });
}

/** Sets aside every keyword whose value it cannot have. */
function vet(workshop: Workshop, schema: JsonObject, { pointer, note }: Place): void {
  for (const [keyword, value] of Object.entries(schema)) {
    if (isUsable(keyword, value)) continue;
    const meant = meantBy(keyword, value);
    if (meant !== undefined) {
      schema[keyword] = meant;
      note(`the value of “${keyword}” is a text`, `${keyword}: ${JSON.stringify(meant)}`);
    } else if (keyword === 'required' && value === false) {
      Reflect.deleteProperty(schema, keyword);
      note('“required” is no list of names', 'it says nothing');
    } else if (isArray(value) && value.length === 0 && keyword !== 'enum') {
      Reflect.deleteProperty(schema, keyword);
      note(`“${keyword}” is empty`, 'it says nothing');
    } else setAside(workshop, schema, { pointer, keyword, why: 'its value is none that it can have' });
  }
  if (isObject(schema['properties']) && Object.hasOwn(schema['properties'], '__proto__')) {
    mark(schema, { schemaPointer: pointer, keyword: 'properties', why: 'Ajv passes over “__proto__”' });
  }
  withdrawRest(workshop, schema, pointer);
  const { required, format } = schema;
  if (isArray(required)) schema['required'] = [...new Set(required)];
  if (typeof format === 'string' && !isKnownFormat(format)) Reflect.deleteProperty(schema, 'format');
  for (const { part, keyword, steps } of partsOf(schema)) {
    // `dependencies` may hold lists of names as well.
    if (isSchema(part) || (keyword === 'dependencies' && isArray(part))) continue;
    const are: JsonObject = {};
    put(schema, steps, are);
    if (part === null) note('a schema is empty', 'any value is accepted there');
    else mark(are, { schemaPointer: pointer + pointerOf(...steps), keyword: 'schema', why: 'it is none' });
    if (part !== null) note(`a value of “${keyword}” is no schema`, 'values are not checked against it');
  }
}

/** What is said of all other members or items says nothing while it is not known which those are. */
function withdrawRest(workshop: Workshop, schema: JsonObject, pointer: string): void {
  const marks = schema[UNCHECKED];
  const isAside = (keyword: string) =>
    isArray(marks) && marks.some((one) => isObject(one) && one['keyword'] === keyword);
  for (const [known, rest] of [
    ['properties', 'additionalProperties'],
    ['patternProperties', 'additionalProperties'],
    ['prefixItems', 'items'],
  ] as const) {
    if (schema[rest] === undefined || !isAside(known)) continue;
    setAside(workshop, schema, {
      pointer,
      keyword: rest,
      why: `it depends on “${known}”, which cannot be used`,
    });
  }
}

function put(schema: JsonObject, steps: readonly (string | number)[], value: Json): void {
  let holder: Json | undefined = schema;
  for (const step of steps.slice(0, -1)) holder = isObject(holder) ? holder[step] : undefined;
  if (typeof holder !== 'object' || holder === null) return;
  setMember(holder, String(steps.at(-1)), value);
}

function vetPatterns(
  workshop: Workshop,
  patterns: Patterns,
  schema: JsonObject,
  { pointer, note }: Place,
): void {
  const { pattern, patternProperties } = schema;
  const whyNot = (source: string): string | undefined => {
    const compiled = patterns.of(source);
    if (typeof compiled === 'string') return compiled;
    if (!compiled.strict) {
      note(
        'a pattern is valid only without the flag “u” of ECMAScript',
        'it is read as it is without the flag',
      );
    }
    return undefined;
  };
  if (typeof pattern === 'string') {
    const why = whyNot(pattern);
    if (why !== undefined) setAside(workshop, schema, { pointer, keyword: 'pattern', why });
  }
  if (!isObject(patternProperties)) return;
  for (const source of Object.keys(patternProperties)) {
    const why = whyNot(source);
    if (why === undefined) continue;
    Reflect.deleteProperty(patternProperties, source);
    // Which members it would have been about is not known: none can be said to be one too many.
    schema['additionalProperties'] = true;
    mark(schema, { schemaPointer: pointer, keyword: 'patternProperties', why });
    workshop.repairs.push({
      pointer,
      what: `a pattern of “patternProperties” cannot be used: ${why}`,
      assumed: 'members are not checked against it',
    });
  }
}
