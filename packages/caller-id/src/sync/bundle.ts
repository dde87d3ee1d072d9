import { isArray, isObject, type JsonObject } from 'wellsky-conform/kit';

/** One page of a search, whichever of the two forms it came in. */
export interface Page {
  /** Each is a resource, unwrapped. */
  resources: JsonObject[];
  /** How many there are on all pages, where the answer says so. */
  total: number | undefined;
}

/**
 * Reads a Bundle (HL7 FHIR R4, Bundle): entries bare, as the documentation shows them, or wrapped in `resource`,
 * as they came; the count as `totalRecords` or `total`; no `entry` at all when nothing was found.
 * @returns undefined when it is not a Bundle
 */
export function readBundle(body: unknown): Page | undefined {
  if (!isObject(body)) return undefined;
  const { entry } = body;
  if (body['resourceType'] !== 'Bundle' && !isArray(entry)) return undefined;
  if (entry !== undefined && !isArray(entry)) return undefined;
  const resources = (entry ?? []).map((one) =>
    isObject(one) && isObject(one['resource']) ? one['resource'] : one,
  );
  if (!resources.every(isObject)) return undefined;
  const total = body['totalRecords'] ?? body['total'];
  return { resources, total: typeof total === 'number' ? total : undefined };
}
