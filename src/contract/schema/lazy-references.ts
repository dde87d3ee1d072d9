import type { Ajv, CodeKeywordDefinition, ValidateFunction } from 'ajv';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import { callRef } from 'ajv/dist/vocabularies/core/ref.js';
import { placeOfFragment } from './targets.js';

/** A schema is needed that is not compiled yet. */
export class NotCompiled extends Error {
  constructor(readonly compile: () => void) {
    super('a schema is not compiled yet');
  }
}

/** A schema is needed that cannot be compiled. */
export class Unusable extends Error {}

/** The schemas that were compiled so far, by their places; undefined for those that cannot be. */
export interface Compiled {
  get: (place: string) => ValidateFunction | undefined;
  has: (place: string) => boolean;
}

/**
 * Replaces `$ref` by a keyword that means the same, and whose schema is only compiled when a value needs it. The
 * validator's own compiles whatever can be reached, one within the other: a large contract would be compiled as a whole
 * for each answer, and a long chain of references would be too deep.
 */
export function compileReferencesLate(
  ajv: Ajv | Ajv2020,
  compiled: Compiled,
  compile: (place: string) => void,
): void {
  const callees = new Map<string, Callee>();
  const calleeOf = (place: string) => {
    const known = callees.get(place) ?? createCallee(place, compiled, compile);
    callees.set(place, known);
    return known;
  };
  const definition: CodeKeywordDefinition = {
    keyword: '$ref',
    schemaType: 'string',
    code(cxt) {
      const reference: unknown = cxt.schema;
      if (typeof reference !== 'string') return;
      callRef(cxt, cxt.gen.scopeValue('validate', { ref: calleeOf(placeOfFragment(reference)) }));
    },
  };
  ajv.removeKeyword('$ref');
  ajv.addKeyword(definition);
}

/** Stands for a schema in the code of another one, with what that code reads of it after a call. */
interface Callee {
  (value: unknown, context: Parameters<ValidateFunction>[1]): boolean;
  errors: ValidateFunction['errors'];
  evaluated: NonNullable<ValidateFunction['evaluated']>;
}

const NOTHING = { dynamicProps: false, dynamicItems: false };

function createCallee(place: string, compiled: Compiled, compile: (place: string) => void): Callee {
  const call = (value: unknown, context: Parameters<ValidateFunction>[1]): boolean => {
    if (!compiled.has(place)) {
      throw new NotCompiled(() => {
        compile(place);
      });
    }
    const validate = compiled.get(place);
    if (!validate) throw new Unusable(place);
    const isValid = validate(value, context);
    callee.errors = validate.errors;
    callee.evaluated = validate.evaluated ?? NOTHING;
    return isValid;
  };
  const callee: Callee = Object.assign(call, { errors: null, evaluated: NOTHING });
  return callee;
}
