import { isArray, isObject, pointer, pointerSteps, type JsonObject } from '../../json.js';
import type { ContractRule } from '../rule.js';
import { partsOf } from '../schema-graph.js';
import { SECTIONS } from '../sections.js';
import { addToGroup } from '../../groups.js';

export const endlessSchema: ContractRule = {
  id: 'contract/endless-schema',
  promise: 'No schema includes or requires itself without an end: no value could satisfy it.',
  severity: 'error',
  source: SECTIONS.schema,
  judge: ({ schemas }) => {
    const needs = new Map(schemas.map(({ value, pointer: here }) => [here, needsOf(value, here)]));
    const endless = endlessOf(needs);
    return cyclesIn(endless).map((cycle) => {
      const named = cycle.find(({ from }) => /^\/(?:components\/schemas|definitions)\/[^/]+$/.test(from));
      const { from } = named ?? cycle[0];
      const names = cycle.flatMap(({ by }) => (by.kind === 'member' ? [by.name] : []));
      const subject = named === undefined ? 'the schema' : `“${pointerSteps(from).at(-1) ?? ''}”`;
      return names.length === 0
        ? {
            code: 'includes-itself',
            message: `${subject} includes itself: nothing says what it is`,
            facts: { schemas: cycle.length },
            pointer: from,
          }
        : {
            code: 'requires-itself',
            message: `${subject} requires itself (by ${names.map((name) => `“${name}”`).join(', ')}): no value of it has an end`,
            facts: { members: names },
            pointer: from,
          };
    });
  },
};

/** Another schema that has to have a value for this one to have one. */
interface Need {
  pointer: string;
  by: { kind: 'part' } | { kind: 'member'; name: string };
}

/** What a schema needs: all of each list, or of an alternative one of the list. */
interface Needs {
  all: Need[];
  oneOf: Need[][];
}

const NONE: Needs = { all: [], oneOf: [] };

function needsOf(schema: JsonObject, here: string): Needs {
  const { type, enum: values, required, properties, minItems, items } = schema;
  const types = isArray(type) ? type : [type];
  // A list of values, or null, is an end.
  if (values !== undefined || schema['const'] !== undefined) return NONE;
  if (schema['nullable'] === true || schema['x-nullable'] === true || types.includes('null')) return NONE;
  const parts = partsOf(schema, here);
  const by = { kind: 'part' } as const;
  const all: Need[] = parts
    .filter((part) => part.by === '$ref' || part.by === 'allOf')
    .map((part) => ({ pointer: part.pointer, by }));
  const mayBe = (wanted: string) => type === undefined || isOnly(types, wanted);
  if (isObject(properties) && isArray(required) && mayBe('object')) {
    for (const name of required) {
      if (typeof name !== 'string' || !Object.hasOwn(properties, name)) continue;
      all.push({ pointer: here + pointer('properties', name), by: { kind: 'member', name } });
    }
  }
  if (isObject(items) && typeof minItems === 'number' && minItems > 0 && mayBe('array'))
    all.push({ pointer: here + pointer('items'), by: { kind: 'member', name: 'items' } });
  const alternatives = (['oneOf', 'anyOf'] as const).map((keyword) =>
    parts.filter((part) => part.by === keyword).map((part) => ({ pointer: part.pointer, by })),
  );
  return { all, oneOf: alternatives.filter((list) => list.length > 0) };
}

function isOnly(types: readonly unknown[], wanted: string): boolean {
  return types.length === 1 && types[0] === wanted;
}

/** For each schema that no value can satisfy, the need that is why. Every schema is looked at again only when a need of it has an end. */
function endlessOf(needs: ReadonlyMap<string, Needs>): Map<string, Need> {
  const ends = new Set<string>();
  const hasEnd = (need: Need) => ends.has(need.pointer) || !needs.has(need.pointer);
  const waiting = new Map<string, string[]>();
  for (const [here, { all, oneOf }] of needs) {
    for (const need of [...all, ...oneOf.flat()]) addToGroup(waiting, need.pointer, here);
  }
  const open = [...needs.keys()];
  for (let here = open.pop(); here !== undefined; here = open.pop()) {
    if (ends.has(here)) continue;
    const { all, oneOf } = needs.get(here) ?? NONE;
    if (!all.every(hasEnd) || !oneOf.every((list) => list.some(hasEnd))) continue;
    ends.add(here);
    for (const one of waiting.get(here) ?? []) open.push(one);
  }
  return new Map(
    [...needs].flatMap(([here, { all, oneOf }]): [string, Need][] => {
      if (ends.has(here)) return [];
      const why = all.find((need) => !hasEnd(need)) ?? oneOf.find((list) => !list.some(hasEnd))?.[0];
      return why ? [[here, why]] : [];
    }),
  );
}

interface Step {
  from: string;
  by: Need['by'];
}

/** The circles in which each schema needs the next one, each once. */
function cyclesIn(endless: ReadonlyMap<string, Need>): [Step, ...Step[]][] {
  const done = new Set<string>();
  const cycles: [Step, ...Step[]][] = [];
  for (const start of endless.keys()) {
    const way = new Map<string, Step>();
    let here = start;
    for (let why = endless.get(here); why && !done.has(here) && !way.has(here); why = endless.get(here)) {
      way.set(here, { from: here, by: why.by });
      here = why.pointer;
    }
    const steps = [...way.values()];
    const [first, ...rest] = steps.slice(steps.findIndex(({ from }) => from === here));
    if (first && way.has(here)) cycles.push([first, ...rest]);
    for (const one of way.keys()) done.add(one);
  }
  return cycles;
}
