import type { ErrorObject } from 'ajv';
import { within, withinDepth, type Excess } from '../../bounded/within.js';
import { at, isObject, type Json, type JsonObject } from '../../json.js';
import { kept, once, type Kept } from '../../once.js';
import { createCompiler, createExaminer } from './compile.js';
import { componentsIn } from './components.js';
import { outermost, violationsOf, type Violation } from './errors.js';
import { within as allIn } from './in-place.js';
import { NotCompiled, Unusable } from './lazy-references.js';
import { towards, type Direction } from './one-way.js';
import { GivenUp, patternEngine } from './patterns.js';
import { withoutValues } from './places.js';
import { prepareSchemas, type Prepared } from './prepare.js';
import { quickSchemas } from './quick.js';
import type { SetAside } from './unchecked.js';

export type { Violation } from './errors.js';
export type { Direction } from './one-way.js';
export type { SetAside } from './unchecked.js';

/** What came of a check. */
export type Checked =
  | {
      kind: 'checked';
      /** What is wrong; empty exactly when nothing is. */
      violations: Violation[];
      /** False when there is more wrong than was examined. */
      complete: boolean;
      /** What the value was not held against, because it cannot be used: while there is any, right is not proven. */
      unchecked: SetAside[];
    }
  /** Nothing is known of the value: the schema cannot be used, or the check took too long or went too deep. */
  | { kind: 'not checked'; why: 'schema' | Excess };

/** Checks values against the schemas of one contract, each compiled once: when it is first needed, or prepared. */
export interface Validator {
  /** Compiles a schema, and all that it refers to, ahead of its first use. */
  prepare: (schemaPointer: string) => void;
  /** @param schemaPointer JSON Pointer of a Schema Object in the contract's document */
  check: (schemaPointer: string, value: Json) => Checked;
  /**
   * Lets go of what was compiled and none of these schemas needs, by and large: it is compiled again when it is next needed.
   */
  keepOnly: (schemaPointers: Iterable<string>) => void;
  /** Lets go of what was compiled, which is much for a large contract: it is compiled again when it is next needed. */
  release: () => void;
}

/** Whether the contract is known to forbid a value. What could not be checked is not. */
export function isForbidden(checked: Checked): boolean {
  return checked.kind === 'checked' && checked.violations.length > 0;
}

/** Whether the contract is known to allow a value: all of it was checked, and nothing is wrong. */
export function isAllowed(checked: Checked): boolean {
  return (
    checked.kind === 'checked' &&
    checked.complete &&
    checked.violations.length === 0 &&
    checked.unchecked.length === 0
  );
}

/** One value may be checked for so long. */
export const LONGEST_CHECK_MS = 1000;

/** After so many checks that took too long, patterns that can take for ever are not tried any more. */
const MOST_LONG_CHECKS = 10;

/** So many things that one value was not held against are listed. */
const MOST_UNCHECKED = 50;

/**
 * @param document a repaired contract
 * @param direction in answers, `writeOnly` members are not required and must not come; in requests, `readOnly` ones are
 *   not required and may be anything (OpenAPI 3.0.3, section 4.7.24.2)
 * @param longestMs how long one value is checked
 */
export function createValidator(
  document: JsonObject,
  dialect: '3.0' | '3.1',
  direction: Direction,
  longestMs = LONGEST_CHECK_MS,
): Validator {
  return validatorOf(
    kept(() => prepareSchemas(document, dialect)),
    direction,
    longestMs,
  );
}

/** A validator of schemas that are made ready when the first of them is asked for. */
export function validatorOf(
  prepared: Kept<Prepared>,
  direction: Direction,
  longestMs = LONGEST_CHECK_MS,
): Validator {
  let longChecks = 0;
  const unchecked = new Map<string, SetAside>();
  const onUnchecked = (found: SetAside): void => {
    if (unchecked.size < MOST_UNCHECKED) unchecked.set(`${found.schemaPointer} ${found.keyword}`, found);
  };
  /** Nothing is made of the schemas before one of them is asked for. */
  const compilers = kept(() => {
    const { dialect, patterns } = prepared.get();
    const root = directed(prepared.get(), direction);
    const regExp = patternEngine(patterns, () => longChecks >= MOST_LONG_CHECKS);
    const source = { root, dialect, direction, regExp, onUnchecked };
    // Only what is known to be wrong is examined for all that is wrong with it.
    return {
      first: createCompiler(source),
      examiner: once(() => createExaminer(source)),
      isQuick: quickSchemas(root, patterns),
      components: once(() => componentsIn(root)),
    };
  });
  const validateAt = (schemaPointer: string) => {
    const place = prepared.get().placeOf(schemaPointer);
    return place === undefined ? undefined : { place, validate: compilers.get().first.compile(place) };
  };

  /** Works as long as it may. What it needs is compiled in between: a limit may not leave a schema half compiled. */
  const limited = <T>(needsLimit: boolean, work: () => T): T | Excess | 'schema' => {
    for (;;) {
      try {
        const came = needsLimit ? within(longestMs, work) : withinDepth(work);
        if (came.done) return came.value;
        longChecks += 1;
        return came.why;
      } catch (error) {
        if (error instanceof NotCompiled) error.compile();
        else if (error instanceof GivenUp) return 'time';
        else if (error instanceof Unusable) return 'schema';
        else throw error;
      }
    }
  };
  const whole = (place: string, value: Json, needsLimit: boolean): Violation[] | undefined => {
    const examiner = compilers.get().examiner();
    examiner.prepare(place);
    const all = limited(needsLimit, () => examiner.examine(place, value));
    return typeof all === 'object' ? violationsOf(all, compilers.get().components()) : undefined;
  };

  return {
    prepare: (schemaPointer) => {
      const place = prepared.get().placeOf(schemaPointer);
      if (place !== undefined) compilers.get().first.compileAll(place);
    },
    keepOnly: (schemaPointers) => {
      const { placeOf } = prepared.get();
      compilers.get().first.keepOnly([...schemaPointers].flatMap((pointer) => placeOf(pointer) ?? []));
    },
    check: (schemaPointer, value) => {
      const { place, validate } = validateAt(schemaPointer) ?? {};
      if (place === undefined || !validate) return { kind: 'not checked', why: 'schema' };
      unchecked.clear();
      const needsLimit = !compilers.get().isQuick(place);
      const isValid = limited(needsLimit, () => validate(value));
      if (typeof isValid === 'string') return { kind: 'not checked', why: isValid };
      const setAside = () => [...unchecked.values()];
      if (isValid) return { kind: 'checked', violations: [], complete: true, unchecked: setAside() };
      const errors = validate.errors ?? [];
      const all = whole(place, value, needsLimit);
      const found = all && all.length > 0 ? all : atLeastOne(errors, value);
      return {
        kind: 'checked',
        complete: found === all,
        violations: found.map((violation) => ({
          ...violation,
          pointer: withoutValues(violation.pointer, value, prepared.get().names),
        })),
        unchecked: setAside(),
      };
    },
    release: () => {
      compilers.release();
      prepared.release();
    },
  };
}

/** What is refused has a reason, whatever the validator says of it. */
function atLeastOne(errors: readonly ErrorObject[], value: Json): Violation[] {
  // The validator that says yes or no keeps no values, only where they are.
  const found = outermost(errors.slice(-1).map((one) => ({ ...one, data: at(value, one.instancePath) })));
  return found.length > 0 ? found : [{ pointer: '', keyword: 'schema', message: 'breaks the contract' }];
}

/** The schemas as they are for what goes in one direction. */
function directed({ root, outermost: places }: Prepared, direction: Direction): JsonObject {
  const schemas = new Set<JsonObject>();
  for (const place of places) {
    const schema = at(root, place);
    if (isObject(schema)) for (const one of allIn(schema)) schemas.add(one);
  }
  return towards(direction, root, [...schemas]);
}
