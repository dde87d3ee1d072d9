import { isObject, type Json, type JsonObject } from '../json.js';
import { readContent, type MediaType } from './content.js';
import { follow } from './follow.js';

/** @see https://spec.openapis.org/oas/v3.0.4.html#request-body-object */
export interface RequestBody {
  required: boolean;
  /** By media type. */
  content: Record<string, MediaType>;
}

/** @param here JSON Pointer of the body, which may be a reference */
export function readBody(
  document: JsonObject,
  value: Json | undefined,
  here: string,
): RequestBody | undefined {
  const { value: body, pointer: there } = follow(document, value, here);
  if (!isObject(body)) return undefined;
  return { required: body['required'] === true, content: readContent(document, body['content'], there) };
}
