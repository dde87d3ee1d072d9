// The tests of the official JSON Schema test suite, as schemas of an OpenAPI document.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fromDebian } from '../real-hosts/install.js';

/** Debian's package of a Perl module carries the suite; the package of the suite alone ends with draft 7. */
const PACKAGE = 'libtest-json-schema-acceptance-perl';
const FOLDER = 'usr/share/perl5/auto/share/dist/Test-JSON-Schema-Acceptance/tests';

/** @typedef {import('../dist/src/json.js').Json} Json */
/** @typedef {import('../dist/src/json.js').JsonObject} JsonObject */

/**
 * @typedef {object} Route how a draft comes into a contract
 * @property {string} name
 * @property {string} draft the folder of the suite
 * @property {'3.0' | '3.1'} dialect
 * @property {JsonObject} document without its schemas
 */

/** @type {readonly Route[]} */
export const ROUTES = [
  {
    name: 'draft 4 in OpenAPI 3.0',
    draft: 'draft4',
    dialect: '3.0',
    document: { openapi: '3.0.3' },
  },
  {
    name: 'draft 4 in OpenAPI 3.1',
    draft: 'draft4',
    dialect: '3.1',
    document: { openapi: '3.1.0', jsonSchemaDialect: 'http://json-schema.org/draft-04/schema#' },
  },
  {
    name: '2020-12 in OpenAPI 3.1',
    draft: 'draft2020-12',
    dialect: '3.1',
    document: { openapi: '3.1.0' },
  },
];

/** Where the schema of a test is in its document. */
export const SCHEMA = '/components/schemas/Tested';

/**
 * @typedef {object} Case a schema of the suite, and values with what is right of them
 * @property {string} file without its ending; those of `optional/` say what a validator may do
 * @property {string} about
 * @property {JsonObject} document
 * @property {readonly { description: string, data: Json, valid: boolean }[]} tests
 */

/** @param {Route} route @returns {Promise<Case[]>} */
export async function casesOf({ draft, document }) {
  const folder = join(await fromDebian('json-schema', [PACKAGE]), FOLDER, draft);
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.json'));
  const cases = [];
  for (const name of files.sort()) {
    /** @type {readonly { description: string, schema: Json, tests: Case['tests'] }[]} */
    const groups = JSON.parse(await readFile(join(folder, name), 'utf8'));
    for (const { description, schema, tests } of groups) {
      cases.push({
        file: name.replace(/\.json$/, ''),
        about: description,
        document: { ...document, paths: {}, components: { schemas: { Tested: placed(schema) } } },
        tests,
      });
    }
  }
  return cases;
}

/**
 * A reference without an address counts from the document (OpenAPI 3.0.3, section 4.7.23), where the suite has the
 * schema alone. With an `$id` it counts from the schema that has it.
 * @param {Json} schema @returns {Json}
 */
function placed(schema) {
  if (typeof schema !== 'object' || schema === null || '$id' in schema || 'id' in schema) return schema;
  /** @param {string} key @param {Json} value @returns {Json} */
  const place = (key, value) => {
    if (key === 'enum' || key === 'const') return value;
    if (Array.isArray(value)) return value.map((one) => place('', one));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, place(name, one)]));
    }
    const isLocal = key === '$ref' && typeof value === 'string' && /^#(\/|$)/.test(value);
    return isLocal ? `#${SCHEMA}${value.slice(1)}` : value;
  };
  return place('', schema);
}
