import type { JsonObject } from '../../json.js';
import type { References } from './references.js';
import { mark } from './unchecked.js';

/** Something in a schema that was read otherwise than it is written, or not used. */
export interface SchemaRepair {
  pointer: string;
  what: string;
  assumed: string;
}

/** The schemas of a document while they are made ready: copies that may be changed, and what was found. */
export interface Workshop {
  references: References;
  /** The schemas by the pointers that they have in the document. */
  sites: Map<string, JsonObject>;
  /** And the other way round, also for schemas that were made: the pointer of what they were made of. */
  pointers: Map<JsonObject, string>;
  /** What a schema with a `$ref` refers to. Pointers come at the end, since schemas move. */
  targets: Map<JsonObject, JsonObject>;
  repairs: SchemaRepair[];
}

/** Takes a keyword out of a schema, and remembers that nothing was checked against it. */
export function setAside(
  { repairs }: Pick<Workshop, 'repairs'>,
  schema: JsonObject,
  given: { pointer: string; keyword: string; why: string },
): void {
  const { pointer, keyword, why } = given;
  Reflect.deleteProperty(schema, keyword);
  mark(schema, { schemaPointer: pointer, keyword, why });
  repairs.push({
    pointer,
    what: `“${keyword}” cannot be used: ${why}`,
    assumed: 'values are not checked against it',
  });
}
