import { firstJson, mostSpecific } from '../contract/content.js';
import { parseMediaType } from '../contract/media-type.js';
import type { Operation } from '../contract/operation.js';
import { responseFor, type DocumentedResponse } from '../contract/response.js';
import { isJsonType, type JsonObject } from '../json.js';
import { header, type Answer } from '../target/reply.js';

/** What the contract says of JSON: its schema, and where that stands. */
export interface DocumentedJson {
  schema: JsonObject;
  schemaPointer: string;
}

/** What the contract says of the JSON of an answer: by its status, by the class of that, or for all others. */
export function documentedJson(operation: Operation, answer: Answer): DocumentedJson | undefined {
  return jsonOf(responseFor(operation, answer.status), header(answer, 'content-type') ?? '');
}

/** What the contract says of errors in JSON, each once. */
export function documentedErrors({ responses }: Operation): DocumentedJson[] {
  const found = new Map<string, DocumentedJson>();
  for (const [status, { content }] of Object.entries(responses)) {
    if (!/^[45]|^default$/.test(status)) continue;
    for (const [type, { schema, schemaPointer }] of Object.entries(content))
      if (isJsonType(type) && schema && schemaPointer !== undefined)
        found.set(schemaPointer, { schema, schemaPointer });
  }
  return [...found.values()];
}

/** Whether a media type is that of a problem (RFC 9457, section 3). */
export function isProblem(type: string | undefined): boolean {
  return parseMediaType(type ?? '')?.essence === 'application/problem+json';
}

function jsonOf(response: DocumentedResponse | undefined, type: string): DocumentedJson | undefined {
  const content = response?.content ?? {};
  const [, media] = (isJsonType(type) ? mostSpecific(content, type) : undefined) ?? firstJson(content) ?? [];
  return media?.schema && media.schemaPointer !== undefined
    ? { schema: media.schema, schemaPointer: media.schemaPointer }
    : undefined;
}
