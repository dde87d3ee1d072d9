import { firstJson, mostSpecific, type MediaType } from '../contract/content.js';
import { parseMediaType } from '../contract/media-type.js';
import type { Operation } from '../contract/operation.js';
import { responseFor, type DocumentedResponse } from '../contract/response.js';
import { isJsonType, type JsonObject } from '../json.js';
import { header, type Answer } from '../targets/reply.js';

/** What the contract says of JSON: its schema, and where that is. */
export interface DocumentedJson {
  schema: JsonObject;
  schemaPointer: string;
}

/** What the contract says of a body of a media type; of JSON in another type, what it says of JSON. */
export function describedBody(
  response: DocumentedResponse | undefined,
  type: string,
  isJson: boolean,
): [range: string, media: MediaType] | undefined {
  const content = response?.content ?? {};
  const found = mostSpecific(content, type);
  if (found || !isJson) return found;
  return firstJson(content) ?? mostSpecific(content, 'application/json');
}

/** What the contract says of the JSON of an answer: by its status, by the class of that, or for all others. */
export function documentedJson(operation: Operation, answer: Answer): DocumentedJson | undefined {
  const response = responseFor(operation, answer.status);
  const [range, media] = describedBody(response, header(answer, 'content-type') ?? '', true) ?? [];
  // What is described as a text is none, whatever it looks like.
  if (media?.schema === undefined || media.schemaPointer === undefined || range?.startsWith('text/'))
    return undefined;
  return { schema: media.schema, schemaPointer: media.schemaPointer };
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
