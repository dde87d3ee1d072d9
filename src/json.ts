/** Values as JSON knows them (RFC 8259). */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [member: string]: Json;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isArray(value: unknown): value is Json[] {
  return Array.isArray(value);
}

/** A value as a text: a string as it is, everything else as JSON. */
export function asText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A JSON Pointer (RFC 6901) for the given steps; `pointer()` is the whole document. */
export function pointer(...steps: (string | number)[]): string {
  return steps.map((step) => '/' + String(step).replaceAll('~', '~0').replaceAll('/', '~1')).join('');
}

/** The steps of a JSON Pointer (RFC 6901), with or without the leading `#`. */
export function pointerSteps(text: string): string[] {
  const bare = text.startsWith('#') ? decodeURIComponent(text.slice(1)) : text;
  return bare
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value that a JSON Pointer names in a document, or undefined when it names nothing. */
export function at(document: unknown, text: string): Json | undefined {
  let value: unknown = document;
  for (const step of pointerSteps(text)) {
    if (Array.isArray(value)) value = value[Number(step)];
    else if (isObject(value) && Object.hasOwn(value, step)) value = value[step];
    else return undefined;
  }
  return value as Json | undefined;
}

/** The value of a JSON text, or undefined when it is none. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Whether a media type is JSON: `application/json`, or one with the suffix `+json` (RFC 6839, section 3.1). */
export function isJsonType(mediaType: string): boolean {
  return /^application\/(?:[^;]+\+)?json\b/i.test(mediaType);
}
