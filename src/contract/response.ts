import { isObject, objectOf, pointer, type Json, type JsonObject } from '../json.js';
import { readContent, type MediaType } from './content.js';
import { follow } from './follow.js';
import { readHeaders, type DocumentedHeader } from './header.js';

/** @see https://spec.openapis.org/oas/v3.0.4.html#response-object */
export interface DocumentedResponse {
  description: string;
  headers: DocumentedHeader[];
  /** By media type. Empty when the response has no body. */
  content: Record<string, MediaType>;
}

interface Responding {
  responses: Readonly<Record<string, DocumentedResponse>>;
}

/**
 * The key of the response that applies to a status: its own, that of its class, or `default` (OpenAPI 3.0.4,
 * section 4.7.16).
 */
export function responseKey({ responses }: Responding, status: number): string | undefined {
  return [String(status), `${String(status).charAt(0)}XX`, 'default'].find((key) =>
    Object.hasOwn(responses, key),
  );
}

/** The response that applies to a status. */
export function responseFor(operation: Responding, status: number): DocumentedResponse | undefined {
  const key = responseKey(operation, status);
  return key === undefined ? undefined : operation.responses[key];
}

/** @param here JSON Pointer of the operation */
export function readResponses(
  document: JsonObject,
  value: Json | undefined,
  here: string,
): Record<string, DocumentedResponse> {
  if (!isObject(value)) return {};
  return objectOf(
    Object.entries(value).flatMap(([status, item]): [string, DocumentedResponse][] => {
      const { value: response, pointer: there } = follow(document, item, here + pointer('responses', status));
      if (!isObject(response)) return [];
      const { description } = response;
      const key = /^\dxx$/i.test(status) ? status.toUpperCase() : status;
      return [
        [
          key,
          {
            description: typeof description === 'string' ? description : '',
            headers: readHeaders(document, response['headers'], there + pointer('headers')),
            content: readContent(document, response['content'], there),
          },
        ],
      ];
    }),
  );
}
