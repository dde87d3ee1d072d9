import { parsePhoneNumberFromString } from 'libphonenumber-js';

/** A telephone number that somebody can have. */
export interface Phone {
  /** E.164 (ITU-T), with the plus sign. */
  e164: string;
  /** Without the plus sign, as the cache keeps it. */
  digits: string;
  extension?: string;
}

/**
 * The one place that says what a telephone number is: whatever the API, a person, or a telephone network writes
 * becomes E.164, or undefined when it is not a number that can belong to one person: withheld callers, words,
 * short codes, numbers that no country gives out. Without a country code a number is North American.
 */
export function normalisePhone(text: string): Phone | undefined {
  if (text.length > LONGEST) return undefined;
  // What telephone networks send, and so nearly every lookup; the library would say the same, but takes as long
  // for it as the database takes for the answer.
  if (FROM_NETWORK.test(text)) return { e164: text, digits: text.slice(1) };
  const number = text.replace(/^\s*tel:/i, '');
  // Letters are an extension or nothing: “1-800-FLOWERS” is how people read numbers, not how networks send them.
  if (/\p{L}/u.test(number.replace(EXTENSION, ''))) return undefined;
  const parsed = parsePhoneNumberFromString(number, { defaultCountry: 'US', extract: false });
  if (!parsed) return undefined;
  // Within North America the library knows every area code of the day it was published; new ones are opened each
  // year, and whoever gets a number there must not become nobody.
  const real =
    parsed.countryCallingCode === '1' ? NORTH_AMERICAN.test(parsed.nationalNumber) : parsed.isValid();
  if (!real) return undefined;
  const digits = parsed.number.slice(1);
  if (WITHHELD.has(digits)) return undefined;
  return {
    e164: parsed.number,
    digits,
    ...(parsed.ext === undefined ? {} : { extension: parsed.ext }),
  };
}

/** Longer than any number with country code, extension and punctuation. */
const LONGEST = 64;

/** As the API documents its numbers: ten digits, the first neither 0 nor 1. */
const NORTH_AMERICAN = /^[2-9]\d{9}$/;

const FROM_NETWORK = /^\+1[2-9]\d{9}$/;

const EXTENSION = /(?:;ext=|\s*(?:ext(?:ension|n)?\.?|x|#)\s*)\d{1,7}\s*$/i;

/** What networks send in place of a number that is withheld: words typed on a telephone's keys. */
const WITHHELD = new Set([
  '266696687', // anonymous
  '7378742833', // restricted
  '2562533', // blocked
  '8656696', // unknown
  '86282452253', // unavailable
]);
