import { type Json, type JsonObject, isArray, isObject } from '../../json.js';

/** The keyword of our own that is in a schema for those that were set aside. */
export const UNCHECKED = 'conform:unchecked';

/** A keyword that no value is checked against, because it cannot be used as it stands. */
export interface SetAside {
  /** JSON Pointer of the schema in the contract's document. */
  schemaPointer: string;
  keyword: string;
  why: string;
}

/** Notes in a schema that one of its keywords was set aside. */
export function mark(schema: JsonObject, { schemaPointer, keyword, why }: SetAside): void {
  const known = schema[UNCHECKED];
  schema[UNCHECKED] = [...(isArray(known) ? known : []), { schemaPointer, keyword, why }];
}

/** The keywords of a schema that were set aside and would say something of this value. */
export function setAsideFor(marks: Json, value: unknown): SetAside[] {
  if (!isArray(marks)) return [];
  return marks.flatMap((one) => {
    if (!isObject(one)) return [];
    const { schemaPointer, keyword, why } = one;
    if (typeof schemaPointer !== 'string' || typeof keyword !== 'string' || typeof why !== 'string')
      return [];
    return speaksOf(keyword, value) ? [{ schemaPointer, keyword, why }] : [];
  });
}

const STRINGS = new Set(['pattern', 'format', 'minLength', 'maxLength']);
const NUMBERS = new Set(['multipleOf', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']);
const ARRAYS = new Set([
  ...[
    'items',
    'prefixItems',
    'additionalItems',
    'unevaluatedItems',
    'contains',
    'minContains',
    'maxContains',
  ],
  ...['minItems', 'maxItems', 'uniqueItems'],
]);
const OBJECTS = new Set([
  ...['properties', 'patternProperties', 'additionalProperties', 'unevaluatedProperties', 'propertyNames'],
  ...['required', 'dependentRequired', 'dependentSchemas', 'dependencies', 'minProperties', 'maxProperties'],
  'discriminator',
]);

function speaksOf(keyword: string, value: unknown): boolean {
  if (STRINGS.has(keyword)) return typeof value === 'string';
  if (NUMBERS.has(keyword)) return typeof value === 'number';
  if (ARRAYS.has(keyword)) return Array.isArray(value);
  return !OBJECTS.has(keyword) || isObject(value);
}
