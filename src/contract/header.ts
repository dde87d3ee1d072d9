import { isObject, pointer, type Json, type JsonObject } from '../json.js';
import { follow } from './follow.js';

/** @see https://spec.openapis.org/oas/v3.0.4.html#header-object */
export interface DocumentedHeader {
  name: string;
  required: boolean;
  schema: JsonObject;
  /** JSON Pointer of its schema in the document. */
  schemaPointer: string | undefined;
  /** The media type of its value, where the contract describes it by `content`; else it is written in the style `simple`. */
  mediaType: string | undefined;
}

/**
 * The headers of a response . `Content-Type` is left out: it is described by `content`
 * (OpenAPI 3.0.4, section 4.8.17).
 * @param here JSON Pointer of the map
 */
export function readHeaders(document: JsonObject, value: Json | undefined, here: string): DocumentedHeader[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, item]): DocumentedHeader[] => {
    if (name.toLowerCase() === 'content-type') return [];
    const { value: header, pointer: there } = follow(document, item, here + pointer(name));
    if (!isObject(header)) return [];
    const [type, media] = isObject(header['content']) ? (Object.entries(header['content'])[0] ?? []) : [];
    const isInContent = header['schema'] === undefined && type !== undefined && isObject(media);
    const schema = isInContent ? media['schema'] : header['schema'];
    return [
      {
        name,
        required: header['required'] === true,
        schema: isObject(schema) ? schema : {},
        schemaPointer: isObject(schema)
          ? there + (isInContent ? pointer('content', type, 'schema') : pointer('schema'))
          : undefined,
        mediaType: isInContent ? type : undefined,
      },
    ];
  });
}
