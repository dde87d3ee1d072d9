import { firstJson, mostSpecific } from '../contract/content.js';
import type { Operation } from '../contract/operation.js';
import type { DocumentedResponse } from '../contract/response.js';
import { isJsonType, type JsonObject } from '../json.js';
import { header, type Answer } from '../target/reply.js';

/** What the contract says of JSON: its schema, and where that stands. */
export interface DocumentedJson {
  schema: JsonObject;
  schemaPointer: string;
}

/** What the contract says of the JSON of an answer: by its status, by the class of that, or for all others. */
export function documentedJson({ responses }: Operation, answer: Answer): DocumentedJson | undefined {
  const { status } = answer;
  const response = responses[status] ?? responses[`${String(status).charAt(0)}XX`] ?? responses['default'];
  return jsonOf(response, header(answer, 'content-type') ?? '');
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

function jsonOf(response: DocumentedResponse | undefined, type: string): DocumentedJson | undefined {
  const content = response?.content ?? {};
  const [, media] = (isJsonType(type) ? mostSpecific(content, type) : undefined) ?? firstJson(content) ?? [];
  return media?.schema && media.schemaPointer !== undefined
    ? { schema: media.schema, schemaPointer: media.schemaPointer }
    : undefined;
}
