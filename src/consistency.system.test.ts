import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConsumers } from './impact/consumer.js';
import { PACKAGE_ROOT } from './package.js';
import { readWorlds } from './replica/world.js';
import { expectations } from './record/expected.js';
import type { Run } from './record/run.js';
import { readRun } from './record/store.js';
import { leapingClock } from './testing/clock.js';
import { conform, temporaryFolder } from './testing/conform.js';
import { contradictions, type Claims } from './testing/consistency/claims.js';
import { outputsOf } from './testing/consistency/outputs.js';
import { readOutputs } from './testing/consistency/readers.js';
import { checker, readMutations } from './testing/mutated-worlds.js';
import { THOROUGH } from './testing/thorough.js';

const consumers = await readConsumers(join(PACKAGE_ROOT, 'spec'));
const worlds = await readWorlds(join(PACKAGE_ROOT, 'spec'));
const { world, run } = await checker();
const mutations = await readMutations(world);

/** What all outputs of a run of a world say of it. */
async function claimsOf(one: Run, expect: typeof world.expect): Promise<Map<string, Claims>> {
  const own = expectations({ writes: 'full', operations: expect });
  const ids = one.operations.map(({ id }) => id);
  return readOutputs(await outputsOf({ run: one, consumers, expectations: own }), ids);
}

/** Every night all policies in all worlds and every fifth mutation; in CI all policies in the newest world only, and fewer mutations. */
const POLICIES = ['full', 'validate', 'route', 'none'] as const;
const CASES = worlds.dates.flatMap((date) =>
  (THOROUGH || date === world.date ? POLICIES : (['full', 'none'] as const)).map(
    (writes) => [writes, date] as const,
  ),
);
const ONE_OF = THOROUGH ? 5 : 15;

test.each(CASES)(
  'no output contradicts another: writes as far as “%s”, in the world of %s',
  async (writes, date) => {
    await using folder = await temporaryFolder();
    const { code, out } = await conform(
      [
        ...['check', '--target', 'replica', '--world', date, '--writes', writes, '--no-checks', 'all'],
        ...['--out', folder.path],
      ],
      { clock: leapingClock(new Date(`${date}T09:00:00Z`)) },
    );
    const found = await readRun(join(folder.path, 'latest', 'replica.json'));
    const claims = await claimsOf(found, worlds.of(date).expect);
    // What the command itself printed and ended with is held against the rest as well.
    const ids = found.operations.map(({ id }) => id);
    const printed = readOutputs(
      new Map([
        ['exit code', String(code)],
        ['terminal', out],
      ]),
      ids,
    );
    for (const [name, said] of printed) claims.set(`command: ${name}`, said);
    expect(contradictions(claims)).toEqual([]);
  },
);

test.each(mutations.filter((_, index) => index % ONE_OF === 0))(
  'no output contradicts another when this is wrong in the newest world: $what',
  async ({ at, mutated }) => {
    expect(contradictions(await claimsOf(await run(mutated, [at]), mutated.expect))).toEqual([]);
  },
);
