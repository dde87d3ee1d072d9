// What is taken for the truth: Ajv as it comes, over a conversion that is not this project's.
import { openapiSchemaToJsonSchema } from '@openapi-contrib/openapi-schema-to-json-schema';
import { Ajv2020 } from 'ajv/dist/2020.js';
import Ajv04Module from 'ajv-draft-04';
import addFormatsModule from 'ajv-formats';
import { at, isObject, pointer, steps } from './json.js';

// Both are CommonJS, and what Node gives for them depends on who asks.
const Ajv04 = Ajv04Module.default ?? Ajv04Module;
const addFormats = addFormatsModule.default ?? addFormatsModule;

const ROOT = 'contract:';

/**
 * @typedef {object} Oracle
 * @property {(schemaPointer: string, value: unknown) => boolean} accepts
 * @property {(schemaPointer: string) => string | undefined} whyNot why it knows nothing of a schema
 */

/**
 * The document is the contract after its repairs, and after the upgrade from Swagger 2.0: those are no part of what is
 * tried.
 * @param {{ document: Record<string, any>, dialect: '3.0' | '3.1' }} contract
 * @param {readonly string[]} schemaPointers of the responses
 * @returns {Oracle}
 */
export function createOracle({ document, dialect }, schemaPointers) {
  const options = {
    ...{ strict: false, logger: false, validateSchema: false, inlineRefs: false, ownProperties: true },
    code: { regExp: expressionEngine() },
  };
  /** @type {any} */
  let ajv;
  if (dialect === '3.1') {
    ajv = new Ajv2020(/** @type {any} */ (options));
    ajv.addSchema({ ...document, $id: ROOT });
  } else {
    // What is beside a reference is ignored (OpenAPI 3.0.3, section 4.7.23).
    ajv = new Ajv04(/** @type {any} */ ({ ...options, ignoreKeywordsWithRef: true }));
    ajv.addSchema({ ...converted(document, schemaPointers), id: ROOT });
  }
  addFormats(ajv);
  /** @type {Map<string, { validate: (value: unknown) => boolean } | { why: string }>} */
  const compiled = new Map();
  /** @param {string} schemaPointer */
  const compile = (schemaPointer) => {
    let known = compiled.get(schemaPointer);
    if (!known) {
      try {
        const fragment = schemaPointer.split('/').map(encodeURIComponent).join('/');
        known = { validate: ajv.compile({ $ref: `${ROOT}#${fragment}` }) };
      } catch (error) {
        known = { why: error instanceof Error ? error.message : String(error) };
      }
      compiled.set(schemaPointer, known);
    }
    return known;
  };
  return {
    accepts: (schemaPointer, value) => {
      const known = compile(schemaPointer);
      if ('why' in known) throw new Error(known.why);
      return known.validate(value);
    },
    whyNot: (schemaPointer) => {
      const known = compile(schemaPointer);
      return 'why' in known ? known.why : undefined;
    },
  };
}

/**
 * The schemas of a document of OpenAPI 3.0 as JSON Schema (draft 4), each where it was. Nothing else of the document is
 * kept: an `id` in an example would be taken for that of a schema.
 * @param {Record<string, any>} document @param {readonly string[]} schemaPointers
 */
function converted(document, schemaPointers) {
  const named = Object.keys(document.components?.schemas ?? {}).map((name) =>
    pointer('components', 'schemas', name),
  );
  const copy = {};
  for (const here of [...named, ...schemaPointers]) {
    const schema = at(document, here);
    if (isObject(schema)) put(copy, here, convert(schema));
  }
  return copy;
}

/** @param {Record<string, any>} schema */
function convert(schema) {
  return openapiSchemaToJsonSchema(schema, {
    cloneSchema: true,
    strictMode: false,
    // In answers they are not there, and so not required.
    removeWriteOnly: true,
    afterTransform: (/** @type {any} */ one) => {
      for (const name of Object.keys(one)) if (name.startsWith('x-')) Reflect.deleteProperty(one, name);
      return one;
    },
  });
}

/** @param {Record<string, any>} root @param {string} text @param {unknown} value */
function put(root, text, value) {
  const path = steps(text);
  const last = path.pop() ?? '';
  let here = root;
  for (const step of path) here = here[step] ??= {};
  here[last] = value;
}

/**
 * Patterns as ECMAScript means them with the flag `u`, which JSON Schema wants; those that are none with it are taken as
 * they are without: `\-` is one of them.
 */
function expressionEngine() {
  const engine = (/** @type {string} */ source) => {
    try {
      return new RegExp(source, 'u');
    } catch {
      return new RegExp(source);
    }
  };
  return Object.assign(engine, { code: 'new RegExp' });
}
