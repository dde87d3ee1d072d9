import { isArray, isObject, type Json, type JsonObject } from '../json.js';
import { COLLECTION_FORMAT } from './styles.js';

/*
 * How Swagger 2.0 writes lists
 * ([section 5.2.10, collectionFormat](https://spec.openapis.org/oas/v2.0.html#parameter-object)). The converter keeps
 * those of them that OpenAPI 3 has a style for; the others it drops, and with them all of the members of forms.
 */

/** Notes on the parameters of a Swagger 2.0 document what the converter would drop. */
export function noteCollectionFormats(document: JsonObject): void {
  for (const list of parameterLists(document)) {
    for (const parameter of list) {
      if (!isObject(parameter) || parameter['type'] !== 'array') continue;
      const { in: place, collectionFormat: format = 'csv' } = parameter;
      const isKept = format === 'csv' || format === 'multi' || (place === 'query' && format !== 'tsv');
      if (place === 'formData' || !isKept) parameter[COLLECTION_FORMAT] = format;
    }
  }
}

/** Turns what was noted of the members of forms into Encoding Objects (OpenAPI 3.0.4, section 4.7.15). */
export function encodeCollections(document: JsonObject): void {
  for (const body of requestBodies(document)) {
    const content = body['content'];
    if (!isObject(content)) continue;
    for (const media of Object.values(content)) {
      const schema = isObject(media) ? media['schema'] : undefined;
      const properties = isObject(schema) ? schema['properties'] : undefined;
      if (isObject(media) && isObject(properties)) encodeMembers(media, properties);
    }
  }
}

function encodeMembers(media: JsonObject, properties: JsonObject): void {
  for (const [name, property] of Object.entries(properties)) {
    const format = isObject(property) ? property[COLLECTION_FORMAT] : undefined;
    if (!isObject(property) || typeof format !== 'string') continue;
    Reflect.deleteProperty(property, COLLECTION_FORMAT);
    // To repeat the name is what OpenAPI 3 does by itself.
    if (format === 'multi') continue;
    const encoding = isObject(media['encoding']) ? media['encoding'] : {};
    const own: JsonObject = format === 'csv' ? { style: 'form' } : { [COLLECTION_FORMAT]: format };
    media['encoding'] = { ...encoding, [name]: { ...own, explode: false } };
  }
}

function parameterLists(document: JsonObject): Json[][] {
  const shared = document['parameters'];
  return [
    ...(isObject(shared) ? [Object.values(shared)] : []),
    ...pathItems(document).flatMap((item) =>
      [item, ...Object.values(item)].flatMap((holder) => {
        const list = isObject(holder) ? holder['parameters'] : undefined;
        return isArray(list) ? [list] : [];
      }),
    ),
  ];
}

function requestBodies(document: JsonObject): JsonObject[] {
  const components = document['components'];
  const shared = isObject(components) ? components['requestBodies'] : undefined;
  const own = pathItems(document)
    .flatMap((item) => Object.values(item))
    .map((operation) => (isObject(operation) ? operation['requestBody'] : undefined));
  return [...(isObject(shared) ? Object.values(shared) : []), ...own].filter((body) => isObject(body));
}

function pathItems(document: JsonObject): JsonObject[] {
  const paths = document['paths'];
  return isObject(paths) ? Object.values(paths).filter((item) => isObject(item)) : [];
}
