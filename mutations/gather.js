// Which schemas hold at one place of a value, once a branch of every alternative is chosen.
import { at, isObject, steps } from './json.js';

/** A value that the contract describes cannot be made. The message says why. */
export class CannotGenerate extends Error {}

/** @typedef {Record<string, any>} Schema */

/**
 * @typedef {object} World
 * @property {Schema} document every `$ref` points into it
 * @property {'3.0' | '3.1'} dialect
 * @property {import('../dist/src/testing/egress/random.js').Random} random
 */

/**
 * @typedef {object} Gathered
 * @property {readonly Schema[]} parts each of them holds
 * @property {boolean} hasAlternatives whether a branch was chosen
 * @property {boolean} mentionsNull whether one of them says `nullable`, also where that has no effect by the letter
 * @property {boolean} writeOnly
 * @property {ReadonlyMap<string, Named>} named values of discriminators
 */

/** @typedef {{ values: readonly string[], chooses: boolean }} Named and whether the member chooses between alternatives */

/**
 * @param {World} world
 * @param {readonly (Schema | boolean)[]} schemas
 * @returns {Gathered}
 */
export function gather({ document, dialect, random }, schemas) {
  /** @type {Schema[]} */
  const parts = [];
  /** @type {Map<string, Named>} */
  const named = new Map();
  /** @type {Schema[]} discriminators of a schema that others include */
  const inherited = [];
  const seen = new Set();
  let hasAlternatives = false;
  let mentionsNull = false;
  let writeOnly = false;
  /** @type {string | undefined} the first reference is the schema that is meant, those behind it are what it includes */
  let meant;

  /** @param {Schema | boolean} schema */
  const add = (schema) => {
    if (schema === true) return;
    if (!isObject(schema)) throw new CannotGenerate('a schema allows nothing');
    mentionsNull ||= schema.nullable === true;
    writeOnly ||= schema.writeOnly === true;
    if (typeof schema.$ref === 'string') {
      meant ??= schema.$ref;
      if (!seen.has(schema.$ref)) {
        seen.add(schema.$ref);
        const target = at(document, decodeURIComponent(schema.$ref.slice(1)));
        if (target === undefined) throw new CannotGenerate(`${schema.$ref} leads nowhere`);
        add(target);
      }
      // What is beside a reference is ignored (OpenAPI 3.0.3, section 4.7.23).
      if (dialect === '3.0') return;
    }
    parts.push(schema);
    for (const part of schema.allOf ?? []) add(part);
    const choices = [schema.oneOf, schema.anyOf].filter(Array.isArray);
    if (choices.length === 0 && schema.discriminator) inherited.push(schema.discriminator);
    for (const choice of choices) {
      hasAlternatives = true;
      const branch = random.pick(choice);
      if (schema.discriminator && typeof branch?.$ref === 'string') {
        const values = namesOf(schema.discriminator, branch.$ref);
        named.set(schema.discriminator.propertyName, { values, chooses: true });
      }
      add(branch);
    }
  };
  for (const schema of schemas) add(schema);
  for (const discriminator of inherited) {
    if (meant === undefined || named.has(discriminator.propertyName)) continue;
    named.set(discriminator.propertyName, { values: namesOf(discriminator, meant), chooses: false });
  }
  return { parts, hasAlternatives, mentionsNull, writeOnly, named };
}

/** How a discriminator calls a schema (OpenAPI 3.0.3, section 4.7.25). @param {Schema} discriminator @param {string} ref */
function namesOf({ mapping }, ref) {
  const name = steps(ref).at(-1) ?? '';
  const mapped = Object.entries(mapping ?? {})
    .filter(([, target]) => target === ref || target === name)
    .map(([value]) => value);
  return mapped.length > 0 ? mapped : [name];
}
