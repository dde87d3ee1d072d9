import type { Encoding } from '../../contract/encoding.js';
import { resolve } from '../../contract/follow.js';
import { isArray, isObject, type Json, type JsonObject } from '../../json.js';

/**
 * The encodings of the members of a multipart form, with the media types that their schemas give them where the contract
 * names none ([OpenAPI 3.0.4, section 4.7.15.1](https://spec.openapis.org/oas/v3.0.4.html#encoding-object)).
 */
export function multipartEncodings(
  schema: JsonObject | undefined,
  encoding: Readonly<Record<string, Encoding>>,
  document: JsonObject,
): Record<string, Encoding> {
  const members = Object.entries(membersOf(schema, document, DEEPEST)).flatMap(([name, member]) => {
    const contentType = isFile(member, document, DEEPEST) ? fileType(member) : undefined;
    return contentType === undefined ? [] : [[name, { contentType }] as const];
  });
  return { ...Object.fromEntries(members), ...encoding };
}

const DEEPEST = 8;

function membersOf(schema: Json | undefined, document: JsonObject, left: number): JsonObject {
  const whole = resolve(document, schema);
  if (!isObject(whole) || left === 0) return {};
  const { allOf, properties } = whole;
  const inherited = isArray(allOf) ? allOf.map((part) => membersOf(part, document, left - 1)) : [];
  return Object.fromEntries(
    [...inherited, isObject(properties) ? properties : {}].flatMap((part) => Object.entries(part)),
  );
}

/** Whether a member holds a file: `format: binary` in OpenAPI 3.0, `contentEncoding` or its media type in 3.1. */
function isFile(schema: Json | undefined, document: JsonObject, left: number): boolean {
  const whole = resolve(document, schema);
  if (!isObject(whole) || left === 0) return false;
  if (whole['format'] === 'binary' || typeof whole['contentEncoding'] === 'string') return true;
  if (typeof whole['contentMediaType'] === 'string') return true;
  const { items, allOf } = whole;
  return (
    isFile(items, document, left - 1) ||
    (isArray(allOf) && allOf.some((part) => isFile(part, document, left - 1)))
  );
}

function fileType(member: Json | undefined): string {
  const own = isObject(member) ? member['contentMediaType'] : undefined;
  return typeof own === 'string' ? own : 'application/octet-stream';
}
