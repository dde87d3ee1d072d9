import { openFolder, type Folder, type Records } from '../artefact/folder.js';
import { ON_BY_DEFAULT, settleChoices } from '../checks/select.js';
import { readTurns } from '../history/read.js';
import { expectations, type Expectations } from '../record/expected.js';
import { journalFolder } from '../engine/journal.js';
import { Problem } from '../problem.js';
import { withRunId } from '../record/name.js';
import { performRun } from '../engine/perform.js';
import { planRun, type Plan } from '../engine/plan.js';
import type { Run } from '../record/run.js';
import { writeRun } from '../record/store.js';
import { chooseWritePolicy, limitsOf } from '../session/policy.js';
import type { Spec } from '../spec/open.js';
import type { Target } from '../targets/targets.js';
import type { OnEvent } from '../engine/events.js';
import type { Runtime } from './runtime.js';
import { located, locatedOtherHost, serve } from './serve.js';

/** What is read of a spec folder to ask a target. */
export const ASKING_PARTS = [
  ...(['contract', 'hosts', 'samples', 'signatures', 'worlds', 'consumers', 'expected'] as const),
  ...(['checks', 'lists'] as const),
];
export type AskingSpec = Spec<(typeof ASKING_PARTS)[number]>;

/** A target, where it is, and what will be asked of it. */
export interface Prepared {
  place: ReturnType<typeof located>;
  target: Target;
  otherHost: ReturnType<typeof locatedOtherHost>;
  plan: Plan;
}

/**
 * Plans what to ask of a target.
 * @param wanted what the command line says; `records` hold the earlier runs, by which checks have their turns
 * @throws Problem when the address or the write policy cannot be used
 */
export async function prepareTarget(
  target: Target,
  spec: AskingSpec,
  wanted: {
    records: Records;
    baseUrl?: string | undefined;
    writes?: string | undefined;
    selection?: { only?: string[]; shard?: { index: number; of: number } };
    /** Names of checks that are on, and off. */
    asked?: { on: string[] | undefined; off: string[] | undefined };
  },
  { env }: Pick<Runtime, 'env'>,
): Promise<Prepared> {
  const { contract, samples } = spec;
  const { targets } = spec.hosts;
  const place = located(contract, target, { targets, baseUrl: wanted.baseUrl });
  const limits = limitsOf(target, targets, place.address);
  const policy = chooseWritePolicy({ name: target.name, limits }, wanted.writes, env);
  // A run that was sent elsewhere for a test must not reach for a real host.
  const isAtHome = place.address === undefined;
  const otherHost = isAtHome ? locatedOtherHost(contract, target, { targets, place }) : undefined;
  // At another address there is a host that keeps what is sent to it, whatever is served under this name.
  const settings = spec.checks.of(target.name);
  const checks = settleChoices(
    { on: ON_BY_DEFAULT },
    ...settings.choices,
    wanted.asked ?? { on: undefined, off: undefined },
  );
  const turns = checks.reads.length === 0 ? undefined : await readTurns(target.name, wanted.records);
  const plan = planRun(place.contract, place.target, policy, samples, {
    ...{ ...wanted.selection, checks, settings },
    ...(turns ? { turnOf: turns.turnOf } : {}),
  });
  return { place, target, otherHost, plan };
}

/**
 * Asks one target what it was prepared for, and keeps the run.
 * @returns the run and its file
 * @throws Problem when nothing can be asked, or the run cannot be written
 */
export async function askTarget(
  { place, target, otherHost, plan }: Prepared,
  spec: AskingSpec,
  around: {
    runtime: Runtime;
    environment: Readonly<Record<string, string | undefined>>;
    /** Where the run is kept. */
    records: Folder;
    /** The output folder: the journal of what a run creates is on this disk, whoever keeps the run. */
    out: string;
    /** The world that the replica serves. */
    world?: string | undefined;
    deadlineMs: number | undefined;
    signal: AbortSignal;
    onFault: (error: Error) => void;
    onEvent: OnEvent;
  },
): Promise<{ run: Run; file: string }> {
  const { runtime, records, environment } = around;
  const { samples, signatures, lists } = spec;
  const served = await serve(place, { world: around.world, worlds: spec.worlds }, runtime);
  try {
    const startedAt = runtime.clock.now();
    return await withRunId(records, startedAt, target.name, async (id) => {
      const run = await performRun({
        ...{ id, startedAt, otherHost, plan, samples, signatures, lists },
        secrets: runtime.secrets,
        contract: place.contract,
        target: served.target,
        limitOf: served.limitOf,
        invented: target.serve !== undefined,
        expectations: expectationsOf({ target: target.name, world: served.world?.date }, spec),
        environment: { ...environment, ...target.environment },
        world: served.world?.date,
        journals: journalFolder(around.out),
        clock: runtime.clock,
        chance: runtime.chance,
        paceOf: runtime.paceOf,
        deadlineMs: around.deadlineMs,
        signal: around.signal,
        onFault: around.onFault,
        onEvent: around.onEvent,
      });
      const file = await writeRun(run, records).catch((error: unknown) => rescued(error, run, around));
      around.onEvent({ kind: 'finished', target: target.name, run, file });
      return { run, file };
    });
  } finally {
    await served.close();
  }
}

/**
 * Writes a run below the output folder that its database did not take: what was asked for hours is not lost with a connection.
 * @throws Problem that says where the run is; what was thrown, where it is not the database that is at fault
 */
async function rescued(
  error: unknown,
  run: Run,
  { records, out, runtime }: { records: Folder; out: string; runtime: Pick<Runtime, 'secrets'> },
): Promise<never> {
  if (
    records.path === out ||
    !(error instanceof Problem) ||
    !/^CONFORM_E_(?:DATABASE|STORE)_/.test(error.code)
  )
    throw error;
  const file = await writeRun(run, openFolder(out, runtime.secrets));
  throw new Problem(error.code, `${error.message}; the run was written to ${file}`, {
    ...(error.place ? { place: error.place } : {}),
    remedy: `When the database is back, conform store import ${out} copies the run there.`,
    cause: error,
  });
}

/** What a world is known to do is written there; of a host it is what was last accepted. */
export function expectationsOf(
  { target, world }: { target: string; world?: string | undefined },
  { worlds, expected }: Pick<AskingSpec, 'worlds' | 'expected'>,
): Expectations {
  if (world === undefined) return expected.of(target);
  return expectations({ writes: 'full', operations: worlds.of(world).expect });
}
