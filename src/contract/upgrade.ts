import { isObject, type JsonObject } from '../json.js';
import { Problem } from '../problem.js';
import { encodeCollections, noteCollectionFormats } from './collection-formats.js';
import { handDownBodies } from './path-bodies.js';

/**
 * Turns a Swagger 2.0 document into OpenAPI 3.0; any other document is returned as it is.
 * @throws Problem when the document cannot be converted.
 */
export async function upgradeSwagger(document: JsonObject, file: string): Promise<JsonObject> {
  if (document['swagger'] === undefined) return document;
  const { default: swagger2openapi } = await import('swagger2openapi');
  try {
    // The converter types its input by the letter of the specification; what it gets was checked to be an object.
    const noted = structuredClone(document);
    handDownBodies(noted);
    noteCollectionFormats(noted);
    const input: unknown = noted;
    const result: unknown = await swagger2openapi.convertObj(input as never, {
      patch: true,
      warnOnly: true,
      resolve: false,
    });
    const converted = isObject(result) ? result['openapi'] : undefined;
    if (isObject(converted)) {
      encodeCollections(converted);
      return converted;
    }
    throw new Error('the conversion gave no document');
  } catch (error) {
    throw new Problem(
      'CONFORM_E_CONTRACT_INVALID',
      `the file cannot be read as Swagger 2.0: ${error instanceof Error ? error.message : String(error)}`,
      {
        place: { file },
        remedy: 'Check the file with an OpenAPI editor, or convert it to OpenAPI 3.',
        cause: error,
      },
    );
  }
}

/** Where the parts of a Swagger 2.0 document are after the upgrade. */
const MOVED = [
  ['/components/schemas/', '/definitions/'],
  ['/components/responses/', '/responses/'],
  ['/components/securitySchemes/', '/securityDefinitions/'],
  ['/paths/', '/paths/'],
] as const;

/**
 * The place in a Swagger 2.0 document that a place of the upgraded one comes from, or what lies below it there: an
 * ancestor of it is in both. Undefined for what the upgrade has made.
 */
export function swaggerPointer(pointer: string): string | undefined {
  const moved = MOVED.find(([now]) => pointer.startsWith(now));
  return moved && moved[1] + pointer.slice(moved[0].length);
}
