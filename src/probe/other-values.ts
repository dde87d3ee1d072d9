import { isObject, type Json, type JsonObject } from '../json.js';

/**
 * A body with other values in the members that anybody may choose: numbers, truth values and plain texts, at the top and
 * in what is there. Names, times and words of a list stay as they are: a host may refuse others, or know the record
 * by them.
 * @param isAllowed whether the contract allows a body
 * @param kept texts that have to stay
 */
export function withOtherValues(
  body: JsonObject,
  isAllowed: (body: JsonObject) => boolean,
  kept: readonly string[] = [],
): JsonObject {
  const isKept = (value: Json | undefined) =>
    typeof value === 'string' && kept.some((text) => value.includes(text));
  let changed = body;
  for (const path of placesIn(body)) {
    const value = memberAt(changed, path);
    if (isKept(value)) continue;
    const candidates = othersFor(path.at(-1) ?? '', value).map((other) => replaced(changed, path, other));
    changed = candidates.find(isAllowed) ?? changed;
  }
  return changed;
}

/** Where the plain values of a body are, two levels deep. */
export function placesIn(body: JsonObject): string[][] {
  return Object.entries(body).flatMap(([name, value]) =>
    isObject(value) ? Object.keys(value).map((inner) => [name, inner]) : [[name]],
  );
}

export function memberAt(body: JsonObject | undefined, path: readonly string[]): Json | undefined {
  let value: Json | undefined = body;
  for (const step of path) value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  return value;
}

/** @param value undefined leaves the member out */
export function replaced(body: JsonObject, path: readonly string[], value: Json | undefined): JsonObject {
  const [name = '', ...rest] = path;
  const inner = body[name];
  const own = rest.length > 0 && isObject(inner) ? replaced(inner, rest, value) : value;
  const others = Object.entries(body).filter(([other]) => other !== name);
  return own === undefined ? Object.fromEntries(others) : { ...body, [name]: own };
}

function othersFor(name: string, value: Json | undefined): Json[] {
  if (typeof value === 'boolean') return [!value];
  if (NAMES_OTHERS.test(name)) return [];
  if (typeof value === 'number')
    return Number.isInteger(value) ? [value + 1, value - 1] : [value + 0.5, value - 0.5];
  if (typeof value !== 'string') return [];
  return WORDS.test(value) || SENTENCE.test(value) ? [`${value} again`, `${value}s`] : [];
}

const WORDS = /^\p{L}[\p{L} ]*$/u;
/** What only people read: several words, which may end in a full stop. */
const SENTENCE = /^\p{L}[\p{L}\p{N}]*(?:,? [\p{L}\p{N}]+){2,}[.!?]?$/u;

/**
 * Members that name something else, or one of a few words; and those by which a host may know the record itself: what was
 * given another name could not be removed any more.
 */
const NAMES_OTHERS =
  /(?:id|code|key|type|status|state|kind|version|url|email|phone|zone|country|currency|language|name|slug|login|path|host|domain|label)$/i;
