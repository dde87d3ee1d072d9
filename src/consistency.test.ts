import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConsumers } from './impact/consumer.js';
import { PACKAGE_ROOT } from './package.js';
import { expectations, type Expectations } from './run/expected.js';
import type { Run } from './run/run.js';
import { readWorlds } from './replica/world.js';
import { brokenRun, WRONG } from './testing/consistency/broken.js';
import { contradictions, kindsOf, type Claims } from './testing/consistency/claims.js';
import { outputsOf } from './testing/consistency/outputs.js';
import { readOutputs } from './testing/consistency/readers.js';
import { recorded, RECORDINGS } from './testing/recorded.js';

const consumers = await readConsumers(join(PACKAGE_ROOT, 'spec'));
const worlds = await readWorlds(join(PACKAGE_ROOT, 'spec'));

/** What all outputs of a run say of it. */
async function claimsOf(run: Run, own: Expectations): Promise<Map<string, Claims>> {
  const outputs = await outputsOf({ run, consumers, expectations: own });
  return readOutputs(
    outputs,
    run.operations.map(({ id }) => id),
  );
}

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
});
