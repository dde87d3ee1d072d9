import { CORE_SCHEMA, load, mapTag, mergeTag } from 'js-yaml';
import { within } from '../bounded/within.js';
import { isNestedTooDeep } from '../document/depth.js';
import { isLargeIndex, parseJson, setMember, type Json } from '../json.js';
import { hideInheritedNames } from './inherited-names.js';

/** That a file cannot be read although it may be well-formed. */
export class Unreadable extends Error {}

/** What the bundler reads: the core schema of YAML 1.2, and merge keys, which many contracts use. */
const SCHEMA = CORE_SCHEMA.withTags(mergeTag, {
  ...mapTag,
  // The objects that have many such names are those of responses, by status.
  addPair: (object: Record<string, unknown>, key: unknown, value: unknown) => {
    const name = typeof key === 'number' ? String(key) : key;
    if (typeof name !== 'string' || !isLargeIndex(name)) return mapTag.addPair(object, key, value);
    setMember(object, name, value);
    return '';
  },
});

/**
 * Parses a file of a contract as the bundler does, with the limits for files that others wrote and inherited names hidden.
 * @throws Unreadable, or YAMLException
 */
export function parseYamlText(body: string): unknown {
  const parsed = parsedAsJson(body) ?? parsedWithLimits(body, () => load(body, { schema: SCHEMA }));
  hideInheritedNames(parsed);
  return parsed;
}

/** A JSON text that is nested deeper is read as YAML, whose parser says so at a depth of a hundred. */
export const DEEPEST_PARSED_AS_JSON = 90;

/**
 * The value of a text that is JSON, which is YAML as well: without the events of the YAML parser, which take twenty times
 * the room of the text. Undefined for any other text, and for one that the YAML parser refuses or takes otherwise: where
 * a name is twice in an object, where values are nested deep, where a number is larger than any.
 */
function parsedAsJson(text: string): Json | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  const value = parseJson(text, DEEPEST_PARSED_AS_JSON);
  return value !== undefined && namesWritten(text) === namesIn(value) ? value : undefined;
}

/** How many names of members a JSON text has: each has a colon behind it. */
function namesWritten(text: string): number {
  let count = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index);
    if (character === QUOTE) isInString = !isInString;
    else if (isInString && character === BACKSLASH) index += 1;
    else if (!isInString && character === COLON) count += 1;
  }
  return count;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

/** How many members the objects of a value have; no number where one of its numbers has no end. */
function namesIn(value: Json): number {
  if (typeof value === 'number') return Number.isFinite(value) ? 0 : NaN;
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  for (const member of Object.values(value)) count += namesIn(member);
  return Array.isArray(value) ? count : count + Object.keys(value).length;
}

/**
 * What a parser makes of a text.
 * @throws Unreadable when it is nested too deep or takes too long, or what the parser throws
 */
export function parsedWithLimits<T>(text: string, parse: () => T): T {
  // The parser goes down into what it reads, and so does the bundler.
  if (isNestedTooDeep(text)) throw new Unreadable('it is nested too deep');
  const parsed = within(LONGEST_MS, parse);
  if (parsed.done) return parsed.value;
  throw new Unreadable(`it takes too much ${parsed.why === 'time' ? 'time' : 'room'} to read`);
}

/** A file that is parsed for longer was made to take long. */
const LONGEST_MS = 60_000;
