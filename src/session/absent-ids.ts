import { within } from '../bounded/within.js';
import type { Chance } from '../chance.js';
import type { JsonObject } from '../json.js';
import { compilePattern } from '../pattern/pattern.js';

/** Ids that were made to be those of nothing, and remembered, so that the gate can tell them from others. */
export interface AbsentIds {
  /**
   * An id for a parameter that nothing can have: of its type and form, random, and never 0 or 1.
   * @returns undefined where every value of the schema may be the id of something (an enumeration, a small range)
   */
  make: (schema: JsonObject) => string | undefined;
  /** A path segment that is no operation's. */
  segment: () => string;
  has: (id: string) => boolean;
}

/** The least room that a range must have for an id of nothing to be found in it by chance. */
const LEAST_ROOM = 1_000_000;
const LARGEST_ID = 2_147_483_647;
const LONGEST = 40;

export function createAbsentIds(chance: Chance): AbsentIds {
  const made = new Set<string>();
  const keep = (id: string): string => {
    made.add(id);
    return id;
  };
  return {
    make: (schema) => {
      const id = absentId(schema, chance);
      return id === undefined ? undefined : keep(id);
    },
    segment: () => keep(`__absent_${chance(4)}`),
    has: (id) => made.has(id),
  };
}

function absentId(schema: JsonObject, chance: Chance): string | undefined {
  const { type, format, pattern, maxLength } = schema;
  if (schema['enum'] !== undefined || schema['const'] !== undefined || type === 'boolean') return undefined;
  if (type === 'integer' || type === 'number') return absentNumber(schema, chance);
  if (format === 'uuid') return uuid(chance);
  if (format === 'date' || format === 'date-time') return undefined;
  const text = `conform-absent-${chance(8)}`;
  const digits = String(1_000_000_000 + (parseInt(chance(4), 16) % 1_000_000_000));
  const longest = typeof maxLength === 'number' ? maxLength : LONGEST;
  return [text, digits, chance(16), uuid(chance), chance(8)].find(
    (candidate) =>
      candidate.length <= longest && (typeof pattern !== 'string' || matches(pattern, candidate)),
  );
}

/** In the upper half of the range, where ids that are counted up come last. */
function absentNumber(schema: JsonObject, chance: Chance): string | undefined {
  const bound = (name: string) => (typeof schema[name] === 'number' ? schema[name] : undefined);
  const least = Math.max(2, Math.ceil(bound('minimum') ?? bound('exclusiveMinimum') ?? 2));
  const most =
    Math.min(LARGEST_ID, Math.floor(bound('maximum') ?? bound('exclusiveMaximum') ?? LARGEST_ID)) - 1;
  const room = Math.floor((most - least) / 2);
  if (room < LEAST_ROOM) return undefined;
  return String(most - (parseInt(chance(4), 16) % room));
}

function uuid(chance: Chance): string {
  const hex = chance(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** Whether an id has the form that the contract wants. Where that cannot be known in time, it has not. */
function matches(source: string, value: string): boolean {
  try {
    const pattern = compilePattern(source);
    const came = within(LONGEST_MS, () => pattern.test(value));
    return came.done && came.value;
  } catch {
    return false;
  }
}

const LONGEST_MS = 100;
