import { join } from 'node:path';
import { systemChance } from '../chance.js';
import { PACKAGE_ROOT } from '../package.js';
import { startReplica } from '../replica/replica.js';
import type { World } from '../replica/world.js';
import { openSpec } from '../spec/open.js';
import { Secrets } from '../target/secrets.js';
import { findTarget, type WritePolicy } from '../target/targets.js';
import type { FlowOutcome } from '../workflow/outcome.js';
import type { Flow } from '../workflow/flow.js';
import { ownFlows, planFlows } from '../workflow/plan.js';
import { runFlow } from '../workflow/run.js';
import { openStage, type Setting } from '../workflow/stage.js';
import { leapingClock } from './clock.js';

/** The flows of a spec folder, and how they are gone through on the replica of a world, in this process. */
export interface FlowRunner {
  flows: readonly Flow[];
  world: World;
  /** The worlds of the folder, oldest first. */
  worlds: readonly World[];
  run: (world: World, policy?: WritePolicy) => Promise<FlowOutcome[]>;
}

/** @param dir the spec folder, in this package */
export async function flowRunner(dir: string): Promise<FlowRunner> {
  const spec = await openSpec(join(PACKAGE_ROOT, dir), [
    ...(['contract', 'hosts', 'samples', 'signatures', 'worlds', 'workflows'] as const),
  ]);
  const { contract, samples, signatures, worlds } = spec;
  const described = findTarget(spec.hosts.targets, 'replica');
  const flows = ownFlows(planFlows(spec.workflows, contract));
  const run = async (world: World, policy: WritePolicy = 'full'): Promise<FlowOutcome[]> => {
    // What a world holds is of its day.
    const startedAt = new Date(`${world.date}T09:00:00Z`);
    const clock = leapingClock(startedAt);
    const replica = await startReplica({ world, contract, clock });
    const stage = await openStage({
      ...{ contract, samples, signatures, policy, startedAt, clock },
      target: { ...described, baseUrl: replica.url },
      secrets: new Secrets(),
      environment: described.environment,
      journal: NO_JOURNAL,
      knownRefusal: (operation) => refusalIn(world, operation),
      chance: systemChance,
      signal: new AbortController().signal,
    });
    try {
      const outcomes: FlowOutcome[] = [];
      for (const flow of flows) outcomes.push(await runFlow(flow, stage));
      return outcomes;
    } finally {
      await stage.close();
      await replica.close();
    }
  };
  return { flows, world: worlds.of(), worlds: worlds.dates.map((date) => worlds.of(date)), run };
}

/** A replica keeps nothing beyond its end: to write to a disk what is created there would only take time. */
const NO_JOURNAL: Setting['journal'] = {
  creating: () => 0,
  created: () => undefined,
  removed: () => undefined,
  prepare: () => Promise.resolve(),
  settle: () => Promise.resolve(),
  drop: () => Promise.resolve(),
};

/** What a world is known to answer an operation with, where that is no success. */
function refusalIn({ expect }: World, operation: string): string | undefined {
  const known = expect[operation];
  if (!known || known.outcome === 'works' || known.outcome === 'deviates') return undefined;
  return known.cause === undefined ? known.outcome : `${known.outcome} (${known.cause})`;
}
