import { isArray, isObject, type Json } from '../../json.js';

/** Whether a value is a schema of JSON Schema: an object, or true or false. */
export function isSchema(value: Json | undefined): boolean {
  return isObject(value) || typeof value === 'boolean';
}

const isNumber = (value: Json) => typeof value === 'number' && Number.isFinite(value);
const isCount = (value: Json) => typeof value === 'number' && Number.isInteger(value) && value >= 0;
const isNames = (value: Json) => isArray(value) && value.every((name) => typeof name === 'string');
const isMap = (value: Json) => isObject(value);
const isList = (value: Json) => isArray(value) && value.length > 0;

const TYPES = new Set(['null', 'boolean', 'object', 'array', 'number', 'string', 'integer']);
const isType = (value: Json) => typeof value === 'string' && TYPES.has(value);

/** What the value of each keyword has to be (JSON Schema 2020-12, core and validation). */
const SHAPES: Readonly<Record<string, (value: Json) => boolean>> = {
  type: (value) => isType(value) || (isArray(value) && value.length > 0 && value.every(isType)),
  enum: isList,
  multipleOf: (value) => typeof value === 'number' && value > 0,
  ...shared(isNumber, ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']),
  ...shared(isCount, ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties']),
  ...shared(isCount, ['minContains', 'maxContains']),
  ...shared((value) => typeof value === 'string', ['pattern', 'format', '$ref']),
  uniqueItems: (value) => typeof value === 'boolean',
  required: isNames,
  dependentRequired: (value) => isObject(value) && Object.values(value).every(isNames),
  ...shared(isMap, ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas']),
  dependencies: isMap,
  ...shared(isList, ['allOf', 'anyOf', 'oneOf', 'prefixItems']),
  items: (value) => isSchema(value) || isArray(value),
  ...shared(isSchema, ['additionalItems', 'unevaluatedItems', 'additionalProperties']),
  ...shared(isSchema, ['unevaluatedProperties', 'propertyNames', 'contains', 'not', 'if', 'then', 'else']),
};

function shared(fits: (value: Json) => boolean, keywords: readonly string[]) {
  return Object.fromEntries(keywords.map((keyword) => [keyword, fits]));
}

/** Whether a keyword can have this value. Of a keyword that nobody knows, every value says nothing. */
export function isUsable(keyword: string, value: Json): boolean {
  return !Object.hasOwn(SHAPES, keyword) || SHAPES[keyword]?.(value) === true;
}

/** What the author of an unusable value has certainly meant: a number or a boolean in quotes. */
export function meantBy(keyword: string, value: Json): Json | undefined {
  if (typeof value !== 'string' || value.length > 40) return undefined;
  const text = value.trim();
  const read = text === 'true' ? true : text === 'false' ? false : text === '' ? NaN : Number(text);
  return typeof read === 'boolean' || Number.isFinite(read)
    ? isUsable(keyword, read)
      ? read
      : undefined
    : undefined;
}
