import { CORE_SCHEMA, load, mapTag, mergeTag } from 'js-yaml';
import { within } from '../bounded/within.js';
import { isNestedTooDeep } from '../document/depth.js';
import { isLargeIndex, setMember } from '../json.js';
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
  const parsed = parsedWithLimits(body, () => load(body, { schema: SCHEMA }));
  hideInheritedNames(parsed);
  return parsed;
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
