import { failuresBefore } from '../../run/flaky.js';
import type { Capability, Run } from '../../run/run.js';
import { total } from '../../session/budget.js';
import { messageOf } from '../../run/standing.js';
import { stateOf } from '../../run/proof.js';
import { isSurprise, provedAnything } from '../../run/success.js';
import { countsOf, labelOf } from '../../render/labels.js';
import { headlinesOf, isShared, placesText, type Headline } from '../../render/headlines.js';
import type { Io } from '../io.js';

const WIDTH = 80;

/** Prints runs as one table, side by side where there are several, and says below what is not as expected. */
export function printRuns(runs: readonly Run[], io: Io): void {
  const telling = runs.filter(provedAnything);
  if (telling.length > 0) printTable(telling, io);
  for (const run of runs) {
    io.out();
    if (!telling.includes(run)) {
      printNothingProved(run, io);
      printLeft(run, io);
      continue;
    }
    io.out(`${io.colours.bold(headline(run))} ${totalsOf(run, io)}`);
    const headlines = headlinesOf(run).filter(isSurprising);
    for (const operation of run.operations) {
      printSurprise(operation, headlines, io);
      printExpectedRefusal(operation, io);
    }
    for (const headline of headlines) printHeadline(headline, io);
    printFlaky(run, io);
    printWarnings(run, io);
    printKnown(run, io);
    printLeft(run, io);
    printChecks(run, io);
    printRequests(run, io);
    if (run.unproven.length > 0) printUnproven(run, io);
    if (!run.complete) io.out('  Incomplete: the run was stopped before everything was asked.');
  }
}

/** How many reasons are named. */
const REASONS = 4;

/** What the run does not prove, by its reasons: the most frequent first. */
function printUnproven({ unproven, operations }: Run, io: Io): void {
  const counts = new Map<string, number>();
  for (const { why } of unproven) counts.set(why, (counts.get(why) ?? 0) + 1);
  const reasons = [...counts].sort((one, other) => other[1] - one[1]);
  const rest = reasons.slice(REASONS);
  io.out(`  Not proven by this run: ${unproven.length} of ${operations.length}; see the report.`);
  for (const [why, count] of reasons.slice(0, REASONS)) io.out(io.wrapped(`${count}: ${why}`, 4));
  if (rest.length > 0) {
    const others = rest.reduce((sum, [, count]) => sum + count, 0);
    io.out(`    ${others}: for ${rest.length} other ${rest.length === 1 ? 'reason' : 'reasons'}`);
  }
}

/** A run that proved nothing says why, and nothing else. */
function printNothingProved(run: Run, io: Io): void {
  io.out(`${io.colours.bold(headline(run))} ${io.colours.red('nothing could be judged')}`);
  const reasons = new Map<string, number>();
  for (const { explanation, fix } of run.operations) {
    const reason = `${explanation}${fix === undefined ? '' : ` ${fix}`}`;
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const [main] = [...reasons].sort((one, other) => other[1] - one[1]);
  if (main) io.out(io.wrapped(main[0], 2));
}

/** What failed and then worked in the same run is news, and not broken. */
function printFlaky({ operations }: Run, io: Io): void {
  for (const operation of operations) {
    const failures = failuresBefore(operation);
    if (failures.length === 0) continue;
    io.out(
      io.wrapped(
        `${io.colours.yellow('flaky')}: ${operation.id}: ${failures.join(', ')}, and worked when it was asked again`,
        2,
      ),
    );
  }
}

/** How many of the promises that reads were held to are kept; those that are broken stand with their operations. */
function printChecks({ operations }: Run, io: Io): void {
  const results = operations.flatMap(({ checks = [] }) => checks.map(({ result }) => result));
  if (results.length === 0) return;
  const count = (wanted: string) => results.filter((result) => result === wanted).length;
  io.out(
    `  Promises: ${count('passed')} kept, ${count('failed')} broken, ${count('inconclusive')} not found out, ` +
      `${count('not-applicable')} that do not apply.`,
  );
}

/** How much was asked of a host, and how often it had to be asked again. */
function printRequests({ budget }: Run, io: Io): void {
  if (!budget) return;
  const { planned, sent } = budget;
  const again = sent.retries === 0 ? '' : `, ${sent.retries} of them because the host failed or was too busy`;
  io.out(`  ${total(sent)} requests of at most ${total(planned)} were sent${again}.`);
}

/** What may remain on the target is said wherever a run is shown. */
function printLeft(run: Run, io: Io): void {
  const left = run.left ?? [];
  for (const { operation, why } of left)
    io.out(io.wrapped(`left behind on ${run.target}: ${operation}: ${why}`, 2));
  if (left.some(({ journal }) => journal))
    io.out(`  The journal knows of it: conform cleanup --target ${run.target}`);
}

function headline(run: Run): string {
  return run.world === undefined ? `${run.target}:` : `${run.target} (world ${run.world}):`;
}

function printTable(runs: readonly Run[], io: Io): void {
  const single = runs.length === 1;
  const column = single ? 27 : 16;
  const wide = WIDTH - column * runs.length - 1;
  io.out();
  io.out(
    ' '.repeat(wide) +
      ' ' +
      runs
        .map((run) => (single ? 'outcome    status  latency' : run.target.padEnd(column)))
        .join('')
        .trimEnd(),
  );
  const first = runs[0];
  for (const tag of new Set(first?.operations.map((operation) => operation.tag))) {
    io.out(io.colours.bold(tag));
    for (const { id } of first?.operations.filter((operation) => operation.tag === tag) ?? []) {
      const cells = runs.map((run) => {
        const operation = run.operations.find((candidate) => candidate.id === id);
        return single ? detailedCell(operation, io) : shortCell(operation, column, io);
      });
      io.out(`${shorten(`  ${id}`, wide).padEnd(wide)} ${cells.join('').trimEnd()}`);
    }
  }
}

function shortCell(operation: Capability | undefined, width: number, io: Io): string {
  if (!operation) return ''.padEnd(width);
  const text = `${shortLabel(operation)} ${operation.statuses.join(',')}`.padEnd(width - 1);
  return `${paint(operation, text, io)} `;
}

function detailedCell(operation: Capability | undefined, io: Io): string {
  if (!operation) return '';
  const latency = operation.latencyMs === null ? '' : `${formatMs(operation.latencyMs.p50)} ms`;
  const text =
    shortLabel(operation).padEnd(11) + operation.statuses.join(',').padEnd(6) + latency.padStart(10);
  return paint(operation, text, io);
}

/** There is little room in the table; the line below it says what was expected. */
function shortLabel(operation: Capability): string {
  const label = labelOf(operation);
  return label === 'expected refusal' ? 'expected' : label;
}

function formatMs(value: number): string {
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}

/** A surprise is red whatever the outcome; what is as expected is calm. */
function paint(operation: Capability, text: string, io: Io): string {
  const { red, green, yellow, dim } = io.colours;
  if (isSurprise(operation)) return red(text);
  const state = stateOf(operation);
  if (state === 'works') return green(text);
  return state === 'skipped' || state === 'expected refusal' ? dim(text) : yellow(text);
}

function shorten(text: string, width: number): string {
  if (text.length <= width) return text;
  const tail = Math.floor((width - 1) / 2);
  return `${text.slice(0, width - 1 - tail)}…${text.slice(-tail)}`;
}

function totalsOf(run: Run, io: Io): string {
  const { dim, red } = io.colours;
  const parts = countsOf(run.operations).map(({ text }) => text);
  const surprises = run.operations.filter(isSurprise).length;
  return [
    parts.join(', '),
    dim(`(${run.operations.length} of ${run.contract.operations} operations)`),
    ...(surprises === 0 ? [] : [red(`${surprises} not as expected`)]),
  ].join(' ');
}

/** Whether one cause breaks the contract at several operations, and that is not as expected at one of them at least. */
function isSurprising(headline: Headline): boolean {
  const isUnmet = headline.places.some(({ operation }) => isSurprise(operation));
  return isShared(headline) && headline.finding.severity === 'error' && isUnmet;
}

/** What breaks several operations is said once. */
function printHeadline(headline: Headline, io: Io): void {
  const { finding, promise, message, operations } = headline;
  io.out(`  ${io.colours.red('not as expected')}  ${operations.length} operations, for one cause`);
  io.out(io.wrapped(`${finding.check}: ${message}`, 6));
  if (promise !== finding.message) io.out(io.wrapped(`Promised: ${promise}`, 6));
  io.out(io.wrapped(placesText(headline), 6));
}

/** How many findings of one operation are printed. */
const FINDINGS = 5;

/** @param headlines what is said of several operations at once, and so not of each of them */
function printSurprise(operation: Capability, headlines: readonly Headline[], io: Io): void {
  const { expected, outcome, findings } = operation;
  if (expected === null || expected.met) return;
  const said = new Set(headlines.flatMap(({ places }) => places.map(({ finding }) => finding)));
  const errors = findings.filter(({ severity }) => severity === 'error');
  const own = errors.filter((finding) => !said.has(finding));
  if (outcome === 'deviates' && errors.length > 0 && own.length === 0) return;
  const wanted = `${expected.outcome}${expected.cause === undefined ? '' : ` (${expected.cause})`}`;
  io.out(`  ${io.colours.red('not as expected')}  ${operation.id}`);
  io.out(
    io.wrapped(
      `${causeText(operation)}, expected ${wanted}${expected.because === undefined ? '' : `: ${expected.because}`}`,
      6,
    ),
  );
  io.out(io.wrapped(`${operation.explanation}${operation.fix === undefined ? '' : ` ${operation.fix}`}`, 6));
  for (const finding of own.slice(0, FINDINGS)) {
    const { check, pointer } = finding;
    io.out(io.wrapped(`${check}${pointer ? ` at ${pointer}` : ''}: ${messageOf(finding)}`, 6));
  }
}

/** What an operation does, for which cause, and who can change it. */
function causeText(operation: Capability): string {
  const { cause, side } = operation;
  const label = labelOf(operation);
  const parts = [cause, side === undefined ? undefined : `side: ${side}`].filter((one) => one !== undefined);
  return parts.length === 0 ? label : `${label} (${parts.join(', ')})`;
}

/** Why something does not work stays worth a word when it is expected, unless it was refused on purpose. */
function printExpectedRefusal(operation: Capability, io: Io): void {
  const { expected, explanation, fix } = operation;
  if (!expected?.met || expected.accepted || stateOf(operation) === 'works') return;
  if (stateOf(operation) === 'expected refusal') return;
  io.out(`  ${io.colours.yellow('as expected')}  ${operation.id}`);
  io.out(io.wrapped(causeText(operation), 6));
  io.out(io.wrapped(`${explanation}${fix === undefined ? '' : ` ${fix}`}`, 6));
}

/** What breaks a promise, and changes no outcome: each way once, with the operations that it was seen at. */
function printWarnings({ operations }: Run, io: Io): void {
  const warned = operations.map((operation) => ({
    ...operation,
    findings: operation.findings.filter(
      ({ severity, accepted, inconclusive }) => severity === 'warning' && !accepted && !inconclusive,
    ),
  }));
  for (const { finding, message, operations: at } of headlinesOf({ operations: warned })) {
    const [first = '', ...others] = at;
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    io.out(`  ${io.colours.yellow('warning')}  ${first}${more}`);
    io.out(io.wrapped(`${finding.check}: ${message}`, 6));
  }
}

function printKnown(run: Run, io: Io): void {
  const known = run.operations.filter(({ expected }) => expected?.accepted !== undefined);
  for (const { id, expected } of known) {
    io.out(`  known  ${id}: ${expected?.accepted?.reason ?? ''} (until ${expected?.accepted?.until ?? ''})`);
  }
  for (const { id, findings } of run.operations) {
    // One reason is given once, however many places of an answer it holds for.
    const said = findings.flatMap(({ check, accepted }) =>
      accepted ? [`${check}: ${accepted.reason} (until ${accepted.until})`] : [],
    );
    for (const one of new Set(said)) io.out(io.wrapped(`known  ${id}: ${one}`, 2));
  }
}
