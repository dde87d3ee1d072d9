import { isArray, isObject, type Json, type JsonObject } from '../../json.js';
import { plainName } from '../../probe/id-names.js';
import type { Value } from '../../probe/value.js';
import { holdsText, isPlainText } from './filter.js';

/** What chooses among things by a text that stands somewhere inside of them. */
export interface DeepFilter {
  name: string;
  /** A value that none of the things has, then one that some of them have and others have not. */
  trials: readonly [nobodys: string, known: Value];
}

/** So many of them are tried, each with two requests: one for phones, by which callers are known, and others. */
export const MOST_DEEP = 3;

/**
 * The filters whose values the things have deep inside: under a member of the same name, or, of a phone number, where
 * numbers of phones are.
 * @param nobodys a text that nothing has
 */
export function deepFiltersOf(
  given: readonly (readonly [name: string, schema: JsonObject])[],
  things: readonly Json[],
  nobodys: string,
): DeepFilter[] {
  const found = given.flatMap(([name, schema]): DeepFilter[] => {
    if (schema['type'] !== 'string' || schema['format'] !== undefined || schema['enum'] !== undefined)
      return [];
    const isPhone = PHONE.test(plainName(name));
    if (schema['pattern'] !== undefined && !isPhone) return [];
    const values = things.map((thing) => textsUnder(thing, plainName(name), isPhone));
    const known = values
      .flat()
      .find((value) => isPlainText(value) && !things.every((thing) => holdsText(thing, value)));
    if (known === undefined) return [];
    const other = isPhone ? otherNumber(known) : nobodys;
    const { minLength = 0, maxLength = Infinity } = schema;
    const fits = Number(minLength) <= other.length && other.length <= Number(maxLength);
    if (!fits || things.some((thing) => holdsText(thing, other))) return [];
    return [{ name, trials: [other, { sent: known, shown: `‹${name}›` }] }];
  });
  const phones = found.filter(({ name }) => PHONE.test(plainName(name)));
  const phone = phones.find(({ name }) => MOBILE.test(plainName(name))) ?? phones[0];
  const others = found.filter((one) => !phones.includes(one));
  return [...(phone ? [phone] : []), ...others].slice(0, MOST_DEEP);
}

const PHONE = /phone|mobile|fax/;
const MOBILE = /mobile/;
/** Members in which phone numbers are. */
const OF_PHONES = /phone|mobile|tel|contact/;
const NUMBER = /^\+?\d[\d ().-]{5,18}\d$/;

/** The texts under members of a name, or the phone numbers of a thing. */
function textsUnder(value: Json, member: string, isPhone: boolean, isWithin = false): string[] {
  if (typeof value === 'string') {
    if (!isWithin) return [];
    return !isPhone || (NUMBER.test(value) && !/^\d{4}-\d\d/.test(value)) ? [value] : [];
  }
  if (isArray(value)) return value.flatMap((one) => textsUnder(one, member, isPhone, isWithin));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const plain = plainName(name);
    // What a text belongs to that has members of its own is not said by the name of the whole.
    const isMeant = isPhone ? isWithin || OF_PHONES.test(plain) : plain === member && !isObject(inner);
    return textsUnder(inner, member, isPhone, isMeant);
  });
}

/** A number of the same form that nobody has: the numbers 555-01xx are kept free for that. */
function otherNumber(known: string): string {
  const digits = known.replaceAll(/\D/g, '').length;
  let place = 0;
  return known.replaceAll(/\d/g, (own) => {
    place += 1;
    return FREE.at(place - 1 - digits) ?? own;
  });
}

const FREE = '5550147';
