import { isObject, type Json, type JsonObject } from '../json.js';
import { readTemplate } from './template.js';
import type { World } from './world/file.js';
import type { Resource } from './world/resource.js';

/** The records of one kind, by id, in the order in which they came. */
export type Records = Map<string, JsonObject>;

/** All that a replica keeps: made from a seed when it starts, changed by writes, forgotten when it ends. */
export interface Store {
  of: (resource: string) => Records;
  /** The records as lists and searches show them: what is there, unless an index lags behind it. */
  listed: (resource: string) => Records;
  /** Adds a record under a new id, and returns that id. */
  add: (resource: string, record: JsonObject) => string;
  /** The id that the next record would have. */
  unusedId: (resource: string) => string;
  /** The member that holds the id of a record. */
  idMember: (resource: string) => string;
  /** Whether a record was there from the start. */
  isSeed: (resource: string, id: string) => boolean;
  /** Everything that is kept, as one text: the same bytes as long as nothing has changed. */
  snapshot: () => string;
}

export function createStore(world: World): Store {
  const records = new Map<string, Records>();
  const seeds = new Map<string, ReadonlySet<string>>();
  const next = new Map<string, number>();
  for (const [name, resource] of Object.entries(world.resources)) {
    const made = makeRecords(name, resource, world);
    records.set(name, made);
    seeds.set(name, new Set(made.keys()));
    next.set(name, numberAt(resource, resource.count));
  }
  const of = (name: string): Records => records.get(name) ?? new Map<string, JsonObject>();
  const idMember = (name: string): string => world.resources[name]?.ids.member ?? 'id';
  const keyOf = (name: string, number: number): string => {
    const resource = world.resources[name];
    return resource ? keyAt(resource, number) : String(number);
  };
  return {
    of,
    listed: of,
    idMember,
    isSeed: (name, key) => seeds.get(name)?.has(key) ?? false,
    unusedId: (name) => keyOf(name, next.get(name) ?? 1),
    add: (name, record) => {
      const number = next.get(name) ?? 1;
      next.set(name, number + 1);
      const key = keyOf(name, number);
      const typed = world.resources[name]?.ids.type === 'number' ? number : key;
      of(name).set(key, { ...record, [idMember(name)]: typed });
      return key;
    },
    snapshot: () =>
      JSON.stringify({ records: [...records].map(([name, kept]) => [name, [...kept]]), next: [...next] }),
  };
}

function numberAt({ ids }: Resource, index: number): number {
  return ids.first + index * (ids.step ?? 1);
}

/** A number as the text that is the id of a record. */
function keyAt({ ids }: Resource, number: number): string {
  return (ids.text ?? '{number}').replace('{number}', () => String(number));
}

function makeRecords(name: string, resource: Resource, world: World): Records {
  const records: Records = new Map();
  const template = readTemplate(resource.record);
  for (let index = 0; index < resource.count; index++) {
    const random = randomFrom(`${world.seed}/${name}/${index}`);
    const number = numberAt(resource, index);
    const record = template((generator) => generate(generator, { index, number, random, resource, world }));
    if (record !== undefined && isObject(record)) records.set(keyAt(resource, number), record);
  }
  return records;
}

interface Making {
  index: number;
  number: number;
  random: () => number;
  resource: Resource;
  world: World;
}

/**
 * The value of a generator:
 * `{id}`; `{given}`, `{family}`, `{city}` of the world's people; `{phone}`; `{index}`; `{pick:a|b}`;
 * `{number:1..5}`; `{boolean:0.3}` (the share that is true); `{ref:resource}` (an id of that resource, the first for the first);
 * `{day:2026-01-01+30}` (one of so many days).
 */
function generate(generator: string, making: Making): Json {
  const { index, number, random, resource, world } = making;
  const [kind = '', rest = ''] = generator.split(/:(.*)/s);
  const among = <T>(values: readonly T[]): T | undefined => values[Math.floor(random() * values.length)];
  switch (kind) {
    case 'id':
      return resource.ids.type === 'number' ? number : keyAt(resource, number);
    case 'given':
      return world.people.given[index % world.people.given.length] ?? '';
    case 'family':
      return world.people.family[(index * 7 + 3) % world.people.family.length] ?? '';
    case 'city':
      return among(world.people.city) ?? '';
    case 'phone':
      // 555-0100 to 555-0199 are set aside for fiction; area codes make more than a hundred of them.
      return `${303 + 10 * (Math.floor(index / 100) % 60)}55501${String(index % 100).padStart(2, '0')}`;
    case 'index':
      return index;
    case 'pick':
      return among(rest.split('|')) ?? '';
    case 'number': {
      const [least = 0, most = least] = rest.split('..').map(Number);
      return least + Math.floor(random() * (most - least + 1));
    }
    case 'boolean':
      return random() < Number(rest);
    case 'ref': {
      const other = world.resources[rest];
      return other ? keyAt(other, numberAt(other, index % other.count)) : '';
    }
    case 'day': {
      const [first = '', span = '1'] = rest.split('+');
      const day = new Date(`${first}T00:00:00Z`);
      day.setUTCDate(day.getUTCDate() + Math.floor(random() * Number(span)));
      return day.toISOString().slice(0, 10);
    }
    default:
      return `{${generator}}`;
  }
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32 over an FNV-1a hash). */
function randomFrom(seed: string): () => number {
  let state = 2_166_136_261;
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16_777_619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
