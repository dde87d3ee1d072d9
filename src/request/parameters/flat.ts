import { asText, isArray, isObject, type Json } from '../../json.js';

/** A value as far as styles can write it: what is in a list or an object is one text each. */
export type Flat =
  | { kind: 'one'; text: string }
  | { kind: 'list'; items: readonly string[] }
  | { kind: 'object'; members: readonly (readonly [name: string, text: string])[] };

/**
 * A value for a style, or undefined where no style can write it: a list or an object in another. OpenAPI leaves open how
 * these are written (3.0.4, section 4.7.12.4). `null` is written nowhere.
 * @param encode what becomes of each text
 */
export function flatten(value: Json, encode: (text: string) => string): Flat | undefined {
  if (isArray(value)) {
    const items = value.filter((item) => item !== null);
    if (items.some((item) => typeof item === 'object')) return undefined;
    return { kind: 'list', items: items.map((item) => encode(asText(item))) };
  }
  if (isObject(value)) {
    const members = Object.entries(value).filter(([, member]) => member !== null);
    if (members.some(([, member]) => typeof member === 'object')) return undefined;
    return {
      kind: 'object',
      members: members.map(([name, member]) => [encode(name), encode(asText(member))] as const),
    };
  }
  return value === null ? { kind: 'list', items: [] } : { kind: 'one', text: encode(String(value)) };
}

/** The members of an object in a row: `R,100,G,200`. */
export function inRow(members: readonly (readonly [string, string])[]): string[] {
  return members.flat();
}

/** The members of an object as pairs: `R=100`. */
export function asPairs(members: readonly (readonly [string, string])[]): string[] {
  return members.map(([name, text]) => `${name}=${text}`);
}
