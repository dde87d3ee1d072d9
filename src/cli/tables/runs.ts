import { headlinesOf } from '../../documents/headlines.js';
import type { ReportInput } from '../../documents/formats/format.js';
import { overviewOf, surroundingsOf, type Overview } from '../../documents/overview/overview.js';
import { failuresBefore } from '../../record/flaky.js';
import type { Run } from '../../record/run.js';
import { provedAnything } from '../../record/success.js';
import { total } from '../../session/budget.js';
import type { Io } from '../io.js';
import { printCauses } from './causes.js';
import { printOperations } from './operations.js';
import { firstOf } from '../../documents/labels.js';
import { taken } from './taken.js';
import { printVerdict } from './verdict.js';

/**
 * Prints what runs say: the verdict first, then what fails by its cause, what works by its tag, and what is not proven.
 * @param isWhole whether nothing is left out, and every operation is listed as well
 */
export function printRuns(input: ReportInput, isWhole: boolean, io: Io): void {
  for (const run of input.runs) {
    const overview = overviewOf(run, surroundingsOf(run, input));
    io.out();
    printVerdict(run, overview, io);
    if (provedAnything(run)) printProven(run, overview, isWhole, io);
    else printLeft(run, io);
  }
  const listed = input.runs.filter(provedAnything);
  if (isWhole && listed.length > 0) printOperations(listed, io);
}

/** Where all that was left out is to be had. */
export function printMore(files: readonly string[], io: Io): void {
  const runs = files.map((file) => ` --run ${file}`).join('');
  io.out(`More:   conform report${runs} --details`);
}

function printProven(run: Run, overview: Overview, isWhole: boolean, io: Io): void {
  printCauses(overview.causes, isWhole, io);
  io.out();
  printTags(overview, isWhole, io);
  printFlaky(run, isWhole, io);
  printWarnings(run, isWhole, io);
  printKnown(run, isWhole, io);
  printLeft(run, io);
  printUnproven(run, overview, isWhole, io);
  printChecks(run, io);
  printRequests(run, io);
  if (!run.complete) io.out('  Incomplete: the run was stopped before everything was asked.');
}

/** So many lines are printed of remarks of one kind. */
const REMARKS = 6;
/** So many tags are named. */
const TAGS = 16;

/** Prints the first of several remarks, and how many more there are. */
function printSome(remarks: readonly string[], isWhole: boolean, io: Io): void {
  const { texts, rest } = taken(remarks, isWhole ? Infinity : REMARKS, (text) => io.wrapped(text, 2, 6));
  for (const text of texts) io.out(text);
  if (rest.length > 0) io.out(`  … and ${rest.length} more like these`);
}

/** How many operations of each tag work; those of a tag that has others too are counted against all of it. */
function printTags({ tags }: Overview, isWhole: boolean, io: Io): void {
  const working = tags.filter(({ works }) => works.length > 0);
  if (working.length === 0) return;
  const texts = working.map(({ tag, works, refused, skipped, failing }) => {
    const all = works.length + refused.length + skipped.length + failing;
    return `${tag} ${works.length === all ? all : `${works.length}/${all}`}`;
  });
  io.out(io.wrapped(`${io.colours.green('Works')}  ${firstOf(texts, isWhole ? Infinity : TAGS)}`, 2, 9));
}

/** What failed and then worked in the same run is news, and not broken. */
function printFlaky({ operations }: Run, isWhole: boolean, io: Io): void {
  const remarks = operations.flatMap((operation) => {
    const failures = failuresBefore(operation);
    const text = `${operation.id}: ${failures.join(', ')}, and worked when it was asked again`;
    return failures.length === 0 ? [] : [`${io.colours.yellow('flaky')}: ${text}`];
  });
  printSome(remarks, isWhole, io);
}

/** What breaks a promise, and changes no outcome: each way once, with the operations that it was seen at. */
function printWarnings({ operations }: Run, isWhole: boolean, io: Io): void {
  const warned = operations.map((operation) => ({
    ...operation,
    findings: operation.findings.filter(
      ({ severity, accepted, inconclusive }) => severity === 'warning' && !accepted && !inconclusive,
    ),
  }));
  const remarks = headlinesOf({ operations: warned }).map(
    ({ finding, message, operations: at }) =>
      `${io.colours.yellow('warning')}  ${firstOf(at, 1)}: ${finding.check}: ${message}`,
  );
  printSome(remarks, isWhole, io);
}

/** Findings that are accepted for now; the operations that are are among what fails as expected. */
function printKnown({ operations }: Run, isWhole: boolean, io: Io): void {
  const remarks = operations.flatMap(({ id, findings }) =>
    findings.flatMap(({ check, accepted }) =>
      accepted ? [`known  ${id}: ${check}: ${accepted.reason} (until ${accepted.until})`] : [],
    ),
  );
  // One reason is given once, however many places of an answer it holds for.
  printSome([...new Set(remarks)], isWhole, io);
}

/** So many lines are printed of reasons. */
const REASONS = 8;

/** What the run does not prove, by its reasons: the most frequent first. */
function printUnproven(run: Run, { unproven }: Overview, isWhole: boolean, io: Io): void {
  if (unproven.length === 0) return;
  io.out(`  Not proven by this run: ${run.unproven.length} of ${run.operations.length}`);
  const { texts, rest } = taken(unproven, isWhole ? Infinity : REASONS, ({ why, operations }) =>
    io.wrapped(`${operations.length}: ${why}`, 4, 7),
  );
  for (const text of texts) io.out(text);
  if (rest.length > 0) {
    const others = rest.reduce((sum, { operations }) => sum + operations.length, 0);
    io.out(`    ${others}: for ${rest.length} other ${rest.length === 1 ? 'reason' : 'reasons'}`);
  }
}

/** How many of the promises that reads were held to are kept; those that are broken are with their causes. */
function printChecks({ operations }: Run, io: Io): void {
  const results = operations.flatMap(({ checks = [] }) => checks.map(({ result }) => result));
  if (results.length === 0) return;
  const count = (wanted: string) => results.filter((result) => result === wanted).length;
  io.out(
    io.wrapped(
      `Promises: ${count('passed')} kept, ${count('failed')} broken, ${count('inconclusive')} inconclusive, ` +
        `${count('not-applicable')} not applicable.`,
      2,
    ),
  );
}

/** How much was asked of a host, and how often it had to be asked again. */
function printRequests({ budget }: Run, io: Io): void {
  if (!budget) return;
  const { planned, sent } = budget;
  const again = sent.retries === 0 ? '' : `, ${sent.retries} of them because the host failed or was too busy`;
  io.out(io.wrapped(`${total(sent)} requests of at most ${total(planned)} were sent${again}.`, 2));
}

/** What may remain on the target is said wherever a run is shown. */
function printLeft(run: Run, io: Io): void {
  const left = run.left ?? [];
  for (const { operation, why } of left)
    io.out(io.wrapped(`left behind on ${run.target}: ${operation}: ${why}`, 2));
  if (left.some(({ journal }) => journal))
    io.out(`  It is recorded in the journal: conform cleanup --target ${run.target}`);
}
