import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConsumers } from './impact/consumer.js';
import { PACKAGE_ROOT } from './package.js';
import { expectations, type Expectations } from './record/expected.js';
import type { Run } from './record/run.js';
import { readWorlds } from './replica/world.js';
import { brokenRun, WRONG } from './testing/consistency/broken.js';
import { contradictions, kindsOf, type Claims } from './testing/consistency/claims.js';
import { outputsOf } from './testing/consistency/outputs.js';
import { readOutputs } from './testing/consistency/readers.js';
import { recorded, RECORDINGS } from './testing/recorded.js';

const consumers = await readConsumers(join(PACKAGE_ROOT, 'spec'));
const worlds = await readWorlds(join(PACKAGE_ROOT, 'spec'));

const ALWAYS = ['surprises', 'verdict'];

/** What all outputs of a run say of it. */
async function claimsOf(run: Run, own: Expectations): Promise<Map<string, Claims>> {
  const outputs = await outputsOf({ run, consumers, expectations: own });
  return readOutputs(
    outputs,
    run.operations.map(({ id }) => id),
  );
}

/** The kinds of facts that each output gives: one that falls silent contradicts nothing, and is seen by this. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  html: [
    ...ALWAYS,
    'feature',
    'features',
    'gate',
    'label',
    'number',
    'owner',
    'provoked',
    'surprise',
    'usable',
    'works',
  ],
  md: [
    ...ALWAYS,
    'feature',
    'features',
    'label',
    'number',
    'owner',
    'provoked',
    'surprise',
    'usable',
    'works',
  ],
  'step-summary': [...ALWAYS, 'features', 'number'],
  terminal: [...ALWAYS, 'label', 'number', 'provoked', 'usable', 'works'],
  ctrf: [...ALWAYS, 'label', 'provoked', 'surprise', 'usable', 'works'],
  wfc: [...ALWAYS, 'surprise'],
  junit: [...ALWAYS, 'label', 'provoked', 'surprise', 'usable', 'works'],
  sarif: [...ALWAYS, 'label', 'surprise'],
  'test-report': [...ALWAYS, 'label', 'provoked', 'surprise', 'usable', 'works'],
  json: ['surprise', 'surprises', 'works'],
  'capability-statement': ['works'],
  badge: ['number', 'verdict'],
  'exit code': ['verdict'],
  'drift exit code': ['verdict'],
  drift: ['verdict'],
  'drift --json': ['feature', 'surprise', 'verdict'],
  history: ['number', 'usable'],
  'gate of Gigi': ['feature', 'features', 'gate', 'lets', 'readiness'],
  'gate --json of Gigi': ['feature', 'gate', 'lets', 'readiness'],
  'gate exit code of Gigi': ['gate'],
  'paper readiness': ['feature', 'gate', 'lets', 'readiness'],
  'paper objective-facts': ['number', 'provoked', 'works'],
  'paper compatibility-matrix': ['label', 'provoked', 'usable', 'works'],
  'paper integration-status': ['feature', 'label', 'provoked', 'usable', 'works'],
  'paper blocker-brief': ['feature', 'owner'],
  tickets: ['feature', 'owner'],
  notes: ['owner'],
};

describe('no output of a run contradicts another', () => {
  test.each(RECORDINGS)('of the recording “%s”', async (name) => {
    const run = await recorded(name);
    const own =
      run.world === undefined
        ? expectations({ operations: {} })
        : expectations({ writes: 'full', operations: worlds.of(run.world).expect });
    expect(contradictions(await claimsOf(run, own))).toEqual([]);
  });

  test.each(WRONG)('when %s', async (wrong) => {
    const { run, expectations: own } = brokenRun(await recorded('2026-02-26'), wrong);
    expect(contradictions(await claimsOf(run, own))).toEqual([]);
  });

  test('and each output speaks of all that it is there for', async () => {
    const { run, expectations: own } = brokenRun(await recorded('2026-02-26'), 'much is wrong at once');
    const claims = await claimsOf(run, own);
    const kinds = [...claims].map(([name, found]) => [name, kindsOf(found)]);
    const wanted = Object.entries(KINDS).map(([name, list]) => [name, [...list].sort()]);
    expect(Object.fromEntries(kinds)).toEqual(Object.fromEntries(wanted));
  });
});
