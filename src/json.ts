import { percentDecoded } from './percent.js';
/** Values as JSON knows them (RFC 8259). */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [member: string]: Json;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isArray(value: unknown): value is Json[] {
  return Array.isArray(value);
}

/** A value as a text: a string as it is, everything else as JSON. */
export function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Gives an object or a list a member, also one that is called `__proto__`: to assign to that would not make a member. */
export function setMember(holder: object, name: string, value: unknown): void {
  if (!isArray(holder) && isLargeIndex(name)) keepSparsely(holder);
  Object.defineProperty(holder, name, { value, writable: true, enumerable: true, configurable: true });
}

/** An object of these members; of a name that is twice, the last counts. */
export function objectOf<Value>(members: Iterable<readonly [string, Value]>): Record<string, Value> {
  const made: Record<string, Value> = {};
  for (const [name, value] of members) setMember(made, name, value);
  return made;
}

/** Whether a name is a whole number for which V8 makes room for all that are below it. */
export function isLargeIndex(name: string): boolean {
  return /^[1-9]\d{2,8}$/.test(name);
}

/**
 * Has an object keep the members whose names are whole numbers in a table. V8 keeps them in a list that is as long as the
 * largest of them, which takes 5 KB for the statuses of one operation, and 200 bytes in a table. An index that is far
 * beyond all others makes it a table, which stays one (`NumberDictionary::requires_slow_elements` in V8).
 */
function keepSparsely(holder: object): void {
  if (Object.hasOwn(holder, FARTHEST_INDEX)) return;
  Object.defineProperty(holder, FARTHEST_INDEX, { value: null, configurable: true });
  Reflect.deleteProperty(holder, FARTHEST_INDEX);
}

/** The largest name that V8 takes for an index: 2³² − 2. */
const FARTHEST_INDEX = '4294967294';

/** A copy of a value, in which nothing is shared. */
export function copyOf(value: Json): Json {
  if (isArray(value)) return value.map(copyOf);
  return isObject(value) ? copyOfObject(value) : value;
}

/** A copy of an object, in which nothing is shared. */
export function copyOfObject(object: JsonObject): JsonObject {
  const copy: JsonObject = {};
  for (const [member, value] of Object.entries(object)) setMember(copy, member, copyOf(value));
  return copy;
}

/** A JSON Pointer (RFC 6901) for the given steps; `pointer()` is the whole document. */
export function pointer(...steps: (string | number)[]): string {
  return steps.map((step) => '/' + String(step).replaceAll('~', '~0').replaceAll('/', '~1')).join('');
}

/** The steps of a JSON Pointer (RFC 6901), with or without the leading `#`. */
export function pointerSteps(text: string): string[] {
  const bare = text.startsWith('#') ? percentDecoded(text.slice(1)) : text;
  return bare
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value that a JSON Pointer names in a document, or undefined when it names nothing. */
export function at(document: unknown, text: string): Json | undefined {
  let value: unknown = document;
  for (const step of pointerSteps(text)) {
    if (Array.isArray(value)) value = value[Number(step)];
    else if (isObject(value) && Object.hasOwn(value, step)) value = value[step];
    else return undefined;
  }
  return value as Json | undefined;
}

/**
 * Texts that are nested deeper are not read. No API and no file of ours comes near it, and whatever goes down into a
 * value (the validator, a printer, our own walks) reaches ten times as deep before its stack ends.
 */
export const DEEPEST_JSON = 500;

/** Whether a JSON text is nested deeper than that: found before it is parsed, in one pass. */
export function isTooDeep(text: string, deepest = DEEPEST_JSON): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index);
    if (inString) {
      if (character === BACKSLASH) index += 1;
      else if (character === QUOTE) inString = false;
    } else if (character === QUOTE) inString = true;
    else if (character === OPENING_BRACKET || character === OPENING_BRACE) {
      depth += 1;
      if (depth > deepest) return true;
    } else if (character === CLOSING_BRACKET || character === CLOSING_BRACE) depth -= 1;
  }
  return false;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

/** The value of a JSON text, or undefined when it is none or is nested too deep. */
export function parseJson(text: string, deepest = DEEPEST_JSON): Json | undefined {
  if (isTooDeep(text, deepest)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/**
 * Whether a media type is JSON: `application/json`, one with the suffix `+json` (RFC 6839, section 3.1), or `text/json`
 * (MIME Sniffing, section 4.6), which many hosts give.
 */
export function isJsonType(mediaType: string): boolean {
  return /^(?:application\/(?:[^;]+\+)?|text\/)json\b/i.test(mediaType);
}
