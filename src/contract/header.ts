import { isObject, pointer, type Json, type JsonObject } from '../json.js';
import type { DocumentedHeader } from './contract.js';
import { follow } from './follow.js';

/**
 * The headers of a response (OpenAPI 3.0.4, section 4.8.21). `Content-Type` is left out: it is described by `content`
 * (section 4.8.17).
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
