import type { JsonObject } from '../../json.js';
import { within } from './in-place.js';

/** A pointer as the reference that the validator resolves. */
export function fragmentOf(pointer: string): string {
  return `${ROOT}#${pointer.split('/').map(encodeURIComponent).join('/')}`;
}

/** The pointer that such a reference has been made of. */
export function placeOfFragment(reference: string): string {
  return decodeURIComponent(reference.slice(ROOT.length + 1));
}

/** What the root is called. */
export const ROOT = 'contract:';

/** The places that the references in a schema lead to. */
export function targetsIn(schema: JsonObject): string[] {
  return [...within(schema)].flatMap(({ $ref }) => (typeof $ref === 'string' ? [placeOfFragment($ref)] : []));
}
