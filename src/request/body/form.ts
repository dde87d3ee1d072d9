import type { Encoding } from '../../contract/encoding.js';
import { isArray, isObject, type Json } from '../../json.js';
import { writeParameter } from '../parameters/write.js';
import type { WriteBody } from './body.js';

/**
 * A form of a browser
 * ([OpenAPI 3.0.4, section 4.7.14.4](https://spec.openapis.org/oas/v3.0.4.html#support-for-x-www-form-urlencoded-request-bodies)):
 * lists repeat their name, and objects are JSON texts, unless their encoding names a style.
 */
export const writeForm: WriteBody = (value, { type, encoding = {} }) => {
  if (typeof value === 'string') return { ok: true, type, body: value };
  if (!isObject(value)) return { ok: false, why: 'a form has to be an object' };
  const pairs: string[] = [];
  for (const [name, member] of Object.entries(value)) {
    const own = Object.hasOwn(encoding, name) ? (encoding[name] ?? {}) : {};
    const { style, explode, allowReserved } = own;
    const plain = hasStyle(own) ? member : stringified(member);
    const written = writeParameter({ name, in: 'query', style, explode, allowReserved }, plain);
    if (!written.ok)
      return { ok: false, why: `the member “${name}” of the form cannot be written: ${written.why}` };
    pairs.push(...written.texts);
  }
  return { ok: true, type, body: pairs.join('&') };
};

/** Where one of these is given, it decides; else the media type of the member does (section 4.7.15.1). */
export function hasStyle({ style, explode, allowReserved }: Encoding): boolean {
  return style !== undefined || explode !== undefined || allowReserved !== undefined;
}

/** Objects as JSON texts. */
function stringified(value: Json): Json {
  if (isArray(value))
    return value.map((item) => (item !== null && typeof item === 'object' ? JSON.stringify(item) : item));
  return isObject(value) ? JSON.stringify(value) : value;
}
