import { Ajv, type AnySchema, type ErrorObject, type Options, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { within, type Excess } from '../bounded/within.js';
import { isArray, isObject, pointerSteps, type Json, type JsonObject } from '../json.js';
import { compilePattern } from '../pattern/pattern.js';
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

/** What came of a check. */
export type Checked =
  | {
      kind: 'checked';
      /** What is wrong; empty when nothing is. */
      violations: Violation[];
      /** False when there is more wrong than was examined. */
      complete: boolean;
    }
  /** Nothing is known of the value: the schema cannot be used, or the check took too long or went too deep. */
  | { kind: 'not checked'; why: 'schema' | Excess };

/** Checks values against the schemas of one contract, each compiled once: when it is first needed, or prepared. */
export interface Validator {
  /** Compiles a schema ahead of its first use. */
  prepare: (schemaPointer: string) => void;
  /** @param schemaPointer JSON Pointer of a Schema Object in the contract's document */
  check: (schemaPointer: string, value: Json) => Checked;
}

/** Whether the contract is known to forbid a value. What could not be checked is not. */
export function isForbidden(checked: Checked): boolean {
  return checked.kind === 'checked' && checked.violations.length > 0;
}

/** One value may be checked for so long. */
export const LONGEST_CHECK_MS = 1000;

/** After so many checks that took too long, patterns that can take for ever are not tried any more. */
const MOST_LONG_CHECKS = 10;

/** As many errors as are examined: a value with more of them is wrong from beginning to end. */
const MOST_ERRORS = 20_000;

/**
 * @param document a repaired contract: every `$ref` points into it
 * @param direction in answers, `writeOnly` members are not required; in requests, `readOnly` ones are not
 *   (OpenAPI 3.0.3, section 4.7.24.2)
 * @param longestMs how long one value is checked
 */
export function createValidator(
  document: JsonObject,
  dialect: '3.0' | '3.1',
  direction: Direction,
  longestMs = LONGEST_CHECK_MS,
): Validator {
  const schemas = dialect === '3.1' ? structuredClone(document) : toJsonSchema(document);
  relaxRequired(schemas, direction === 'answer' ? 'writeOnly' : 'readOnly');
  const names = namesIn(schemas);
  let longChecks = 0;
  const regExp = patternEngine(() => longChecks >= MOST_LONG_CHECKS);
  const first = createCompiler(schemas, dialect, { allErrors: false, code: { optimize: false, regExp } });
  // Only what is known to be wrong is examined for all that is wrong with it.
  let examiner: ReturnType<typeof createExaminer> | undefined;
  const examine = (schemaPointer: string, value: Json) => {
    examiner ??= createExaminer(schemas, dialect, regExp);
    return examiner(schemaPointer, value);
  };

  const limited = <T>(work: () => T): T | Excess => {
    try {
      const came = within(longestMs, work);
      if (came.done) return came.value;
      longChecks += 1;
      return came.why;
    } catch (error) {
      if (error instanceof GivenUp) return 'time';
      throw error;
    }
  };

  return {
    prepare: (schemaPointer) => void first(schemaPointer),
    check: (schemaPointer, value) => {
      const validate = first(schemaPointer);
      if (!validate) return { kind: 'not checked', why: 'schema' };
      const isValid = limited(() => validate(value));
      if (typeof isValid === 'string') return { kind: 'not checked', why: isValid };
      if (isValid) return { kind: 'checked', violations: [], complete: true };
      const errors = validate.errors ?? [];
      const all = limited(() => examine(schemaPointer, value));
      const whole = typeof all === 'object' ? violations(all) : undefined;
      const found = whole && whole.length > 0 ? whole : (violations(errors) ?? outermost(errors));
      return {
        kind: 'checked',
        complete: found === whole,
        violations: found.map((violation) => ({
          ...violation,
          pointer: withoutValues(violation.pointer, value, names),
        })),
      };
    },
  };
}

/** Compiles the schemas that stand at places of a document; undefined for one that cannot be compiled. */
function createCompiler(
  schemas: JsonObject,
  dialect: '3.0' | '3.1',
  options: Options,
  prepareAjv: (ajv: Ajv | Ajv2020) => void = () => undefined,
): (schemaPointer: string) => ValidateFunction | undefined {
  const common: Options = {
    strict: false,
    validateFormats: true,
    logger: false,
    verbose: true,
    inlineRefs: false,
    // Every object has a “constructor”, but not as a member of its own.
    ownProperties: true,
    ...options,
  };
  const ajv: Ajv | Ajv2020 = dialect === '3.1' ? new Ajv2020(common) : new Ajv(common);
  addFormats(ajv);
  prepareAjv(ajv);
  try {
    ajv.addSchema({ $id: ROOT, ...schemas } satisfies AnySchema, ROOT);
  } catch {
    // Two schemas that say that they are the same: none of them can be distinguished from the others.
    return () => undefined;
  }
  const compiled = new Map<string, ValidateFunction | undefined>();
  return (schemaPointer) => {
    if (compiled.has(schemaPointer)) return compiled.get(schemaPointer);
    let validate: ValidateFunction | undefined;
    try {
      const fragment = schemaPointer.split('/').map(encodeURIComponent).join('/');
      validate = ajv.compile({ $ref: `${ROOT}#${fragment}` });
    } catch {
      // A schema that cannot be compiled is reported as a finding about the contract, not as a fault of the answer.
      validate = undefined;
    }
    compiled.set(schemaPointer, validate);
    return validate;
  };
}

/**
 * Gives all errors of a value, or undefined when there are more than are examined. The validator would collect them
 * without end, so its code counts each error that it makes.
 */
function createExaminer(
  schemas: JsonObject,
  dialect: '3.0' | '3.1',
  regExp: RegExpEngine,
): (schemaPointer: string, value: Json) => ErrorObject[] | undefined {
  let left = 0;
  const countError = (): void => {
    if (left-- === 0) throw new TooManyErrors();
  };
  const process = (code: string) => code.replaceAll(/const err\d+ = \{/g, 'self.countError();$&');
  const compiler = createCompiler(
    schemas,
    dialect,
    { allErrors: true, code: { optimize: false, regExp, process } },
    (ajv) => Object.assign(ajv, { countError }),
  );
  return (schemaPointer, value) => {
    const validate = compiler(schemaPointer);
    left = MOST_ERRORS;
    try {
      if (!validate || validate(value)) return undefined;
      return validate.errors ?? undefined;
    } catch (error) {
      if (error instanceof TooManyErrors) return undefined;
      throw error;
    }
  };
}

class TooManyErrors extends Error {}

/** That a pattern was not tried, because others have taken too long. */
class GivenUp extends Error {}

type RegExpEngine = NonNullable<NonNullable<Options['code']>['regExp']>;

/** The patterns of a contract, each compiled once. */
function patternEngine(hasGivenUp: () => boolean): RegExpEngine {
  const compiled = new Map<string, ReturnType<RegExpEngine>>();
  const engine = (source: string) => {
    const known = compiled.get(source);
    if (known) return known;
    const { linear, test } = compilePattern(source);
    const made = {
      test: (text: string) => {
        if (!linear && hasGivenUp()) throw new GivenUp();
        return test(text);
      },
      // What the validator takes two patterns to be the same by.
      toString: () => source,
    };
    compiled.set(source, made);
    return made;
  };
  return Object.assign(engine, { code: 'compilePattern' });
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
    else here = isObject(here) && Object.hasOwn(here, step) ? here[step] : undefined;
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

/** The places of all errors together may be so long: a name of a member can have megabytes. */
const LONGEST_PLACES = 16 * 1024 * 1024;

/**
 * What a person needs of the validator's errors. Of a value that fits none of several alternatives the
 * validator reports every failed branch; the errors deepest in the value are those of the branch that was
 * meant, and only they are kept.
 * @returns undefined when the errors are too large to be compared
 */
function violations(errors: readonly ErrorObject[]): Violation[] | undefined {
  if (errors.reduce((sum, { instancePath }) => sum + instancePath.length, 0) > LONGEST_PLACES)
    return undefined;
  /** The deepest error at or below each place that has alternatives. */
  const deepest = new Map<string, ErrorObject>();
  for (const error of errors) {
    const isAlternative = error.keyword === 'anyOf' || error.keyword === 'oneOf';
    if (isAlternative && !deepest.has(error.instancePath)) deepest.set(error.instancePath, error);
  }
  if (deepest.size > 0) {
    for (const error of errors) {
      const depth = depthOf(error);
      for (const place of placesAround(error)) {
        const known = deepest.get(place);
        if (known && depth > depthOf(known)) deepest.set(place, error);
      }
    }
  }
  const kept = errors.filter(
    (error) =>
      deepest.size === 0 || placesAround(error).every((place) => (deepest.get(place) ?? error) === error),
  );
  return distinct(kept);
}

/** The place of an error, and every place that it is inside of. */
function placesAround({ instancePath }: ErrorObject): string[] {
  const places = [instancePath];
  for (let end = instancePath.lastIndexOf('/'); end >= 0; end = instancePath.lastIndexOf('/', end - 1)) {
    places.push(instancePath.slice(0, end));
    if (end === 0) break;
  }
  return places;
}

function depthOf({ instancePath }: ErrorObject): number {
  return instancePath.split('/').length;
}

/** The error that the validator has found last: it says why the value as a whole does not fit. */
function outermost(errors: readonly ErrorObject[]): Violation[] {
  return distinct(errors.slice(-1));
}

function distinct(errors: readonly ErrorObject[]): Violation[] {
  const seen = new Set<string>();
  return errors.flatMap((error) => {
    const violation = { pointer: error.instancePath, keyword: error.keyword, message: explain(error) };
    const key = `${violation.pointer} ${violation.message}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [violation];
  });
}

/** The sentence for one broken keyword. Says what was expected and what kind of thing came, never the value. */
function explain(error: ErrorObject): string {
  const params: Record<string, unknown> = error.params;
  const came = describeValue(error.data);
  switch (error.keyword) {
    case 'required':
      return `the required member “${clipped(params['missingProperty'])}” is missing`;
    case 'type':
      return `should be ${listOf(params['type'])}, but ${came} came`;
    case 'enum':
      return `should be one of ${listOf(params['allowedValues'])}, but ${came} of another value came`;
    case 'const':
      return `should be ${clipped(JSON.stringify(params['allowedValue']))}, but ${came} of another value came`;
    case 'format':
      return `should have the format “${clipped(params['format'])}”, but ${came} of another form came`;
    case 'pattern':
      return `should match the pattern ${clipped(params['pattern'])}, but ${came} that does not match came`;
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
  const words = items
    .slice(0, 12)
    .map((item) => clipped(typeof item === 'string' ? item : JSON.stringify(item)));
  if (items.length > words.length) words.push(`${items.length - words.length} more`);
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}` : (words[0] ?? '');
}

/** As much of a text of the contract as a sentence can hold. */
function clipped(value: unknown): string {
  const text = String(value);
  return text.length > LONGEST_WORD ? `${text.slice(0, LONGEST_WORD)}…` : text;
}

const LONGEST_WORD = 300;
