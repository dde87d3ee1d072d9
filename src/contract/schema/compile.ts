import { Ajv, type ErrorObject, type Options, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { at, isObject, type Json, type JsonObject } from '../../json.js';
import { explainAlternatives } from './alternatives.js';
import { addFormats } from './formats.js';
import type { Direction } from './one-way.js';
import { compileReferencesLate } from './lazy-references.js';
import { addOwnKeywords } from './own-keywords.js';
import { targetsIn } from './targets.js';
import type { RegExpEngine } from './patterns.js';
import type { SetAside } from './unchecked.js';

/** What is compiled, and how. */
export interface Source {
  root: JsonObject;
  dialect: '3.0' | '3.1';
  direction: Direction;
  regExp: RegExpEngine;
  onUnchecked: (found: SetAside) => void;
}

/**
 * Compiles the schemas that are at places of a root, each when it is first asked for, for one answer: right or wrong.
 * What they give can throw `NotCompiled` and `Unusable`.
 */
export function createCompiler(
  source: Source,
  options: Options = { allErrors: false },
  prepare: (ajv: Ajv | Ajv2020) => void = () => undefined,
): Compiler {
  const common: Options = {
    strict: false,
    // What the schemas hold has been looked at already, and what cannot be used is set aside.
    validateSchema: false,
    validateFormats: true,
    logger: false,
    // Only who explains errors needs the schemas and values in them: the code is a tenth shorter without.
    verbose: options.allErrors === true,
    // Every object has a “constructor”, but not as a member of its own.
    ownProperties: true,
    ...options,
    code: { optimize: false, regExp: source.regExp, ...options.code },
  };
  const compiled = new Map<string, ValidateFunction | undefined>();
  const compile = (place: string): void => {
    const schema = at(source.root, place);
    if (compiled.has(place)) return;
    batch.places.push(place);
    try {
      compiled.set(place, isObject(schema) ? batch.ajv.compile(schema) : undefined);
    } catch {
      // Whatever was not set aside and cannot be compiled all the same: nothing is known of the value.
      compiled.set(place, undefined);
    }
  };
  const createBatch = (): Batch => {
    const ajv: Ajv | Ajv2020 = source.dialect === '3.1' ? new Ajv2020(common) : new Ajv(common);
    addFormats(ajv);
    addOwnKeywords(ajv, { onUnchecked: source.onUnchecked, obeysWriteOnly: source.direction === 'answer' });
    prepare(ajv);
    compileReferencesLate(ajv, compiled, compile);
    return { ajv, places: [] };
  };
  let batch = createBatch();
  const batches = new Set([batch]);
  const targetsAt = (place: string): Iterable<string> => {
    const schema = at(source.root, place);
    return isObject(schema) ? targetsIn(schema) : [];
  };
  return {
    compile: (place) => {
      compile(place);
      return compiled.get(place);
    },
    compileAll: (place) => {
      const open = new Set([place]);
      for (const next of open) {
        // What was compiled before was so with all that it refers to, or will be when a value needs it.
        if (compiled.has(next)) continue;
        compile(next);
        for (const target of targetsAt(next)) open.add(target);
      }
    },
    keepOnly: (places) => {
      const needed = new Set(places);
      for (const next of needed) for (const target of targetsAt(next)) needed.add(target);
      for (const one of batches) {
        if (one.places.some((place) => needed.has(place))) continue;
        for (const place of one.places) compiled.delete(place);
        batches.delete(one);
      }
      batch = createBatch();
      batches.add(batch);
    },
  };
}

/** Schemas that were compiled together: the validator lets go of none of them alone. */
interface Batch {
  ajv: Ajv | Ajv2020;
  places: string[];
}

/** Gives the validator of a schema, by its place. */
export interface Compiler {
  /** @returns undefined for one that cannot be compiled */
  compile: (place: string) => ValidateFunction | undefined;
  /** Compiles also whatever the schema refers to, so that nothing is left to be compiled when a value is checked. */
  compileAll: (place: string) => void;
  /** Lets go of what was compiled between two calls where none of these needs any of it. */
  keepOnly: (places: Iterable<string>) => void;
}

/** As many errors as are examined: a value with more of them is wrong from beginning to end. */
const MOST_ERRORS = 20_000;

/**
 * Gives all errors of a value, or undefined when there are more than are examined. The validator would collect them
 * without end, so its code counts each error that it makes.
 */
export function createExaminer(source: Source): {
  /** Compiles a schema. */
  prepare: (place: string) => void;
  examine: (place: string, value: Json) => ErrorObject[] | undefined;
} {
  let left = 0;
  const countError = (): void => {
    if (left-- === 0) throw new TooManyErrors();
  };
  const process = (code: string) => code.replaceAll(/const err\d+ = \{/g, 'self.countError();$&');
  const compiler = createCompiler(source, { allErrors: true, code: { process } }, (ajv) => {
    Object.assign(ajv, { countError });
    explainAlternatives(ajv);
  });
  return {
    prepare: (place) => void compiler.compile(place),
    examine: (place, value) => {
      const validate = compiler.compile(place);
      left = MOST_ERRORS;
      try {
        if (!validate || validate(value)) return undefined;
        return validate.errors ?? undefined;
      } catch (error) {
        if (error instanceof TooManyErrors) return undefined;
        throw error;
      }
    },
  };
}

class TooManyErrors extends Error {}
