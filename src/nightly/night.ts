import type { Folder } from '../artefact/folder.js';
import type { Clock } from '../clock.js';
import { exitCodeOf as exitCodeOfGate, type GateVerdict } from '../gate/gate.js';
import type { Needs } from '../impact/needs.js';
import type { Colour } from '../notify/message.js';
import type { Notifier } from '../notify/notifier.js';
import { usefulness } from '../record/proof.js';
import type { Capability, Run } from '../record/run.js';
import { provedAnything } from '../record/success.js';
import { endedSince, isForNotice, openAsOf, type Ended } from './announce.js';
import type { Calendar } from './calendar.js';
import type { Comparison } from './compare.js';
import { firstLine, linesOf, type Scene } from './first-line.js';
import { errorsOf, openJournal, SCOPE_OF_RECORD, type Journal } from './journal.js';
import {
  newsOfConfiguration,
  newsOfDeath,
  newsOfFailure,
  newsOfGate,
  newsOfTarget,
  reasonOf,
  scopeOfAsking,
  scopeOfGate,
  scopeOfTarget,
  textOfError,
} from './news.js';
import { notifyAll } from './notify-all.js';
import { colourOf, exitCodeOf } from './outcome.js';
import type { News, NightRecord } from './record.js';
import { whatOf } from './sentences.js';

/** A target that a night asks. */
export interface NightTarget {
  name: string;
  /** Whether what it does makes no night red. */
  informational: boolean;
}

/** What the steps of a night do. Each may throw; the others are taken all the same. */
export interface Work {
  targets: readonly NightTarget[];
  /** Asks a target and keeps the run. */
  ask: (target: string) => Promise<Run>;
  compare: (run: Run) => Promise<Comparison>;
  report: (runs: readonly Run[]) => Promise<unknown>;
  tickets: (runs: readonly Run[]) => Promise<unknown>;
  consumers: readonly string[];
  /** Judges the gate of a consumer on these runs. */
  gate: (consumer: string, runs: readonly Run[]) => Promise<GateVerdict>;
  requireGate: boolean;
  needs: Needs;
}

/** What a night is given besides its work. */
export interface Surroundings {
  /** The name of its record. */
  id: string;
  startedAt: string;
  /** The records of the nights before, oldest first. */
  earlier: readonly NightRecord[];
  /** Starts of earlier nights that did not end, as far as nobody has noticed it before. */
  died: readonly string[];
  out: Folder;
  clock: Pick<Clock, 'now'>;
  calendar: Calendar;
  notifiers: readonly Notifier[];
  /** Whether a text may be sent to somebody. */
  isSafe: (text: string) => boolean;
  signal: AbortSignal;
  /** Called with an error that nobody expected: the night goes on, and its exit code shows it. */
  onFault: (error: Error) => void;
}

/** What came of a night. */
export interface NightResult {
  record: NightRecord;
  colour: Colour;
  exitCode: 0 | 1 | 2 | 3 | 70;
  first: string;
  /** The lines below the first. */
  lines: string[];
}

/**
 * Passes one night: asks each target, compares, writes the report and the tickets, judges the gates, and notifies. Its record
 * is written before the first step and after each target, also when everything fails.
 * @param work what there is to do; or, where the configuration is wrong, why there is nothing
 */
export async function passNight(work: Work | Error, around: Surroundings): Promise<NightResult> {
  const { earlier, startedAt, clock, signal } = around;
  const journal = openJournal({ ...around, announced: earlier.at(-1)?.announced ?? {} }, around);
  const { record } = journal;
  await journal.keep();
  const runs = work instanceof Error ? noWork(work, journal) : await workThrough(work, journal, earlier);
  record.news.push(...notesOf(around));

  const needs: Needs = work instanceof Error ? new Map() : work.needs;
  const scene: Scene = {
    ...{ tonight: startedAt, earlier, needs },
    calendar: around.calendar,
    fixOf: ({ target = '', operation }) => operation && shownIn(runs, target, operation)?.fix,
    isDown: (target, operation) => {
      const shown = shownIn(runs, target, operation);
      return shown !== undefined && shown.outcome !== 'skipped' && usefulness(shown) === 0;
    },
  };
  const open = openAsOf(record, earlier);
  const ended = endedSince(open, earlier, record.comparedSince);
  const first = (): string =>
    firstLine(colourOf(record), linesOf(record.news, scene), {
      ...scene,
      judged: judgedIn(runs),
      over: ended.filter(({ news }) => isForNotice(news)).map(({ news }) => whatOf(news, scene)),
    });
  const isKept = await journal.keep();
  // What cannot be written down would be delivered again tomorrow; that nothing can be written is said all the same.
  const known = isKept ? open : record.news.filter(({ scope }) => scope === SCOPE_OF_RECORD);
  await notifyAll(known, first(), { ...around, journal, scene });
  record.state = signal.aborted ? 'stopped' : 'ended';
  record.finishedAt = clock.now().toISOString();
  record.colour = colourOf(record);
  record.exitCode = exitCodeOf(record);
  await journal.keep();
  return {
    record,
    // That the record cannot be written may have been found out just now.
    colour: colourOf(record),
    exitCode: exitCodeOf(record),
    first: first(),
    lines: [
      ...linesOf(record.news, scene).map(({ text, news }) =>
        isForNotice(news) ? text : `not counted: ${text}`,
      ),
      ...ended.map((one) => endingLine(one, scene)),
      ...record.gates.map(gateLine),
      ...failuresOf(record),
    ],
  };
}

/** A night in which nothing can be asked, because the configuration is wrong. */
function noWork(error: Error, { record, fail }: Journal): Run[] {
  record.judged.push('configuration');
  fail('configuration', error);
  record.news.push(...errorsOf(error).map(newsOfConfiguration));
  return [];
}

async function workThrough(work: Work, journal: Journal, earlier: readonly NightRecord[]): Promise<Run[]> {
  const { record } = journal;
  record.judged.push('configuration');
  const runs: Run[] = [];
  for (const target of work.targets) {
    const run = await askOne(target, work, journal, earlier);
    if (run) runs.push(run);
    await journal.keep();
  }
  const telling = runs.filter(provedAnything);
  if (telling.length > 0) {
    await journal.step('report', () => work.report(telling), { isNews: true });
    await journal.step('tickets', () => work.tickets(telling), { isNews: true });
  }
  for (const consumer of work.consumers) await judgeGateOf(consumer, runs, work, journal);
  return runs;
}

/** Asks one target and finds what is new about it. */
async function askOne(
  { name, informational }: NightTarget,
  work: Work,
  journal: Journal,
  earlier: readonly NightRecord[],
): Promise<Run | undefined> {
  const { record } = journal;
  const known = new Set(
    earlier.findLast(({ judged }) => judged.includes(scopeOfTarget(name)))?.news.map(({ key }) => key),
  );
  const counts = !informational;
  const run = await journal.step(`check ${name}`, () => work.ask(name), { counts });
  const step = record.steps.at(-1);
  if (step?.result !== 'left-out') record.judged.push(scopeOfAsking(name));
  if (!run) {
    if (step?.error)
      record.news.push(
        newsOfFailure(name, step.exitCode === 3 ? 'no-verdict' : 'configuration', step.error, counts),
      );
    return undefined;
  }
  record.runs.push({ target: name, run: run.id });
  if (!provedAnything(run)) {
    const error = reasonOf(run);
    record.steps.pop();
    record.steps.push({ name: `check ${name}`, result: 'failed', exitCode: counts ? 3 : 0, error });
    record.news.push(newsOfFailure(name, 'no-verdict', error, counts));
    return run;
  }
  const found = await journal.step(`compare ${name}`, () => work.compare(run), { isNews: true, counts });
  if (found) {
    record.judged.push(scopeOfTarget(name));
    if (found.since !== undefined) record.comparedSince[name] = found.since;
    record.news.push(...newsOfTarget(run, found, { needs: work.needs, counts, known }));
  }
  return run;
}

async function judgeGateOf(
  consumer: string,
  runs: readonly Run[],
  { gate, requireGate }: Work,
  { record, step }: Journal,
): Promise<void> {
  const verdict = await step(`gate ${consumer}`, () => gate(consumer, runs), { isNews: true });
  if (!verdict) return;
  const { open, judged, why, features } = verdict;
  const shut = features.filter((feature) => !feature.open).map(({ name }) => name);
  record.gates.push({ consumer, open, judged, why, shut });
  if (judged) record.judged.push(scopeOfGate(consumer));
  if (judged && !open && requireGate) record.news.push(newsOfGate(verdict));
  // Without a verdict a gate that has to be open is as good as none.
  const last = record.steps.at(-1);
  if (last && requireGate && exitCodeOfGate(verdict) === 3) last.exitCode = 3;
}

function shownIn(runs: readonly Run[], target: string, operation: string): Capability | undefined {
  return runs.find((run) => run.target === target)?.operations.find(({ id }) => id === operation);
}

/** How many operations of each target were judged. */
function judgedIn(runs: readonly Run[]): Map<string, number> {
  return new Map(
    runs
      .filter(provedAnything)
      .map(({ target, operations }) => [
        target,
        operations.filter(({ expected }) => expected !== null).length,
      ]),
  );
}

/** That earlier nights did not end: once, and until every notifier has delivered it. */
function notesOf({ died, earlier, notifiers }: Surroundings): News[] {
  const last = earlier.at(-1);
  const left = (last?.news ?? []).filter(
    ({ code, key }) =>
      code === 'night-died' && notifiers.some(({ name }) => !last?.announced[name]?.includes(key)),
  );
  const notes = [...left, ...died.map(newsOfDeath)];
  return [...new Map(notes.map((news) => [news.key, news])).values()];
}

function endingLine({ news, why }: Ended, scene: Scene): string {
  return why === 'over'
    ? `over: ${whatOf(news, scene)}`
    : `no longer compared: ${whatOf(news, scene)}; all nights that are compared show it`;
}

function gateLine({ consumer, open, judged, why }: NightRecord['gates'][number]): string {
  return `gate of ${consumer}: ${judged ? (open ? 'open' : 'shut') : 'no verdict'}: ${why}`;
}

/** What failed and is not among what was found. */
function failuresOf({ steps }: NightRecord): string[] {
  return steps.flatMap(({ name, error }) =>
    error && name.startsWith('notify ') ? [`not delivered: ${name}: ${textOfError(error)}`] : [],
  );
}
