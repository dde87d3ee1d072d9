import { isJsonType, type Json } from '../../json.js';

/** The text of a value that the contract describes by `content` (OpenAPI 3.0.4, section 4.7.12.2.2); undefined for others. */
export function contentText(type: string, value: Json): string | undefined {
  // A header holds ASCII only, and elsewhere it means the same.
  if (isJsonType(type)) return JSON.stringify(value).replace(/[^\x20-\x7e]/g, (unit) => escaped(unit));
  return /^text\//i.test(type) && typeof value !== 'object' ? String(value) : undefined;
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
