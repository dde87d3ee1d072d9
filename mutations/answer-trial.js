// Holds what finds violations in an answer against answers that one contract allows.
/* global Buffer */
import { CannotGenerate } from './gather.js';
import { at } from './json.js';
import { createOracle } from './oracle.js';
import { generate } from './values.js';

/** @typedef {import('../dist/src/contract/contract.js').Contract} Contract */
/** @typedef {import('../dist/src/contract/operation.js').Operation} Operation */
/** @typedef {import('../dist/src/testing/egress/random.js').Random} Random */

/**
 * @typedef {object} Kind of answer: a media type of a response of an operation
 * @property {Operation} operation
 * @property {number} status
 * @property {string} type
 * @property {string} schemaPointer
 * @property {readonly { name: string, schemaPointer: string | undefined }[]} headers those that are required
 */

/**
 * @typedef {object} AnswerTrial
 * @property {number} answers how many kinds of answers were tried
 * @property {number} valid
 * @property {number} flagged
 * @property {number} notChecked of the valid ones: something of them was left unchecked
 * @property {number} refused by the oracle: faults of the generator
 * @property {number} skipped kinds of which no value is known
 * @property {readonly { said: string, body: string }[]} shown of what is flagged, the smallest for each check
 */

/** A kind that gave no value after so many attempts is left out. */
const MOST_FAILURES = 40;
const SHOWN = 300;

/** Kinds of answers with a JSON body that a contract describes. @param {Contract} contract @returns {Kind[]} */
export function kindsOf({ operations }) {
  return operations.flatMap((operation) =>
    Object.entries(operation.responses).flatMap(([key, { content, headers }]) =>
      Object.entries(content).flatMap(([type, { schemaPointer }]) => {
        if (schemaPointer === undefined || !/[/+]json\b/i.test(type) || type.includes('*')) return [];
        const status = key === 'default' ? 200 : Number(key.replace(/XX$/, '00'));
        const required = headers.filter((one) => one.required);
        // Another response is before `default` where it has the status itself.
        const isOther = key === 'default' && ('200' in operation.responses || '2XX' in operation.responses);
        return isOther ? [] : [{ operation, status, type, schemaPointer, headers: required }];
      }),
    ),
  );
}

/**
 * @param {Contract} contract
 * @param {{ count: number, random: Random, isEnding?: () => boolean,
 *   findViolations: typeof import('../dist/src/checks/find-violations.js').findViolations }} options
 * @returns {AnswerTrial}
 */
export function tryAnswers(contract, { count, random, isEnding = () => false, findViolations }) {
  const { document, dialect } = contract;
  const world = { document, dialect, random };
  const all = kindsOf(contract);
  const oracle = createOracle(contract, [...new Set(all.map(({ schemaPointer }) => schemaPointer))]);
  const kinds = all
    .filter(({ schemaPointer }) => oracle.whyNot(schemaPointer) === undefined)
    .map((kind) => ({ ...kind, failures: 0, values: 0 }));
  const answers = kinds.length;
  /** @type {Map<string, { said: string, body: string }>} */
  const shown = new Map();
  const trial = { valid: 0, flagged: 0, notChecked: 0, refused: 0 };
  while (trial.valid < count && kinds.length > 0 && !isEnding()) {
    const kind = random.pick(kinds);
    const value = valueFor(kind);
    if (value === undefined) {
      kind.failures += 1;
      if (kind.values === 0 && kind.failures === MOST_FAILURES) kinds.splice(kinds.indexOf(kind), 1);
      continue;
    }
    kind.values += 1;
    trial.valid += 1;
    const body = JSON.stringify(value.body);
    const found = findViolations(
      kind.operation,
      answerOf(kind, body, value.headers),
      contract.validators.answer,
    );
    const wrong = found.filter(({ inconclusive }) => inconclusive !== true);
    if (found.length > wrong.length) trial.notChecked += 1;
    if (wrong.length === 0) continue;
    trial.flagged += 1;
    for (const { check, code, message, pointer = '' } of wrong) {
      const key = `${check} ${code}`;
      if ((shown.get(key)?.body.length ?? Infinity) <= body.length) continue;
      const said = `${kind.operation.id} ${kind.status}: ${check} (${code}) ${pointer} ${message}`;
      shown.set(key, { said, body: body.slice(0, SHOWN) });
    }
  }
  return { ...trial, answers, skipped: all.length - kinds.length, shown: [...shown.values()] };

  /** @param {Kind} kind @returns {{ body: any, headers: [string, string][] } | undefined} */
  function valueFor({ schemaPointer, headers }) {
    try {
      const body = generate(world, at(document, schemaPointer)).value;
      if (!oracle.accepts(schemaPointer, body)) {
        trial.refused += 1;
        return undefined;
      }
      return { body, headers: headers.map(headerFor) };
    } catch (error) {
      if (error instanceof CannotGenerate) return undefined;
      throw error;
    }
  }

  /** @param {Kind['headers'][number]} header @returns {[string, string]} */
  function headerFor({ name, schemaPointer }) {
    const value = schemaPointer === undefined ? 'a' : generate(world, at(document, schemaPointer)).value;
    if (typeof value === 'object' && value !== null)
      throw new CannotGenerate('a header that is no single value');
    return [name.toLowerCase(), String(value)];
  }
}

/**
 * An answer as a host would send it.
 * @param {Kind} kind @param {string} text @param {readonly [string, string][]} headers
 * @returns {import('../dist/src/targets/reply.js').Answer}
 */
function answerOf({ status, type }, text, headers) {
  const body = Buffer.from(text);
  return {
    ...{ kind: 'answer', at: new Date(0), durationMs: 20, status, body, incomplete: undefined },
    headers: [['content-type', type], ['content-length', String(body.length)], ...headers],
  };
}
