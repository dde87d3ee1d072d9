import { openSpec, type Spec } from '../../spec/open.js';
import { readTyped } from '../../document/read.js';
import { driftFromExpected } from '../../drift/against-expected.js';
import { exitCodeOf, type Drift } from '../../drift/change.js';
import { needsOf, type Needs } from '../../impact/needs.js';
import { driftBetween } from '../../drift/pair.js';
import { createSeries, STEADY } from '../../drift/series.js';
import { Problem } from '../../problem.js';
import { ExpectedFile, expectations, expectedOver, type Expectations } from '../../record/expected.js';
import {
  isFolder,
  listRuns,
  openRunsFolder,
  readRuns,
  runsOf,
  type RunsFolder,
} from '../../record/folder.js';
import type { Run } from '../../record/run.js';
import { latestName, readLatestRuns, readNamedRun } from '../../record/store.js';
import type { Host } from '../host.js';
import { createIo, type Io } from '../io.js';
import { openKept, type Kept, type KeptOptions } from '../kept.js';
import { printDrift } from '../tables/drift.js';

export interface DriftOptions extends KeptOptions {
  target?: string | undefined;
  targets?: readonly [string, string] | undefined;
  seen?: { seen: number; of: number } | undefined;
  apart?: number | undefined;
}

/** Compares. @returns the exit code */
export async function drift(
  base: string | undefined,
  head: string | undefined,
  options: DriftOptions,
  host: Host,
): Promise<number> {
  const io = createIo(options, host);
  await using kept = await openKept(options, host);
  const opened = await openSpec(options.specDir, SPEC_PARTS);
  const spec = { ...opened, expected: await expectedOver(opened.expected, kept.expectations) };
  const means = { spec, needs: needsOf(spec.consumers), options, kept, io };
  const found = joined(await compare(base, head, means));
  printDrift(found, io);
  io.result(found);
  return exitCodeOf(found);
}

const SPEC_PARTS = ['hosts', 'consumers', 'expected', 'worlds'] as const;

interface Means {
  spec: Spec<(typeof SPEC_PARTS)[number]>;
  needs: Needs;
  options: DriftOptions;
  kept: Kept;
  io: Io;
}

async function compare(base: string | undefined, head: string | undefined, means: Means): Promise<Drift[]> {
  const { targets } = means.options;
  if (targets) return compareTargets(targets, base, means);
  if (base === undefined) return compareNewest(means);
  const folder = await folderOfRuns(base, means);
  if (folder) {
    if (head === undefined) return compareFolder(folder, means);
    throw new Problem(
      'CONFORM_E_ARGUMENT_UNEXPECTED',
      'a folder of runs is compared over time, and takes no second argument',
      {
        place: { file: base },
        remedy: 'Name the folder alone, or two run files.',
      },
    );
  }
  if (head === undefined) return [compareWithExpected(await readNamedRun(base, means.kept), means)];
  const newer = await readNamedRun(head, means.kept);
  if (/\.ya?ml$/.test(base)) {
    const expected = expectations(await readTyped(base, ExpectedFile));
    return [driftFromExpected(newer, expected, base, means.needs)];
  }
  const older = await readNamedRun(base, means.kept);
  if (older.target !== newer.target) {
    means.io.note(`These are runs of two targets: ${older.target} and ${newer.target}.`);
  }
  return [driftBetween(older, newer, means.needs)];
}

/** The folder of runs that an argument names: one on disk, or `runs` of the store. */
async function folderOfRuns(named: string, { kept }: Means): Promise<RunsFolder | undefined> {
  if (kept.expectations !== undefined && named === 'runs') return runsOf(kept);
  return (await isFolder(named)) ? openRunsFolder(named) : undefined;
}

async function compareNewest(means: Means): Promise<Drift[]> {
  const { spec, options, kept } = means;
  const names = spec.hosts.targets
    .map(({ name }) => name)
    .filter((name) => options.target === undefined || name === options.target);
  const runs = await readLatestRuns(kept, names);
  if (runs.length === 0) {
    throw new Problem('CONFORM_E_RUN_MISSING', 'there is no run to compare', {
      place: { file: kept.place('latest') },
      remedy: 'Make one with conform check, or name one.',
    });
  }
  return runs.map((run) => compareWithExpected(run, means));
}

/** Runs that began further apart than this show two days of a vendor, and not only two hosts. */
const SAME_DAY_MS = 24 * 3_600_000;

/** The newest runs of two targets. */
async function compareTargets(
  targets: readonly [string, string],
  base: string | undefined,
  { kept, needs, io }: Means,
): Promise<Drift[]> {
  if (base !== undefined)
    throw new Problem('CONFORM_E_OPTION_CONFLICT', 'two targets are compared by their newest runs', {
      remedy: 'Leave the files out, or name two run files without --targets.',
    });
  const newest = async (name: string): Promise<Run> => {
    const [run] = await readLatestRuns(kept, [name]);
    if (run) return run;
    throw new Problem('CONFORM_E_RUN_MISSING', `there is no run of “${name}” to compare`, {
      place: { file: kept.place(latestName(name)) },
      remedy: `Make one with conform check --target ${name}.`,
    });
  };
  const [one, other] = await Promise.all([newest(targets[0]), newest(targets[1])]);
  if (Math.abs(Date.parse(one.startedAt) - Date.parse(other.startedAt)) > SAME_DAY_MS)
    io.note('These runs are more than a day apart: what differs may have changed on both hosts since.');
  return [driftBetween(one, other, needs)];
}

function compareWithExpected(run: Run, { spec, needs, io }: Means): Drift {
  const unrecorded = run.world === undefined ? spec.expected.unrecordedOf(run.target) : undefined;
  if (unrecorded !== undefined) io.note(`${unrecorded}.`);
  const { expected, name } = expectedOf(run, spec);
  return driftFromExpected(run, expected, name, needs);
}

/** What a world is known to do is written there; of a host it is what was last accepted. */
function expectedOf(run: Run, spec: Means['spec']): { expected: Expectations; name: string } {
  if (run.world !== undefined) {
    const { expect } = spec.worlds.of(run.world);
    return { expected: expectations({ writes: 'full', operations: expect }), name: `world ${run.world}` };
  }
  return {
    expected: spec.expected.of(run.target),
    name: spec.expected.fileOf(run.target) ?? 'the contract (nothing was accepted yet)',
  };
}

async function compareFolder(folder: RunsFolder, { needs, options, io }: Means): Promise<Drift[]> {
  const files = (await listRuns(folder)).filter(
    ({ target }) => options.target === undefined || target === options.target,
  );
  const steadiness = {
    ...STEADY,
    ...options.seen,
    ...(options.apart === undefined ? {} : { apartMs: options.apart }),
  };
  const byTarget = new Map<string, ReturnType<typeof createSeries>>();
  let done = 0;
  const unreadable = (problem: Problem) => {
    io.note(`${problem.place?.file ?? ''}: left out: ${problem.message}`);
  };
  for await (const { run } of readRuns(folder.records, files, unreadable)) {
    const series = byTarget.get(run.target) ?? createSeries(steadiness, needs);
    byTarget.set(run.target, series);
    series.add(run);
    done += 1;
    io.progress(`${done} of ${files.length} runs`);
  }
  io.progress('');
  const found = [...byTarget].flatMap(([target, series]) => {
    if (series.provedNothing() > 0) {
      io.note(`${target}: ${series.provedNothing()} runs that proved nothing were left out.`);
    }
    return series.drift() ?? [];
  });
  if (found.length > 0) return found;
  throw new Problem('CONFORM_E_RUNS_TOO_FEW', 'there are not two runs of one target that prove something', {
    place: { file: folder.dir === '' ? folder.records.path : folder.records.place(folder.dir) },
    remedy: 'Make more with conform check.',
  });
}

/** Several targets in one document: each change names its target. */
function joined(drifts: readonly Drift[]): Drift {
  const [only] = drifts;
  if (only && drifts.length === 1) return only;
  return {
    base: drifts.map(({ base }) => base).join(', '),
    head: drifts.map(({ head }) => head).join(', '),
    changes: drifts.flatMap(({ changes }) => changes),
    unsteady: drifts.flatMap(({ unsteady }) => unsteady),
    notCompared: drifts.flatMap(({ notCompared }) => notCompared),
    compared: drifts.reduce((sum, { compared }) => sum + compared, 0),
  };
}
