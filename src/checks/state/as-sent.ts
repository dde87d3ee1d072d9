import { isArray, isObject, type Json, type JsonObject } from '../../json.js';
import { mayBeSameInstant } from '../instants.js';

/** A member of a record that is not as it was sent. */
export interface Difference {
  /** The names of the members that lead to it. */
  path: string[];
  /**
   * `lost`: nothing is there; `old`: what was there before; `other`: a number or truth value that nobody sent, or another
   * text where the one was sent that was there.
   */
  kind: 'lost' | 'old' | 'other';
}

/**
 * What of a sent value is not in a record. Texts in another form (a phone number, a postcode, a time) are the same value
 * kept in a normal form, as far as anybody outside can tell; what was left out or sent as null is no promise.
 * @param declared the members that a read of the record may have by the contract
 * @param before the record before it was sent
 */
export function differences(
  sent: JsonObject,
  record: JsonObject,
  declared: ReadonlySet<string>,
  before?: JsonObject,
): Difference[] {
  return Object.entries(sent).flatMap(([name, value]): Difference[] => {
    if (!declared.has(name) || isNothing(value)) return [];
    const came = Object.hasOwn(record, name) ? record[name] : undefined;
    const old = before && Object.hasOwn(before, name) ? before[name] : undefined;
    if (isObject(value) && isObject(came)) {
      return differences(value, came, declared, isObject(old) ? old : undefined).map(({ path, kind }) => ({
        path: [name, ...path],
        kind,
      }));
    }
    const kind = differenceOf(value, came, old) ?? (isTurned(name, value, came, old) ? 'other' : undefined);
    return kind === undefined ? [] : [{ path: [name], kind }];
  });
}

function differenceOf(
  sent: Json,
  came: Json | undefined,
  old: Json | undefined,
): Difference['kind'] | undefined {
  if (isNothing(came)) return 'lost';
  if (came === undefined || isSame(sent, came)) return undefined;
  if (old !== undefined && isSame(old, came)) return 'old';
  if (typeof sent === 'boolean' && typeof came === 'boolean') return 'other';
  const isOther = typeof sent === 'number' && typeof came === 'number' && Math.abs(sent - came) >= 1;
  return isOther ? 'other' : undefined;
}

/** Whether a text that was sent as it was shown before has become another one: no normal form does that. */
function isTurned(name: string, sent: Json, came: Json | undefined, old: Json | undefined): boolean {
  return (
    !OF_EVERY_CHANGE.test(name) &&
    !MOVES_ON.test(name) &&
    [sent, came, old].every((one) => typeof one === 'string') &&
    isSame(sent, old ?? null) &&
    !isSame(sent, came ?? null)
  );
}

/**
 * The members in which one record is not as another one. In a list the order says nothing, and of a member that every
 * change may change, or that moves on by itself, nothing is known.
 */
export function unlike(one: JsonObject, other: JsonObject, names: readonly string[]): string[] {
  return names.filter(
    (name) =>
      !OF_EVERY_CHANGE.test(name) &&
      !MOVES_ON.test(name) &&
      !isSame(inOrder(one[name] ?? null), inOrder(other[name] ?? null)),
  );
}

/** The members of what was sent in which one record is not as another one. */
export function unlikeWhereSent(sent: JsonObject, one: JsonObject, other: JsonObject): string[] {
  return Object.entries(sent).flatMap(([name, value]) =>
    unlike({ [name]: partSent(one[name] ?? null, value) }, { [name]: partSent(other[name] ?? null, value) }, [
      name,
    ]),
  );
}

/** Of a value what was sent: a host may add members of its own to each object, and change them with every change. */
function partSent(value: Json, sent: Json): Json {
  if (!isObject(value) || !isObject(sent)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]): [string, Json][] => {
      const own = Object.hasOwn(sent, name) ? sent[name] : undefined;
      return own === undefined ? [] : [[name, partSent(one, own)]];
    }),
  );
}

function inOrder(value: Json): Json {
  if (!isArray(value)) return value;
  const byText = (item: Json) => JSON.stringify(item);
  return [...value].sort((a, b) => (byText(a) < byText(b) ? -1 : 1));
}

/** What every change may change. */
export const OF_EVERY_CHANGE = /^(?:updated|modified|changed|last|version|revision|rev$|etag)/i;
/** What may follow from other members of a change, or move on by itself. */
const MOVES_ON =
  /(?:[Ss]tatus|[Ss]tate|[Ss]tage|[Pp]hase|[Ss]tep|[Pp]rogress|[Dd]ate|[Tt]ime|[Tt]ext|[Ss]ummary|[Ll]abel)$|(?:At|On|By|_at|_on|_by)$/;

/** Whether a value is as good as none. */
export function isNothing(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '' || (isArray(value) && value.length === 0);
}

/** Whether two values are the same, or may be two ways to write the same. */
export function isSame(one: Json, other: Json): boolean {
  if (isArray(one) && isArray(other))
    return one.length === other.length && one.every((item, index) => isSame(item, other[index] ?? null));
  if (isObject(one) && isObject(other)) {
    const names = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...names].every((name) => isSame(one[name] ?? null, other[name] ?? null));
  }
  if (one === other) return true;
  if (isArray(one) || isArray(other) || isObject(one) || isObject(other)) return false;
  const [first, second] = [String(one), String(other)];
  return mayBeSameInstant(first, second) || normal(first) === normal(second);
}

/** Letters and digits alone: what all the normal forms of a text have in common. */
function normal(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
