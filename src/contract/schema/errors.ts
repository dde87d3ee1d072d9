import type { ErrorObject } from 'ajv';
import { isArray, isObject } from '../../json.js';
import { explain } from './explain.js';

/** One way in which a value breaks its schema. Holds no part of the value itself. */
export interface Violation {
  /** JSON Pointer into the value; `*` for a member whose name the contract does not give. */
  pointer: string;
  /** The schema keyword that is broken: `required`, `type`, `enum`, … */
  keyword: string;
  /** The member that is missing, where one is. */
  member?: string;
  /** The component of the contract that says so, as `#/components/schemas/Thing`, where it is one. */
  component?: string;
  message: string;
}

/** The places of all errors together may be so long: a name of a member can have megabytes. */
const LONGEST_PLACES = 16 * 1024 * 1024;

/**
 * What a person needs of the validator's errors. Of a value that fits none of several alternatives it reports every
 * failed one; kept are the errors of the alternative that was meant, or, where none can be said to be, that none fits.
 * At least one error is left of every list that is not empty.
 * @param errors as `explainAlternatives` makes the validator report them
 * @param componentOf the component that a schema is in
 * @returns undefined when the errors are too large to be compared
 */
export function violationsOf(
  errors: readonly ErrorObject[],
  componentOf: ComponentOf = () => undefined,
): Violation[] | undefined {
  if (errors.reduce((sum, { instancePath }) => sum + instancePath.length, 0) > LONGEST_PLACES)
    return undefined;
  return distinct(reduce(errors), componentOf);
}

/** The error that the validator has found last: it says why the value as a whole does not fit. */
export function outermost(errors: readonly ErrorObject[]): Violation[] {
  return distinct(errors.slice(-1), () => undefined);
}

/**
 * Goes through the errors once. Those of alternatives are before the error that says that they failed, so whatever is
 * kept lies on a stack of which such an error takes off its own.
 */
function reduce(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const kept: Kept[] = [];
  for (const error of errors) {
    const sizes = sizesOf(error);
    if (!sizes) {
      kept.push({ errors: [error], count: 1 });
      continue;
    }
    const branches = sizes
      .toReversed()
      .map((size) => takeOff(kept, size))
      .reverse();
    const chosen = meant(error, branches);
    const count = 1 + sizes.reduce((sum, size) => sum + size, 0);
    kept.push({ errors: chosen ?? [error], count });
  }
  return withoutConsequences(kept.flatMap((one) => one.errors));
}

/** Errors that are kept, and how many of the list they stand for. */
interface Kept {
  errors: readonly ErrorObject[];
  count: number;
}

/** Takes from the end of the stack what stands for so many errors of the list. */
function takeOff(kept: Kept[], size: number): ErrorObject[] {
  const taken: (readonly ErrorObject[])[] = [];
  for (let left = size; left > 0;) {
    const last = kept.pop();
    if (!last) break;
    taken.push(last.errors);
    left -= last.count;
  }
  return taken.reverse().flat();
}

function sizesOf({ keyword, params }: ErrorObject): number[] | undefined {
  if (keyword !== 'anyOf' && keyword !== 'oneOf') return undefined;
  const { sizes }: Record<string, unknown> = params;
  if (!isArray(sizes)) return undefined;
  const numbers = sizes.filter((size) => typeof size === 'number');
  return numbers.length === sizes.length ? numbers : undefined;
}

/**
 * The errors of the alternative that was meant: the only one that the value is of the right kind for, or the one that it
 * went wrong deepest inside of, with the fewest errors. Undefined where none of them is.
 */
function meant(error: ErrorObject, branches: readonly ErrorObject[][]): readonly ErrorObject[] | undefined {
  const { fits }: Record<string, unknown> = error.params;
  if (typeof fits === 'number' && fits > 0) return undefined;
  const here = error.instancePath;
  const saysNull = isArray(error.schema) ? error.schema.map(isOnlyNull) : [];
  const withoutNull = branches.filter((_, index) => saysNull[index] !== true);
  // “A or null” is A, unless null came.
  if (branches.length === 2 && withoutNull.length === 1) return withoutNull[0];
  const ofKind = branches.filter(
    (branch) => branch.length > 0 && !branch.some((one) => isOtherKind(one, here)),
  );
  if (ofKind.length <= 1) return ofKind[0];
  const ranked = ofKind
    .map((branch) => ({ branch, depth: Math.max(...depthsOf(branch)) }))
    .sort((one, other) => other.depth - one.depth || one.branch.length - other.branch.length);
  const [best] = ranked;
  return best && best.depth > depthOf(here) ? best.branch : undefined;
}

function isOnlyNull(schema: unknown): boolean {
  return isObject(schema) && schema['type'] === 'null' && Object.keys(schema).length === 1;
}

/** Whether an error says that a value is another thing altogether, not that something in it is wrong. */
function isOtherKind({ keyword, instancePath }: ErrorObject, here: string): boolean {
  return instancePath.length === here.length && KIND.has(keyword);
}

const KIND = new Set(['type', 'enum', 'const', 'anyOf', 'oneOf', 'false schema']);

function depthsOf(errors: readonly ErrorObject[]): number[] {
  return errors.slice(0, MOST_COMPARED).map(({ instancePath }) => depthOf(instancePath));
}

/** The stack takes no more arguments of a function than some ten thousands. */
const MOST_COMPARED = 1000;

function depthOf(instancePath: string): number {
  return instancePath.split('/').length;
}

/** Without errors that only repeat that there are others: that `then` or `else` does not fit. */
function withoutConsequences(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const causes = errors.filter(({ keyword }) => keyword !== 'if');
  return causes.length > 0 ? causes : errors;
}

type ComponentOf = (schema: unknown) => string | undefined;

function distinct(errors: readonly ErrorObject[], componentOf: ComponentOf): Violation[] {
  const seen = new Set<string>();
  return errors.flatMap((error) => {
    const component = componentOf(error.parentSchema);
    const violation = {
      pointer: error.instancePath,
      keyword: error.keyword,
      ...missingMember(error),
      ...(component === undefined ? {} : { component }),
      message: explain(error),
    };
    const key = `${violation.pointer} ${violation.message}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [violation];
  });
}

function missingMember({ keyword, params }: ErrorObject): { member?: string } {
  const given: Record<string, unknown> = params;
  const name = given['missingProperty'];
  return keyword === 'required' && typeof name === 'string' ? { member: name } : {};
}
