import { parseJson } from '../json.js';
import { DEEPEST_PARSED_AS_JSON } from './parse.js';
import { draftOutline, type Outline } from './outline.js';

/**
 * Where the values of a JSON text are (RFC 8259).
 * @returns undefined for a text that is no JSON, or is nested deeper than what is parsed as JSON
 */
export function jsonOutline(text: string): Outline | undefined {
  const draft = draftOutline();
  let here = 0;

  const skipSpace = (): void => {
    while (SPACE.has(text.charCodeAt(here))) here += 1;
  };
  /** Whether the next character is this one, which then is behind us. */
  const takes = (character: string): boolean => {
    skipSpace();
    if (text[here] !== character) return false;
    here += 1;
    return true;
  };
  const takesString = (): boolean => {
    if (text[here] !== '"') return false;
    here = endOfString(text, here);
    return here > 0;
  };
  const takesScalar = (): boolean => {
    if (text[here] === '"') return takesString();
    SCALAR.lastIndex = here;
    if (!SCALAR.test(text)) return false;
    here = SCALAR.lastIndex;
    return true;
  };
  const takesMember = (depth: number): boolean => {
    skipSpace();
    const start = here;
    if (!takesString()) return false;
    const name = nameIn(text.slice(start, here));
    return name !== undefined && takes(':') && takesValue(start, name, depth);
  };
  const takesItem = (index: number, depth: number): boolean => {
    skipSpace();
    return takesValue(here, String(index), depth);
  };
  const takesValue = (start: number, name: string | undefined, depth: number): boolean => {
    const value = draft.open(start, name);
    const isObject = takes('{');
    if (isObject || takes('[')) {
      const end = isObject ? '}' : ']';
      if (depth === DEEPEST_PARSED_AS_JSON) return false;
      for (let index = 0; !takes(end); index++) {
        if (index > 0 && !takes(',')) return false;
        if (!(isObject ? takesMember(depth + 1) : takesItem(index, depth + 1))) return false;
      }
    } else if (!takesScalar()) return false;
    draft.close(value);
    return true;
  };

  if (!takesValue(0, undefined, 0)) return undefined;
  skipSpace();
  return here === text.length ? draft.outline : undefined;
}

const SPACE: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Behind the quote that ends a string; 0 where none does. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text[end - 1 - escapes] === '\\') escapes += 1;
    if (escapes % 2 === 0) return end + 1;
  }
  return 0;
}

/** The name that is written in quotes; undefined where it is no JSON. */
function nameIn(quoted: string): string | undefined {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  const name = parseJson(quoted);
  return typeof name === 'string' ? name : undefined;
}
