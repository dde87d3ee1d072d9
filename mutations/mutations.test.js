/* global URL */
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadContract } from '../src/contract/load.ts';
import { seeded } from '../src/testing/egress/random.ts';
import { SEED } from '../src/testing/seed.ts';
import { isAtPlace } from './at-place.js';
import { KINDS } from './mutate.js';
import { faultsOf } from './report.js';
import { tryContract } from './trial.js';

/** @typedef {import('../src/contract/contract.ts').Contract} Contract */

/** @param {string} name */
function load(name) {
  return loadContract(fileURLToPath(new URL(name, import.meta.url)));
}

describe(`values that are valid are not flagged, and broken ones at their place (seed ${SEED})`, () => {
  test.each([
    ['this project’s contract', '../spec/swagger.yaml', 300],
    ['every keyword of OpenAPI 3.0', './fixtures/every-keyword-3.0.yaml', 400],
    ['every keyword of OpenAPI 3.1', './fixtures/every-keyword-3.1.yaml', 200],
  ])('%s', async (_, file, count) => {
    const trial = tryContract(await load(file), { count, random: seeded(SEED) });
    expect(faultsOf(trial), JSON.stringify(trial.missed, undefined, 2)).toEqual([]);
    expect(trial).toMatchObject({ valid: count, notChecked: 0, skipped: [] });
  });
});

describe('what the trial itself is worth', () => {
  /** @type {Contract} */
  let old;
  /** @type {Contract} */
  let recent;
  beforeAll(async () => {
    old = await load('./fixtures/every-keyword-3.0.yaml');
    recent = await load('./fixtures/every-keyword-3.1.yaml');
  });

  /** The contract with a validator that says the same of every value. @param {...{ pointer: string }} said */
  const judged = (...said) => {
    const violations = said.map((violation) => ({ keyword: 'type', message: 'is wrong', ...violation }));
    const answer = {
      ...old.validators.answer,
      check: () => ({ kind: 'checked', violations, complete: true }),
    };
    return /** @type {Contract} */ ({ ...old, validators: { ...old.validators, answer } });
  };

  test('every kind of break is made, and the oracle refuses few of the values that are taken to be valid', () => {
    // Rare kinds are drawn by most seeds only.
    const trials = [old, recent].map((contract) =>
      tryContract(contract, { count: 800, random: seeded(2026) }),
    );
    const made = KINDS.filter((kind) => trials.some(({ kinds }) => (kinds[kind]?.broken ?? 0) > 0));
    expect(made).toEqual(KINDS);
    for (const { refused, valid } of trials) expect(refused).toBeLessThan(valid / 20);
  });

  test('a validator that throws fails, and does not end the trial', () => {
    const answer = {
      ...old.validators.answer,
      check: () => {
        throw new TypeError('it is broken');
      },
    };
    const contract = { ...old, validators: { ...old.validators, answer } };
    const trial = tryContract(contract, { count: 20, random: seeded(SEED) });
    expect(faultsOf(trial)).toContain('the validator throws at 40 values');
    expect(trial.missed[0]?.said).toEqual(['threw: TypeError: it is broken']);
  });

  test('the same seed gives the same trial', () => {
    const [one, other] = [7, 7].map((seed) => tryContract(judged(), { count: 50, random: seeded(seed) }));
    expect(one).toEqual(other);
  });

  test('a validator that finds nothing fails', () => {
    const trial = tryContract(judged(), { count: 100, random: seeded(SEED) });
    expect(faultsOf(trial)).toEqual([
      '100 broken values are not flagged at all',
      'only 0 % of what is broken is flagged at its place',
    ]);
    expect(trial.missed.every(({ outcome }) => outcome === 'not flagged')).toBe(true);
  });

  test('a validator that finds something everywhere but at the place fails', () => {
    const trial = tryContract(judged({ pointer: '/not/there' }), { count: 100, random: seeded(SEED) });
    expect(faultsOf(trial)).toEqual([
      '100 valid values are flagged',
      'only 0 % of what is broken is flagged at its place',
    ]);
  });
});

describe('what is found counts', () => {
  const plain = { pointer: '/a/0/b', ofMember: false, alternatives: undefined };
  test.each([
    ['at the place', '/a/0/b', plain, true],
    ['where a name is not shown', '/a/0/*', plain, true],
    ['not around it', '/a/0', plain, false],
    ['not below it', '/a/0/b/c', plain, false],
    ['not beside it', '/a/0/c', plain, false],
    ['at the member that is missing', '/a/0/b/c', { ...plain, ofMember: true }, true],
    ['not below that member', '/a/0/b/c/d', { ...plain, ofMember: true }, false],
    ['between the alternatives and the place', '/a/0', { ...plain, alternatives: '/a' }, true],
    ['at the alternatives', '/a', { ...plain, alternatives: '/a' }, true],
    ['not around the alternatives', '', { ...plain, alternatives: '/a' }, false],
    ['not beside the place in the alternatives', '/a/0/c', { ...plain, alternatives: '/a' }, false],
  ])('%s', (_, pointer, broken, counts) => {
    expect(isAtPlace({ pointer }, broken)).toBe(counts);
  });
});
