import { openFolder, type Folder, type Records } from '../../artefact/folder.js';
import { readBench } from '../../impact/bench.js';
import { judgeGate } from '../../gate/gate.js';
import { findConsumer } from '../../impact/consumer.js';
import { needsOf } from '../../impact/needs.js';
import { operationsMissing } from '../../impact/orphans.js';
import { calendarOf, isTimeZone } from '../../nightly/calendar.js';
import { compareRun } from '../../nightly/compare.js';
import { describeHolder, systemMachine, takeLock, type Holder } from '../../nightly/lock.js';
import { passNight, type NightResult, type NightTarget, type Work } from '../../nightly/night.js';
import { nightId, readNights, writeNight, type NightRecord } from '../../nightly/record.js';
import { NIGHTS_COMPARED, readNightly, type NightlyFile } from '../../nightly/settings.js';
import { createNotifiers } from '../../notify/index.js';
import type { Notifier } from '../../notify/notifier.js';
import { systemPost } from '../../notify/post.js';
import { systemPrograms } from '../../notify/program.js';
import { asError, Problem, throwAll } from '../../problem.js';
import { writeReports } from '../../documents/write.js';
import { expectedOver } from '../../record/expected.js';
import type { Run } from '../../record/run.js';
import { readLatestRuns } from '../../record/store.js';
import { findLayers, folderOf } from '../../spec/find.js';
import { readEnvironment } from '../../targets/credentials.js';
import { findTarget, type Target } from '../../targets/targets.js';
import { askTarget, ASKING_PARTS, expectationsOf, prepareTarget } from '../../library/ask-target.js';
import { faultReport } from '../fault.js';
import type { Host } from '../host.js';
import { passOn } from '../../library/reporter.js';
import { showProgress } from '../progress.js';
import { createIo, type Io } from '../io.js';
import { keptOnDisk, openKept, type Kept, type KeptOptions } from '../kept.js';
import { stopSignal } from '../signals.js';
import { openExamined } from '../whole-spec.js';
import { ticketIn } from './ticket.js';

export interface NightlyOptions extends KeptOptions {
  target?: string[] | undefined;
  consumer?: string[] | undefined;
  requireGate?: true | undefined;
  deadline: number;
  notify?: string[] | undefined;
  baseUrl?: string | undefined;
}

/** How long everything but asking takes at most, in milliseconds: reports, tickets, notifications. */
const BESIDE_ASKING_MS = 60 * 60_000;

/** Passes one night. @returns the exit code */
export async function nightly(options: NightlyOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  const stop = stopSignal(host);
  const faults: Error[] = [];
  try {
    const opened = await openKept(options, host).catch((error: unknown) => asError(error));
    await using kept = opened instanceof Error ? keptOnDisk(options, host) : opened;
    const result = await passNightly(options, {
      ...{ host, io, kept, environment: readEnvironment(host.env), signal: stop.signal },
      // Somebody is notified that there is no store; the record of this night is then below --out.
      fault: opened instanceof Error ? opened : undefined,
      onFault: (error: Error) => faults.push(error),
    });
    if ('heldBy' in result) {
      io.out(`NO VERDICT another night is running: ${describeHolder(result.heldBy)}`);
      io.result({ format: 'conform-night/1', heldBy: result.heldBy });
      return 3;
    }
    printResult(result, io);
    if (options.quiet !== true) for (const fault of faults) host.stderr.write(faultReport(fault, host));
    return result.exitCode;
  } finally {
    stop.release();
  }
}

/** What a night is passed with. */
export interface Around {
  host: Host;
  io: Io;
  kept: Omit<Kept, keyof AsyncDisposable>;
  /** Where the values of credentials come from. */
  environment: Readonly<Record<string, string | undefined>>;
  /** Why nothing can be asked, where that is known before. */
  fault?: Error | undefined;
  /** Has the run of a target in another way than by asking it. */
  runOf?: ((target: string) => Promise<Run>) | undefined;
  signal: AbortSignal;
  onFault: (error: Error) => void;
}

/**
 * Passes one night, whoever has started it: on its host, with its environment, and over what it keeps.
 * @returns what came of it, or who passes another night over the same records
 */
export async function passNightly(
  options: NightlyOptions,
  around: Around,
): Promise<NightResult | { heldBy: Holder }> {
  const ready = await prepared(options, around);
  return passLocked(options, { ...ready, work: around.fault ?? ready.work }, around);
}

/** What there is to do and whom to notify. Where something is wrong, that is the work, and somebody is notified all the same. */
async function prepared(
  options: NightlyOptions,
  around: Around,
): Promise<{ work: Work | Error; settings: NightlyFile; notifiers: Notifier[] }> {
  const faults: Error[] = [];
  const orElse = async <T>(instead: (error: Error) => T, take: () => T | Promise<T>): Promise<T> => {
    try {
      return await take();
    } catch (error) {
      const fault = asError(error);
      faults.push(fault);
      return instead(fault);
    }
  };
  const settings = await orElse<NightlyFile>(
    () => ({}),
    () => readNightly(folderOf('nightly.yaml', findLayers(options.specDir))),
  );
  const notifiers = await orElse<Notifier[]>(
    () => [],
    () => notifiersFor(settings, options, around),
  );
  const work = await orElse<Work | Error>(
    (fault) => fault,
    () => workOf(options, settings, around),
  );
  return { work: faults[0] ?? work, settings, notifiers };
}

function notifiersFor(
  settings: NightlyFile,
  { notify }: NightlyOptions,
  { host, environment }: Around,
): Notifier[] {
  return createNotifiers(settings.notify ?? [], notify, {
    environment,
    secrets: host.secrets,
    clock: host.clock,
    programs: systemPrograms,
    post: systemPost,
  });
}

/** Passes a night while no other can begin in the same output folder. */
async function passLocked(
  options: NightlyOptions,
  { work, settings, notifiers }: Awaited<ReturnType<typeof prepared>>,
  { host, io, kept, signal, onFault }: Around,
): Promise<NightResult | { heldBy: Holder }> {
  const startedAt = host.clock.now();
  const targets = work instanceof Error ? 0 : work.targets.length;
  const longestMs = options.deadline * targets + BESIDE_ASKING_MS;
  // Where nothing can be written there is no lock either; the night is passed, and says so.
  const lock = await takeLock(kept, host.clock, systemMachine, { startedAt, longestMs }).catch(
    (error: unknown) => {
      if (error instanceof Problem) return { former: undefined, release: () => Promise.resolve() };
      throw error;
    },
  );
  if ('heldBy' in lock) return lock;
  try {
    const earlier = await readNights(kept, (file) => {
      io.note(`${file}: left out: it is not a record of a night`);
    });
    const died = await closeDead(earlier, kept);
    const former = lock.former?.startedAt;
    if (former !== undefined && !earlier.some((record) => record.startedAt === former)) died.push(former);
    const timeZone = settings.timeZone ?? host.env['TZ'];
    return await passNight(work, {
      ...{ earlier, died, out: kept, notifiers, signal, onFault },
      id: freeId(nightId(startedAt), earlier),
      startedAt: startedAt.toISOString(),
      clock: host.clock,
      calendar: calendarOf(timeZone !== undefined && isTimeZone(timeZone) ? timeZone : undefined),
      isSafe: (text) => !host.secrets.foundIn(text),
    });
  } finally {
    await lock.release().catch(() => undefined);
  }
}

/** Two nights that begin in the same second have two records. */
function freeId(id: string, earlier: readonly NightRecord[]): string {
  const taken = earlier.filter((record) => record.id === id || record.id.startsWith(`${id}~`)).length;
  return taken === 0 ? id : `${id}~${taken + 1}`;
}

/** Notes of the nights before that were killed that they were. @returns when they began */
async function closeDead(earlier: NightRecord[], out: Folder): Promise<string[]> {
  const dead = earlier.filter(({ state }) => state === 'running');
  for (const record of dead) {
    record.state = 'died';
    await writeNight(record, out).catch(() => undefined);
  }
  return dead.map(({ startedAt }) => startedAt);
}

/** What there is to do, by the spec folder. */
async function workOf(options: NightlyOptions, settings: NightlyFile, around: Around): Promise<Work> {
  const { host, io, kept, signal, onFault } = around;
  const examined = await openExamined(options.specDir, [...ASKING_PARTS, 'nightly'], io);
  const spec = { ...examined, expected: await expectedOver(examined.expected, kept.expectations) };
  const { targets } = spec.hosts;
  const chosen = chooseTargets(options, settings, targets);
  const asked = chosen.map(({ name }) => name);
  const consumers =
    (options.consumer ?? settings.consumers)?.map((id) => findConsumer(spec.consumers, id)) ??
    spec.consumers.filter(({ policy }) => policy.targets.some((name) => asked.includes(name)));
  throwAll(consumers.flatMap((consumer) => operationsMissing(consumer, spec.contract)));
  const out = openFolder(options.out, host.secrets);
  const needs = needsOf(spec.consumers);
  const reporters = passOn(host.reporters, onFault);
  return {
    targets: chosen,
    needs,
    consumers: consumers.map(({ id }) => id),
    requireGate: options.requireGate ?? settings.requireGate ?? false,
    ask: async (name) => {
      if (around.runOf) return around.runOf(name);
      const prepared = await prepareTarget(
        findTarget(targets, name),
        spec,
        { ...options, records: kept },
        host,
      );
      const { run } = await askTarget(prepared, spec, {
        ...{ runtime: host, records: kept, out: options.out, signal, onFault },
        environment: around.environment,
        deadlineMs: options.deadline,
        onEvent: (event) => {
          showProgress(event, io);
          reporters.onEvent(event);
        },
      });
      await reporters.settled();
      return run;
    },
    compare: (run) =>
      compareRun(run, kept, {
        needs,
        expectations: expectationsOf(run, spec),
        window: { nights: settings.compare?.nights ?? NIGHTS_COMPARED, since: settings.compare?.since },
      }),
    report: (runs) =>
      writeReports(
        runs,
        out,
        {
          formats: ['html', 'md', 'junit', 'step-summary'],
          contract: spec.contract,
          consumers: spec.consumers,
          stepSummaryFile: host.env['GITHUB_STEP_SUMMARY'],
        },
        kept,
      ),
    tickets: async (runs) => {
      const named = runs.map(({ id }) => id);
      await ticketIn(kept, { ...options, run: named, json: false, quiet: true }, silent(host));
    },
    gate: async (consumer, runs) => {
      const found = findConsumer(spec.consumers, consumer);
      const bench = await readBench(kept);
      return judgeGate(found, await evidenceFor(found.policy.targets, runs, kept), bench, host.clock.now());
    },
  };
}

function chooseTargets(
  { target: named, baseUrl }: NightlyOptions,
  settings: NightlyFile,
  targets: readonly Target[],
): NightTarget[] {
  const live = targets.filter(({ serve }) => serve === undefined).map(({ name }) => name);
  const informational = settings.informational ?? [];
  const names = named ?? [
    ...(settings.targets ?? live.filter((name) => !informational.includes(name))),
    ...informational,
  ];
  if (baseUrl !== undefined && names.length !== 1)
    throw new Problem('CONFORM_E_OPTION_REQUIRED', '--base-url needs exactly one --target', {
      remedy: 'Name the target whose address it replaces.',
    });
  if (names.length === 0)
    throw new Problem('CONFORM_E_OPTION_REQUIRED', 'there is no target to ask', {
      remedy: 'Name one with --target, or under “targets” in nightly.yaml.',
    });
  return [...new Set(names)].map((name) => ({
    name: findTarget(targets, name).name,
    informational: informational.includes(name),
  }));
}

/**
 * The runs that a gate is judged on: those of this night; and of targets that it did not ask, the newest there are, which
 * count for as long as the policy says.
 */
async function evidenceFor(
  targets: readonly string[],
  tonight: readonly Run[],
  kept: Records,
): Promise<Run[]> {
  const others = await readLatestRuns(
    kept,
    targets.filter((target) => !tonight.some((run) => run.target === target)),
  );
  return [...tonight.filter(({ target }) => targets.includes(target)), ...others];
}

/** A host on which a step says nothing: the night has lines of its own. */
export function silent(host: Host): Host {
  const quiet = { ...host.stdout, write: () => true };
  return { ...host, stdout: quiet, stderr: quiet };
}

function printResult({ first, lines, colour, record }: NightResult, io: Io): void {
  const { bold, red, green, yellow } = io.colours;
  const paint = { GREEN: green, RED: red, BROKEN: red, 'NO VERDICT': yellow }[colour];
  io.out(`${bold(paint(colour))}${first.slice(colour.length)}`);
  for (const line of lines) io.out(io.wrapped(line, 2));
  io.result(record);
}
