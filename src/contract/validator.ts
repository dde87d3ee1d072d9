import { Ajv, type AnySchema, type ErrorObject, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { isArray, isObject, pointerSteps, type Json, type JsonObject } from '../json.js';
import { addFormats } from './formats.js';
import { toJsonSchema } from './json-schema.js';
import { walkSchemas } from './walk.js';

/** One way in which a value breaks its schema. Holds no part of the value itself. */
export interface Violation {
  /** JSON Pointer into the value; `*` for a member whose name the contract does not give. */
  pointer: string;
  /** The schema keyword that is broken: `required`, `type`, `enum`, … */
  keyword: string;
  message: string;
}

/** Which way a value goes: `readOnly` members are never sent, and `writeOnly` ones never come. */
export type Direction = 'answer' | 'request';

/** Checks values against the schemas of one contract, each compiled once: when it is first needed, or prepared. */
export interface Validator {
  /** Compiles a schema ahead of its first use. */
  prepare: (schemaPointer: string) => void;
  /**
   * @param schemaPointer JSON Pointer of a Schema Object in the contract's document
   * @returns what is wrong, empty when nothing is, undefined when the schema itself cannot be compiled
   */
  check: (schemaPointer: string, value: Json) => Violation[] | undefined;
}

/**
 * @param document a repaired contract: every `$ref` points into it
 * @param direction in answers, `writeOnly` members are not required; in requests, `readOnly` ones are not
 *   (OpenAPI 3.0.3, section 4.7.24.2)
 */
export function createValidator(
  document: JsonObject,
  dialect: '3.0' | '3.1',
  direction: Direction,
): Validator {
  const options = {
    allErrors: true,
    strict: false,
    validateFormats: true,
    logger: false,
    verbose: true,
    code: { optimize: false },
    inlineRefs: false,
  } as const;
  const ajv: Ajv | Ajv2020 = dialect === '3.1' ? new Ajv2020(options) : new Ajv(options);
  addFormats(ajv);
  const schemas = dialect === '3.1' ? structuredClone(document) : toJsonSchema(document);
  relaxRequired(schemas, direction === 'answer' ? 'writeOnly' : 'readOnly');
  const names = namesIn(schemas);
  ajv.addSchema({ $id: ROOT, ...schemas } satisfies AnySchema, ROOT);

  const compiled = new Map<string, ValidateFunction | undefined>();
  const validatorFor = (schemaPointer: string): ValidateFunction | undefined => {
    if (compiled.has(schemaPointer)) return compiled.get(schemaPointer);
    let validate: ValidateFunction | undefined;
    try {
      const fragment = schemaPointer.split('/').map(encodeURIComponent).join('/');
      validate = ajv.compile({ $ref: `${ROOT}#${fragment}` });
    } catch {
      // A schema that cannot be compiled is told as a finding about the contract, not as a fault of the answer.
      validate = undefined;
    }
    compiled.set(schemaPointer, validate);
    return validate;
  };

  return {
    prepare: (schemaPointer) => void validatorFor(schemaPointer),
    check: (schemaPointer, value) => {
      const validate = validatorFor(schemaPointer);
      if (!validate) return undefined;
      if (validate(value)) return [];
      return violations(validate.errors ?? []).map((violation) => ({
        ...violation,
        pointer: withoutValues(violation.pointer, value, names),
      }));
    },
  };
}

const ROOT = 'contract:';

/** The names of all members that the schemas of a document describe. */
function namesIn(document: JsonObject): ReadonlySet<string> {
  const names = new Set<string>();
  walkSchemas(document, ({ properties }) => {
    if (isObject(properties)) for (const name of Object.keys(properties)) names.add(name);
  });
  return names;
}

/** A pointer without the names that are values themselves: `{ "3035550100": … }`. */
function withoutValues(pointer: string, value: Json, names: ReadonlySet<string>): string {
  let here: Json | undefined = value;
  const steps = pointerSteps(pointer).map((step) => {
    const inArray = isArray(here);
    if (isArray(here)) here = here[Number(step)];
    else here = isObject(here) ? here[step] : undefined;
    if (!inArray && !names.has(step)) return '*';
    return step.replaceAll('~', '~0').replaceAll('/', '~1');
  });
  return steps.map((step) => `/${step}`).join('');
}

/** Members that only go the other way cannot be demanded in this one. */
function relaxRequired(document: JsonObject, oneWay: 'readOnly' | 'writeOnly'): void {
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('properties' in node && 'required' in node && Array.isArray(node.required)) {
      const { properties } = node;
      node.required = node.required.filter((name: unknown) => {
        const property: unknown =
          typeof name === 'string' && typeof properties === 'object' && properties !== null
            ? Reflect.get(properties, name)
            : undefined;
        return !(typeof property === 'object' && property !== null && Reflect.get(property, oneWay) === true);
      });
    }
    for (const member of Object.values(node)) visit(member);
  };
  visit(document);
}

/**
 * What a person needs of the validator's errors. Of a value that fits none of several alternatives the
 * validator reports every failed branch; the errors deepest in the value are those of the branch that was
 * meant, and only they are kept.
 */
function violations(errors: ErrorObject[]): Violation[] {
  const alternatives = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf');
  const kept = errors.filter((error) => {
    const around = alternatives.filter((other) => isInside(error.instancePath, other.instancePath));
    if (around.length === 0) return true;
    return around.every((alternative) => error === deepestBelow(errors, alternative));
  });
  const seen = new Set<string>();
  return kept.flatMap((error) => {
    const violation = { pointer: error.instancePath, keyword: error.keyword, message: explain(error) };
    const key = `${violation.pointer} ${violation.message}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [violation];
  });
}

function isInside(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(`${ancestor}/`);
}

function deepestBelow(errors: ErrorObject[], alternative: ErrorObject): ErrorObject {
  const depth = (error: ErrorObject) => error.instancePath.split('/').length;
  let deepest = alternative;
  for (const error of errors) {
    if (isInside(error.instancePath, alternative.instancePath) && depth(error) > depth(deepest))
      deepest = error;
  }
  return deepest;
}

/** The sentence for one broken keyword. Says what was expected and what kind of thing came, never the value. */
function explain(error: ErrorObject): string {
  const params: Record<string, unknown> = error.params;
  const came = describeValue(error.data);
  switch (error.keyword) {
    case 'required':
      return `the required member “${String(params['missingProperty'])}” is missing`;
    case 'type':
      return `should be ${listOf(params['type'])}, but ${came} came`;
    case 'enum':
      return `should be one of ${listOf(params['allowedValues'])}, but ${came} of another value came`;
    case 'const':
      return `should be ${JSON.stringify(params['allowedValue'])}, but ${came} of another value came`;
    case 'format':
      return `should have the format “${String(params['format'])}”, but ${came} of another form came`;
    case 'pattern':
      return `should match the pattern ${String(params['pattern'])}, but ${came} that does not match came`;
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return 'has a member that the contract does not allow';
    case 'anyOf':
    case 'oneOf':
      return `fits none of the forms that the contract allows there (${came} came)`;
    default:
      return `${error.message ?? 'breaks the contract'} (${came} came)`;
  }
}

function describeValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'string') return `a string of ${value.length} characters`;
  if (typeof value === 'object') return 'an object';
  return typeof value === 'number' ? 'a number' : 'a boolean';
}

function listOf(value: unknown): string {
  const items: unknown[] = Array.isArray(value) ? value : [value];
  const words = items.slice(0, 12).map((item) => (typeof item === 'string' ? item : JSON.stringify(item)));
  if (items.length > words.length) words.push(`${items.length - words.length} more`);
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}` : (words[0] ?? '');
}
