import type { Encoding } from '../../contract/encoding.js';
import { isArray, isJsonType, isObject, type Json } from '../../json.js';
import { writeParameter } from '../parameters/write.js';
import type { WriteBody } from './body.js';
import { hasStyle } from './form.js';
import { concrete } from './media-types.js';

interface Part {
  name: string;
  /** Undefined for a text, which needs no word of it (RFC 7578, section 4.4). */
  type: string | undefined;
  text: string;
}

/**
 * A form with files
 * ([OpenAPI 3.0.4, section 4.7.14.5](https://spec.openapis.org/oas/v3.0.4.html#considerations-for-multipart-content);
 * RFC 7578): one part for each member, and for each item of a list; objects as JSON.
 */
export const writeMultipart: WriteBody = (value, { type, encoding = {} }) => {
  if (!isObject(value)) return { ok: false, why: 'a form has to be an object' };
  const parts: Part[] = [];
  for (const [name, member] of Object.entries(value)) {
    const own = Object.hasOwn(encoding, name) ? (encoding[name] ?? {}) : {};
    const items = isArray(member) && !hasStyle(own) ? member : [member];
    for (const item of items) {
      if (item === null) continue;
      const part = partOf(name, item, own);
      if (!part)
        return {
          ok: false,
          why: `the member “${name}” of the form cannot be written as ${own.contentType ?? 'a text'}`,
        };
      parts.push(part);
    }
  }
  const boundary = boundaryFor(parts);
  const written = parts.map((part) => `--${boundary}\r\n${headOf(part)}\r\n\r\n${part.text}\r\n`);
  return {
    ok: true,
    type: `${type.replace(/;\s*boundary=[^;]*/i, '')}; boundary=${boundary}`,
    body: `${written.join('')}--${boundary}--\r\n`,
  };
};

function partOf(name: string, value: Json, encoding: Encoding): Part | undefined {
  if (hasStyle(encoding)) return styledPart(name, value, encoding);
  const given = encoding.contentType === undefined ? undefined : concrete(encoding.contentType);
  if (encoding.contentType !== undefined && given === undefined) return undefined;
  if (typeof value === 'object') {
    const type = given ?? 'application/json';
    return isJsonType(type) ? { name, type, text: JSON.stringify(value) } : undefined;
  }
  const type = given === 'text/plain' ? undefined : given;
  return { name, type, text: type !== undefined && isJsonType(type) ? JSON.stringify(value) : String(value) };
}

/** A list in one part: `a,b`. */
function styledPart(name: string, value: Json, { style, explode }: Encoding): Part | undefined {
  // A part is no URL, so nothing in it is encoded: as in a header.
  const inHeader = style === 'form' || style === undefined ? 'simple' : style;
  const written = writeParameter({ name, in: 'header', style: inHeader, explode: explode ?? false }, value);
  return written.ok ? { name, type: undefined, text: written.texts.join('') } : undefined;
}

/** What is neither a text nor JSON is a file, and has a name. */
function headOf({ name, type }: Part): string {
  const isFile = type !== undefined && !isJsonType(type) && !type.startsWith('text/plain');
  return [
    `Content-Disposition: form-data; name="${escaped(name)}"${isFile ? '; filename="conform.txt"' : ''}`,
    ...(type === undefined ? [] : [`Content-Type: ${type}`]),
  ].join('\r\n');
}

/** As browsers write names (HTML Standard, section 4.10.21.8). */
function escaped(name: string): string {
  return name.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');
}

/** A text that is in no part; the same parts have the same. */
function boundaryFor(parts: readonly Part[]): string {
  let boundary = 'conform-boundary';
  while (parts.some(({ text, name }) => text.includes(boundary) || name.includes(boundary))) boundary += '-x';
  return boundary;
}
