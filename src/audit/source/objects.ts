import { pointer } from '../../json.js';
import { HOLE } from '../../exchange/shown-url.js';
import { lastName, type Code } from './code.js';
import type { Located, Values } from './values.js';

/** Objects within objects are looked into to this depth. */
const DEEPEST = 6;

/**
 * The names of the members that an object can have, as JSON Pointers: those that it is written with, those that are put
 * into it afterwards, and those of objects that are brought in. An entry of a list is `*`.
 */
export function membersOf(located: Located, values: Values, at = '', depth = 0): string[] {
  if (depth > DEEPEST) return [];
  const { code } = located;
  const found: string[] = [];
  const member = (name: string, value: Located): void => {
    found.push(at + pointer(name), ...membersOf(value, values, at + pointer(name), depth + 1));
  };
  for (const entry of values.entriesOf(located)) {
    const [name] = values.textsOf({ ...located, ...entry, code: entry.key });
    if (name !== undefined && !name.includes(HOLE)) member(name, { ...located, ...entry });
  }
  for (const structure of code.is === 'record' || code.is === 'list'
    ? [located]
    : values.structuresOf(located)) {
    const { code: made } = structure;
    const part = (inner: Code): Located => ({ ...structure, code: inner });
    if (made.is === 'list') {
      for (const item of made.items) found.push(...membersOf(part(item), values, `${at}/*`, depth + 1));
    } else if (made.is === 'record') {
      for (const { name, value } of made.members) {
        if (name !== undefined) member(name, part(value));
        else found.push(...membersOf(part(value), values, at, depth + 1));
      }
    } else if (made.is === 'call' && WRAPS.test(lastName(made.callee) ?? '')) {
      for (const { name, value } of made.arguments) {
        if (name === undefined || name === '**') found.push(...membersOf(part(value), values, at, depth + 1));
        else if (lastName(made.callee) === 'dict') member(name, part(value));
      }
    }
  }
  return [...new Set(found)];
}

/** What makes a text or another object of an object, with the same members. */
const WRAPS =
  /^(?:dict|stringify|dumps|urlencode|URLSearchParams|assign|freeze|copy|deepcopy|structuredClone|entries)$/;
