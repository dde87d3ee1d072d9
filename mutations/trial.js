// Holds a validator against values that one contract allows, and values that it does not.
import { isAtPlace } from './at-place.js';
import { CannotGenerate } from './gather.js';
import { at, isObject } from './json.js';
import { KINDS, mutate } from './mutate.js';
import { createOracle } from './oracle.js';
import { generate } from './values.js';

/** @typedef {import('../dist/src/contract/contract.js').Contract} Contract */
/** @typedef {{ kind: 'threw', why: string }} Threw the validator itself has failed */
/** @typedef {ReturnType<Contract['validators']['answer']['check']> | Threw} Checked */
/** @typedef {import('../dist/src/testing/egress/random.js').Random} Random */
/** @typedef {'at the place' | 'elsewhere' | 'not flagged'} Outcome */

/**
 * @typedef {object} Missed something that was judged wrongly
 * @property {string} kind
 * @property {Outcome | 'flagged wrongly' | 'not checked'} outcome
 * @property {string} schemaPointer
 * @property {string} pointer
 * @property {string} value
 * @property {readonly string[]} said
 * @property {string | undefined} [alternatives]
 */

/**
 * @typedef {object} Trial
 * @property {number} schemas of answers
 * @property {number} allowAll of the schemas, those that allow everything: their values cannot be broken
 * @property {number} valid
 * @property {number} flaggedWrongly
 * @property {number} notChecked of the valid ones: the validator gave no verdict
 * @property {number} threw how often the validator itself has failed, of all values
 * @property {number} refused by the oracle: faults of the generator
 * @property {Record<string, Kind>} kinds
 * @property {Record<string, Kind>} nestings what of it is in how many alternatives within each other
 * @property {readonly Missed[]} missed the smallest of each kind and outcome
 * @property {readonly { schemaPointer: string, why: string }[]} skipped schemas that no values are known for
 */

/** @typedef {{ broken: number, equivalent: number } & Record<Outcome, number>} Kind */

/** A schema is done with when none of so many values could be broken: it allows everything. */
const ENOUGH_UNBROKEN = 10;
/** A schema that gave no value after so many attempts is skipped. */
const MOST_FAILURES = 40;
/** A value is broken again when the oracle finds nothing wrong with it. */
const BREAKS = 4;

/** The schemas of all JSON bodies that a contract describes for answers. @param {Contract} contract @returns {string[]} */
export function responseSchemas({ operations }) {
  const pointers = operations.flatMap(({ responses }) =>
    Object.values(responses).flatMap(({ content }) =>
      Object.entries(content).flatMap(([type, { schemaPointer }]) =>
        schemaPointer !== undefined && /[/+]json\b/i.test(type) ? [schemaPointer] : [],
      ),
    ),
  );
  return [...new Set(pointers)];
}

/** Whether a schema describes an object, or a list of them. @param {Contract} contract @param {string} schemaPointer */
export function hasObject({ document }, schemaPointer) {
  const seen = new Set();
  /** @param {any} schema @returns {boolean} */
  const look = (schema) => {
    if (!isObject(schema) || seen.has(schema)) return false;
    seen.add(schema);
    if (isObject(schema.properties)) return true;
    if (typeof schema.$ref === 'string') return look(at(document, decodeURIComponent(schema.$ref.slice(1))));
    const inside = [
      schema.items,
      ...[schema.allOf, schema.oneOf, schema.anyOf].flatMap((list) => list ?? []),
    ];
    return inside.some(look);
  };
  return look(at(document, schemaPointer));
}

/**
 * @param {Contract} contract
 * @param {{ count: number, random: Random, isEnding?: () => boolean }} options
 * @returns {Trial}
 */
export function tryContract(contract, { count, random, isEnding = () => false }) {
  const { document, dialect } = contract;
  const world = { document, dialect, random };
  const pointers = responseSchemas(contract);
  const oracle = createOracle(contract, pointers);
  let threw = 0;
  /** @type {Contract['validators']['answer']['check'] | ((schemaPointer: string, value: any) => Threw)} */
  const check = (schemaPointer, value) => {
    try {
      return contract.validators.answer.check(schemaPointer, value);
    } catch (error) {
      threw += 1;
      return { kind: 'threw', why: String(error) };
    }
  };
  const kinds = Object.fromEntries(KINDS.map((kind) => [kind, noneOfKind()]));
  /** @type {Record<string, Kind>} */
  const nestings = {};
  /** @type {Map<string, Missed>} */
  const missed = new Map();
  /** @param {Omit<Missed, 'value'>} what @param {unknown} value */
  const miss = (what, value) => {
    const key = `${what.kind} ${what.outcome}`;
    const text = JSON.stringify(value);
    if ((missed.get(key)?.value.length ?? Infinity) > text.length) missed.set(key, { ...what, value: text });
  };
  /** @type {{ schemaPointer: string, why: string }[]} */
  const skipped = [];
  const schemas = pointers.flatMap((schemaPointer) => {
    const why = oracle.whyNot(schemaPointer);
    if (why === undefined)
      return [{ schemaPointer, failures: 0, values: 0, broken: 0, unbroken: 0, nesting: 0 }];
    skipped.push({ schemaPointer, why: `the oracle cannot use it: ${why}` });
    return [];
  });
  let allowAll = 0;
  let valid = 0;
  let flaggedWrongly = 0;
  let notChecked = 0;
  let refused = 0;
  let broken = 0;

  /** @param {(typeof schemas)[number]} schema @param {string} why */
  const fail = (schema, why) => {
    schema.failures += 1;
    if (schema.values > 0 || schema.failures < MOST_FAILURES) return;
    schemas.splice(schemas.indexOf(schema), 1);
    skipped.push({ schemaPointer: schema.schemaPointer, why });
  };

  /** As often as not, one that has alternatives: few have them, and they are where errors are hard to read. */
  const pickSchema = () => {
    const nesting = random.pick([...new Set(schemas.map((schema) => schema.nesting))]);
    const alike = schemas.filter((schema) => schema.nesting === nesting);
    return random.pick(random.next() < 0.5 ? alike : schemas);
  };

  /** @param {string} schemaPointer @param {unknown} value */
  const tryValid = (schemaPointer, value) => {
    valid += 1;
    const checked = check(schemaPointer, /** @type {any} */ (value));
    if (checked.kind !== 'checked') notChecked += 1;
    else if (checked.violations.length > 0) flaggedWrongly += 1;
    else return;
    const outcome = checked.kind === 'checked' ? 'flagged wrongly' : 'not checked';
    miss({ kind: 'valid', outcome, schemaPointer, pointer: '', said: saidBy(checked) }, value);
  };

  /** @param {string} schemaPointer @param {import('./values.js').Generated} generated @returns {boolean} whether it could be broken */
  const tryBroken = (schemaPointer, generated) => {
    for (let number = 0; number < BREAKS; number++) {
      const mutation = mutate(generated, random);
      if (!mutation) return false;
      const nesting = (nestings[`in ${mutation.nesting} alternatives`] ??= noneOfKind());
      const counts = [kinds[mutation.kind] ?? noneOfKind(), nesting];
      if (oracle.accepts(schemaPointer, mutation.value)) {
        for (const count of counts) count.equivalent += 1;
        continue;
      }
      broken += 1;
      const checked = check(schemaPointer, mutation.value);
      const outcome = outcomeOf(checked, mutation);
      for (const count of counts) {
        count.broken += 1;
        count[outcome] += 1;
      }
      if (outcome !== 'at the place')
        miss({ ...mutation, outcome, schemaPointer, said: saidBy(checked) }, mutation.value);
      return true;
    }
    return false;
  };

  for (let drawn = 0; drawn < count * 4 && schemas.length > 0 && !isEnding(); drawn++) {
    if (valid >= count && broken >= count) break;
    const schema = pickSchema();
    const { schemaPointer } = schema;
    try {
      const generated = generate(world, at(document, schemaPointer));
      if (!oracle.accepts(schemaPointer, generated.value)) {
        refused += 1;
        fail(schema, 'the oracle refuses every value that was made for it');
        continue;
      }
      schema.values += 1;
      schema.nesting = Math.max(schema.nesting, ...generated.places.map(({ nesting }) => nesting));
      if (valid < count) tryValid(schemaPointer, generated.value);
      if (broken >= count) continue;
      if (tryBroken(schemaPointer, generated)) schema.broken += 1;
      else schema.unbroken += 1;
      if (schema.broken === 0 && schema.unbroken === ENOUGH_UNBROKEN) {
        schemas.splice(schemas.indexOf(schema), 1);
        allowAll += 1;
      }
    } catch (error) {
      if (!(error instanceof CannotGenerate)) throw error;
      fail(schema, error.message);
    }
  }
  return {
    ...{
      schemas: pointers.length,
      allowAll,
      valid,
      flaggedWrongly,
      notChecked,
      threw,
      refused,
      kinds,
      nestings,
      skipped,
    },
    missed: [...missed.values()],
  };
}

/** @returns {Kind} */
function noneOfKind() {
  return { broken: 0, equivalent: 0, 'at the place': 0, elsewhere: 0, 'not flagged': 0 };
}

/** @param {Checked} checked @param {import('./mutate.js').Broken} broken @returns {Outcome} */
function outcomeOf(checked, broken) {
  if (checked.kind !== 'checked' || checked.violations.length === 0) return 'not flagged';
  return checked.violations.some((violation) => isAtPlace(violation, broken)) ? 'at the place' : 'elsewhere';
}

/** @param {Checked} checked @returns {string[]} */
function saidBy(checked) {
  if (checked.kind !== 'checked') return [`${checked.kind}: ${checked.why}`];
  return checked.violations.map(({ pointer, message }) => `${pointer} ${message}`);
}
