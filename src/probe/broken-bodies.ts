import type { Json, JsonObject } from '../json.js';
import { memberAt, placesIn, replaced } from './other-values.js';

/** A body that the contract forbids for one reason. */
export interface BrokenBody {
  how: keyof typeof KEYWORDS;
  /** The member that breaks it. */
  member: string;
  body: JsonObject;
}

/** The keywords of JSON Schema that a body breaks in each way. */
const KEYWORDS = {
  'left-out': ['required'],
  type: ['type'],
  enum: ['enum', 'const'],
  bound: ['maxLength', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
} as const;

/** So many of each kind say enough of an operation. */
const MOST_OF_KIND = { 'left-out': 4, type: 2, enum: 2, bound: 2 } as const;

/**
 * Bodies that differ from one that the contract allows in a single member, and that it forbids for that alone: without
 * a member that has to be there, with one of another type, with a word that is not in its list, beyond its bounds.
 * @param keywords the keywords of the contract that a body breaks
 * @param kept a text by which what is created is known: the member that holds it is broken last
 */
export function brokenBodies(
  body: JsonObject,
  keywords: (body: JsonObject) => readonly string[],
  kept?: string,
): BrokenBody[] {
  if (keywords(body).length > 0) return [];
  const found: BrokenBody[] = [];
  const add = (how: BrokenBody['how'], path: readonly string[], value: Json | undefined): void => {
    if (found.filter((one) => one.how === how).length >= MOST_OF_KIND[how]) return;
    const candidate = replaced(body, path, value);
    const broken = keywords(candidate);
    const known: readonly string[] = KEYWORDS[how];
    if (broken.length > 0 && broken.every((keyword) => known.includes(keyword)))
      found.push({ how, member: path.at(-1) ?? '', body: candidate });
  };
  const places = placesIn(body);
  const isKept = ([name = '']: readonly string[]) =>
    kept !== undefined && JSON.stringify(body[name]).includes(kept);
  const inOrder = [...places.filter((path) => !isKept(path)), ...places.filter(isKept)];
  for (const name of new Set(inOrder.map(([name = '']) => name))) add('left-out', [name], undefined);
  for (const path of inOrder) {
    const value = memberAt(body, path);
    // What a lenient host could still read as the type that is wanted proves nothing.
    if (typeof value === 'number' || typeof value === 'boolean') add('type', path, UNREADABLE);
    if (typeof value === 'string') {
      add('enum', path, UNREADABLE);
      add('bound', path, 'x'.repeat(LONG));
    }
    if (typeof value === 'number') {
      add('bound', path, -HUGE);
      add('bound', path, HUGE);
    }
  }
  return found;
}

/** A text that is no number, no truth value and no word of anybody's list. */
const UNREADABLE = 'conform-unreadable';
const LONG = 4000;
const HUGE = 1_000_000_000_000;
