import { join } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { chooseChecks } from '../checks/select.js';
import { readTypedDocument } from '../document/read.js';
import { literals } from '../document/literals.js';
import { PACKAGE_ROOT } from '../package.js';
import { pointer } from '../json.js';
import { Secrets } from '../targets/secrets.js';
import { findTarget } from '../targets/targets.js';
import { startReplica } from '../replica/replica.js';
import { changedWorld, type World } from '../replica/world.js';
import { WorldFile } from '../replica/world/file.js';
import { expectations } from '../record/expected.js';
import { performRun } from '../engine/perform.js';
import { planRun } from '../engine/plan.js';
import type { Run } from '../record/run.js';
import { openSpec } from '../spec/open.js';
import { systemChance } from '../chance.js';
import { leapingClock } from './clock.js';
import { temporaryFolder } from './folder.js';

const SEEN_BY = ['check', 'flow', 'nobody'] as const;

const Mutations = Type.Array(
  Type.Object(
    {
      what: Type.String({ pattern: '^[A-Z].*\\.$' }),
      at: Type.String(),
      seenBy: literals(SEEN_BY),
      why: Type.Optional(Type.String()),
      world: Type.Omit(WorldFile, ['about', 'extends'], { additionalProperties: false }),
    },
    { additionalProperties: false },
  ),
);

/** One thing that is wrong in a world, and who is to see it. */
export type Mutation = Static<typeof Mutations>[number] & {
  /** The world in which it is wrong. */
  mutated: World;
};

/**
 * All mutations of a world that are in a file of `mutations`.
 * @throws Problem with file and line
 */
export async function readMutations(world: World, name = 'worlds.yaml'): Promise<Mutation[]> {
  const file = join(PACKAGE_ROOT, 'mutations', name);
  const { value, lineOf } = await readTypedDocument(file, Mutations);
  return value.map((mutation, index) => {
    const place = { file, lineOf: (steps: string) => lineOf(pointer(index, 'world') + steps) };
    return { ...mutation, mutated: changedWorld(world, { about: world.about, ...mutation.world }, place) };
  });
}

/** The spec folder of this package, and runs of all checks on the replica of a world of it. */
export async function checker(): Promise<{
  world: World;
  run: (world: World, only?: readonly string[]) => Promise<Run>;
}> {
  const spec = await openSpec(join(PACKAGE_ROOT, 'spec'), [
    ...(['contract', 'hosts', 'samples', 'signatures', 'worlds'] as const),
  ]);
  const { contract, signatures, samples } = spec;
  const described = findTarget(spec.hosts.targets, 'replica');
  const run = async (world: World, only: readonly string[] = []): Promise<Run> => {
    await using folder = await temporaryFolder();
    const clock = leapingClock();
    const replica = await startReplica({ world, contract, clock });
    try {
      const target = { ...described, baseUrl: replica.url };
      return await performRun({
        id: '20260226T090000Z-replica',
        startedAt: clock.now(),
        ...{ contract, target, samples, signatures, clock },
        otherHost: undefined,
        plan: planRun(contract, target, 'full', samples, { only, checks: chooseChecks(['all']) }),
        expectations: expectations({ writes: 'full', operations: world.expect }),
        environment: target.environment,
        invented: true,
        secrets: new Secrets(),
        world: world.date,
        journals: join(folder.path, 'journal'),
        chance: systemChance,
        signal: new AbortController().signal,
        onEvent: () => undefined,
        limitOf: () => undefined,
        onFault: (error) => {
          throw error;
        },
      });
    } finally {
      await replica.close();
    }
  };
  return { world: spec.worlds.of(), run };
}

/** What is said of each operation of a run: its outcome where it does not work, and what else is found. */
export function saidIn({ operations }: Run): Map<string, string[]> {
  return new Map(
    operations.map(({ id, outcome, findings }) => [
      id,
      [
        ...(outcome === 'works' || outcome === 'deviates' ? [] : [`outcome ${outcome}`]),
        ...findings.map(({ check, code }) => (code === undefined ? check : `${check} (${code})`)),
      ],
    ]),
  );
}
