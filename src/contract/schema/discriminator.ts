import { isArray, isObject, pointerSteps, type Json, type JsonObject } from '../../json.js';
import { setAside, type Workshop } from './workshop.js';

/**
 * Makes a `discriminator` decide (OpenAPI 3.0.3, section 4.7.25): of an object, only the alternative counts that its member
 * names, and a member that names none of them is an error of its own. By the letter of 3.0.4 and 3.1.1 a discriminator
 * decides nothing; but then a value that says what it is could be taken for something else, which nobody means.
 *
 * A name is that of the mapping, or the name of the component, or a value that only this alternative allows the member.
 */
export function obeyDiscriminator(workshop: Workshop, schema: JsonObject, pointer: string): void {
  const { discriminator } = schema;
  if (discriminator === undefined) return;
  Reflect.deleteProperty(schema, 'discriminator');
  const keyword = isArray(schema['oneOf']) ? 'oneOf' : isArray(schema['anyOf']) ? 'anyOf' : undefined;
  if (keyword === undefined) return;
  const member = isObject(discriminator) ? discriminator['propertyName'] : undefined;
  if (!isObject(discriminator) || typeof member !== 'string') {
    setAside(workshop, schema, { pointer, keyword: 'discriminator', why: 'it has no “propertyName”' });
    return;
  }
  const written = schema[keyword];
  const branches = isArray(written) ? written : [];
  const names = namesOf(workshop, { branches, member, mapping: discriminator['mapping'], pointer });
  const named = branches.map((_, index) =>
    [...names].filter(([, branch]) => branch === index).map(([name]) => name),
  );
  if (names.size === 0) return;
  const isWhole = named.every((some) => some.length > 0);
  const plain = { [keyword]: branches };
  const chosen = branches.flatMap((branch, index) => {
    const some = named[index] ?? [];
    return some.length === 0 ? [] : [{ if: saysOneOf(member, some), then: branch }];
  });
  const otherwise = isWhole ? [] : [{ if: saysOneOf(member, [...names.keys()]), then: true, else: plain }];
  const decided: JsonObject = {
    if: { type: 'object' },
    then: {
      ...(isWhole ? { discriminator: { propertyName: member, names: [...names.keys()] } } : {}),
      allOf: [...chosen, ...otherwise],
    },
    else: plain,
  };
  Reflect.deleteProperty(schema, keyword);
  const all = schema['allOf'];
  schema['allOf'] = [...(isArray(all) ? all : []), decided];
}

function saysOneOf(member: string, names: string[]): JsonObject {
  return { required: [member], properties: { [member]: { enum: names } } };
}

/** Which alternative each name is that of. */
function namesOf(
  workshop: Workshop,
  given: { branches: readonly Json[]; member: string; mapping: Json | undefined; pointer: string },
): Map<string, number> {
  const { branches, member, mapping, pointer } = given;
  const { references, sites } = workshop;
  const places = branches.map((branch) => {
    const reference = isObject(branch) ? branch['$ref'] : undefined;
    return typeof reference === 'string' ? references.resolve(reference, pointer) : undefined;
  });
  const names = new Map<string, number>();
  for (const [name, target] of isObject(mapping) ? Object.entries(mapping) : []) {
    if (typeof target !== 'string') continue;
    const place = [`#/components/schemas/${target}`, target].flatMap(
      (reference) => references.resolve(reference, pointer) ?? [],
    )[0];
    const index = place === undefined ? -1 : places.indexOf(place);
    if (index >= 0) names.set(name, index);
  }
  for (const [index, place] of places.entries()) {
    const name = place === undefined ? undefined : pointerSteps(place).at(-1);
    if (name !== undefined && !names.has(name)) names.set(name, index);
  }
  const values = branches.map((branch, index) => {
    const place = places[index];
    const written = place === undefined ? branch : sites.get(place);
    return valuesOf(workshop, written, member, 0);
  });
  const counts = new Map<string, number>();
  for (const value of values.flat()) counts.set(value, (counts.get(value) ?? 0) + 1);
  for (const [index, some] of values.entries()) {
    for (const value of some) if (counts.get(value) === 1 && !names.has(value)) names.set(value, index);
  }
  return names;
}

/** The texts that a schema allows a member, where it lists them. */
function valuesOf(workshop: Workshop, written: Json | undefined, member: string, depth: number): string[] {
  if (!isObject(written) || depth > DEEPEST) return [];
  const schema = workshop.targets.get(written) ?? written;
  const { properties, allOf } = schema;
  const own = isObject(properties) && Object.hasOwn(properties, member) ? properties[member] : undefined;
  const described = isObject(own) ? (workshop.targets.get(own) ?? own) : undefined;
  const listed = described?.['const'] ?? described?.['enum'];
  const found = isArray(listed) ? listed : listed === undefined ? [] : [listed];
  const parts = isArray(allOf) ? allOf.flatMap((part) => valuesOf(workshop, part, member, depth + 1)) : [];
  return [...new Set([...found.filter((value) => typeof value === 'string'), ...parts])];
}

const DEEPEST = 4;
