// What schemas that hold at one place demand together.
import { CannotGenerate } from './gather.js';
import { isObject, isSame } from './json.js';

/** @typedef {import('./gather.js').Schema} Schema */
/** @typedef {'null' | 'boolean' | 'object' | 'array' | 'string' | 'number' | 'integer'} Type */

/**
 * @typedef {object} Demands
 * @property {readonly Schema[]} parts
 * @property {ReadonlySet<Type>} types that are allowed; `number` includes `integer`
 * @property {boolean} isTyped whether a type is demanded at all
 * @property {readonly any[] | undefined} values the only ones that are allowed
 * @property {boolean} isConst whether `const` says so
 * @property {number | undefined} least
 * @property {number | undefined} most
 * @property {boolean} aboveLeast whether the bound itself is excluded
 * @property {boolean} belowMost
 * @property {readonly number[]} multiples
 * @property {number} minLength
 * @property {number} maxLength
 * @property {readonly string[]} patterns
 * @property {readonly string[]} formats
 * @property {readonly any[]} examples
 * @property {number} minItems
 * @property {number} maxItems
 * @property {boolean} uniqueItems
 * @property {ReadonlySet<string>} required
 * @property {number} minProperties
 * @property {number} maxProperties
 */

/** @type {readonly Type[]} */
const ALL = ['null', 'boolean', 'object', 'array', 'string', 'number', 'integer'];

/** @param {readonly Schema[]} parts @param {'3.0' | '3.1'} dialect @returns {Demands} */
export function merge(parts, dialect) {
  const types = new Set(ALL.filter((type) => parts.every((part) => allowsType(part, type, dialect))));
  const values = valuesOf(parts, types);
  if (types.size === 0 || values?.length === 0)
    throw new CannotGenerate('what holds together excludes itself');
  const [least, aboveLeast] = bound(parts, 'minimum', 'exclusiveMinimum', (one, other) => one > other);
  const [most, belowMost] = bound(parts, 'maximum', 'exclusiveMaximum', (one, other) => one < other);
  return {
    ...{ parts, types, values, least, most, aboveLeast, belowMost },
    isTyped: parts.some(({ type }) => type !== undefined),
    isConst: parts.some((part) => 'const' in part),
    multiples: parts.flatMap(({ multipleOf }) => (multipleOf === undefined ? [] : [multipleOf])),
    minLength: largest(parts, 'minLength'),
    maxLength: smallest(parts, 'maxLength'),
    patterns: parts.flatMap(({ pattern }) => (typeof pattern === 'string' ? [pattern] : [])),
    formats: parts.flatMap(({ format }) => (typeof format === 'string' ? [format] : [])),
    examples: parts.flatMap(({ example, examples, default: usual }) => [
      ...[example, usual].filter((one) => one !== undefined),
      ...(Array.isArray(examples) ? examples : []),
    ]),
    minItems: largest(parts, 'minItems'),
    maxItems: smallest(parts, 'maxItems'),
    uniqueItems: parts.some(({ uniqueItems }) => uniqueItems === true),
    required: new Set(parts.flatMap(({ required }) => (Array.isArray(required) ? required : []))),
    minProperties: largest(parts, 'minProperties'),
    maxProperties: smallest(parts, 'maxProperties'),
  };
}

/** @param {Schema} part @param {Type} type @param {'3.0' | '3.1'} dialect */
function allowsType({ type: written, nullable }, type, dialect) {
  if (written === undefined) return true;
  const types = Array.isArray(written) ? written : [written];
  // `nullable` has an effect only beside `type` (OpenAPI 3.0.3, section 4.7.24.1, as clarified in 3.0.4).
  if (type === 'null' && dialect === '3.0' && nullable === true) return true;
  return types.includes(type) || (type === 'integer' && types.includes('number'));
}

/** @param {readonly Schema[]} parts @param {ReadonlySet<Type>} types @returns {readonly any[] | undefined} */
function valuesOf(parts, types) {
  const lists = parts.flatMap((part) => [
    ...(Array.isArray(part.enum) ? [part.enum] : []),
    ...('const' in part ? [[part.const]] : []),
  ]);
  if (lists.length === 0) return undefined;
  return lists[0]?.filter(
    (value) =>
      hasType(value, types) &&
      lists.every((list) => list.some((/** @type {any} */ one) => isSame(one, value))),
  );
}

/** @param {any} value @param {ReadonlySet<Type>} types */
export function hasType(value, types) {
  if (value === null) return types.has('null');
  if (Array.isArray(value)) return types.has('array');
  if (isObject(value)) return types.has('object');
  if (typeof value === 'number') return types.has(Number.isInteger(value) ? 'integer' : 'number');
  return types.has(typeof value === 'string' ? 'string' : 'boolean');
}

/**
 * The narrowest of the bounds, and whether it is excluded itself: by a flag in 3.0, by a keyword of its own in 3.1.
 * @param {readonly Schema[]} parts @param {string} keyword @param {string} exclusive
 * @param {(one: number, other: number) => boolean} isNarrower
 * @returns {[number | undefined, boolean]}
 */
function bound(parts, keyword, exclusive, isNarrower) {
  /** @type {[number | undefined, boolean]} */
  let narrowest = [undefined, false];
  /** @param {unknown} value @param {boolean} isExcluded */
  const narrow = (value, isExcluded) => {
    if (typeof value !== 'number') return;
    const [known] = narrowest;
    if (known === undefined || isNarrower(value, known) || (value === known && isExcluded)) {
      narrowest = [value, isExcluded];
    }
  };
  for (const part of parts) {
    narrow(part[keyword], part[exclusive] === true);
    narrow(part[exclusive], true);
  }
  return narrowest;
}

/** @param {readonly Schema[]} parts @param {string} keyword */
function largest(parts, keyword) {
  return Math.max(0, ...parts.flatMap((part) => (typeof part[keyword] === 'number' ? [part[keyword]] : [])));
}

/** @param {readonly Schema[]} parts @param {string} keyword */
function smallest(parts, keyword) {
  return Math.min(
    Infinity,
    ...parts.flatMap((part) => (typeof part[keyword] === 'number' ? [part[keyword]] : [])),
  );
}

/**
 * The schemas that hold for a member; undefined where it is forbidden.
 * @param {readonly Schema[]} parts @param {string} name
 * @returns {(Schema | boolean)[] | undefined}
 */
export function schemasOfMember(parts, name) {
  const schemas = [];
  let isDescribed = false;
  for (const { properties = {}, patternProperties = {}, additionalProperties } of parts) {
    const own = Object.hasOwn(properties, name) ? [properties[name]] : [];
    for (const [pattern, schema] of Object.entries(patternProperties)) {
      if (new RegExp(pattern, 'u').test(name)) own.push(schema);
    }
    if (own.length > 0) isDescribed = true;
    else if (additionalProperties === false) return undefined;
    else if (additionalProperties !== undefined) own.push(additionalProperties);
    schemas.push(...own);
  }
  const isClosed = parts.some(({ unevaluatedProperties }) => unevaluatedProperties === false);
  return (isClosed && !isDescribed) || schemas.includes(false) ? undefined : schemas;
}
