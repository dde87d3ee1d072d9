import type { ParameterPlace } from '../../contract/parameter.js';

/**
 * What becomes of a text of a value in its place. In a path, a query and a cookie everything but unreserved characters is
 * percent-encoded, so that it ends neither its segment, nor its pair, nor its cookie (RFC 3986, section 2.3; RFC 6265,
 * section 4.1.1). A header knows no such encoding.
 */
export function encoderOf(place: ParameterPlace, allowReserved: boolean): (text: string) => string {
  if (place === 'header') return (text) => text;
  if (place === 'query' && allowReserved) return (text) => withReserved(percentEncoded(text));
  return percentEncoded;
}

/** Percent-encoded; half a character, which has no encoding, becomes the sign that stands for one. */
export function percentEncoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'));
}

/**
 * With the reserved characters that mean nothing in a query. `#`, `&`, `=`, `+` and brackets stay encoded: OpenAPI leaves
 * it to who writes a value to escape these (3.0.4, section 4.7.12.2.1 and appendix E), and so does `,`, which separates.
 */
function withReserved(encoded: string): string {
  return encoded.replace(/%(?:3A|2F|3F|40|24|3B)/g, (part) => decodeURIComponent(part));
}

/** Whether a header can hold a text (RFC 9110, section 5.5): visible ASCII, and blanks inside. */
export function fitsHeader(text: string): boolean {
  return /^(?:[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?)?$/.test(text);
}
