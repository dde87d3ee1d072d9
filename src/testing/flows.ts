import { join } from 'node:path';
import { systemChance } from '../chance.js';
import type { Contract } from '../contract/contract.js';
import { PACKAGE_ROOT } from '../package.js';
import { startReplica, type Replica } from '../replica/replica.js';
import type { World } from '../replica/world.js';
import { openSpec } from '../spec/open.js';
import { Secrets } from '../targets/secrets.js';
import { findTarget, type WritePolicy } from '../targets/targets.js';
import type { FlowOutcome } from '../workflow/outcome.js';
import type { Flow } from '../workflow/flow.js';
import { ownFlows, planFlows } from '../workflow/plan.js';
import { runFlow } from '../workflow/run.js';
import { openStage, type Setting, type Stage } from '../workflow/stage.js';
import { leapingClock } from './clock.js';

/** How flows are run in a test. */
interface Going {
  /** Default: `full`. */
  policy?: WritePolicy;
  /** A replica of that world that is there already. */
  replica?: Pick<Replica, 'url'>;
  /** Whether it is taken for a host that was there before, and stays. */
  keepsRecords?: boolean;
  /** Default: what the world is known to refuse. */
  knownRefusal?: Setting['knownRefusal'];
  /** Variables beside those that the target has of its own. */
  environment?: Setting['environment'];
  /** Called with every operation that a flow asks, also to list, read and remove what it creates. */
  onAsked?: (flow: string, operation: string) => void;
}

/** The flows of a spec folder, and how they are run on the replica of a world, in this process. */
export interface FlowRunner {
  contract: Contract;
  flows: readonly Flow[];
  /** The newest world. */
  world: World;
  /** The worlds of the folder, oldest first. */
  worlds: readonly World[];
  /** All flows of the folder. */
  run: (world: World) => Promise<FlowOutcome[]>;
  go: (flows: readonly Flow[], world: World, going?: Going) => Promise<FlowOutcome[]>;
}

/** @param dir the spec folder, in this package */
export async function flowRunner(dir: string): Promise<FlowRunner> {
  const spec = await openSpec(join(PACKAGE_ROOT, dir), [
    ...(['contract', 'hosts', 'samples', 'signatures', 'worlds', 'workflows'] as const),
  ]);
  const { contract, samples, signatures, worlds } = spec;
  const described = findTarget(spec.hosts.targets, 'replica');
  const flows = ownFlows(planFlows(spec.workflows, contract));
  const go: FlowRunner['go'] = async (some, world, going = {}) => {
    // What a world holds is of its day.
    const startedAt = new Date(`${world.date}T09:00:00Z`);
    const clock = leapingClock(startedAt);
    const started = going.replica ? undefined : await startReplica({ world, contract, clock });
    const url = going.replica?.url ?? started?.url ?? '';
    const stage = await openStage({
      ...{ contract, samples, signatures, startedAt, clock },
      policy: going.policy ?? 'full',
      target: {
        ...described,
        baseUrl: url,
        ...(going.keepsRecords ? { serve: undefined } : {}),
      },
      secrets: new Secrets(),
      environment: { ...described.environment, ...going.environment },
      journal: NO_JOURNAL,
      knownRefusal: going.knownRefusal ?? ((operation) => refusalIn(world, operation)),
      chance: systemChance,
      signal: new AbortController().signal,
    });
    try {
      const outcomes: FlowOutcome[] = [];
      for (const flow of some) outcomes.push(await runFlow(flow, heard(stage, flow, going.onAsked)));
      return outcomes;
    } finally {
      await stage.close();
      await started?.close();
    }
  };
  return {
    ...{ contract, flows, go },
    world: worlds.of(),
    worlds: worlds.dates.map((date) => worlds.of(date)),
    run: (world) => go(flows, world),
  };
}

/** A stage on which it is heard what is asked. */
function heard(stage: Stage, flow: Flow, onAsked: Going['onAsked'] = () => undefined): Stage {
  const { conversation } = stage.asking;
  const ask: typeof conversation.ask = (probe, options) => {
    onAsked(flow.id, probe.operation);
    return conversation.ask(probe, options);
  };
  return { ...stage, asking: { ...stage.asking, conversation: { ...conversation, ask } } };
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
