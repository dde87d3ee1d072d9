import { isGood, type CauseGroup, type Remedy } from '../../documents/overview/causes.js';
import { sinceText } from '../../documents/overview/since.js';
import { SIGNS, firstOf } from '../../documents/labels.js';
import type { Capability } from '../../record/run.js';
import { messageOf } from '../../record/standing.js';
import type { Io } from '../io.js';
import { taken } from './taken.js';

/** So many lines are printed of causes that are not as expected: in full, and then in short. */
const IN_FULL = 36;
const IN_SHORT = 12;
/** So many lines are printed of causes that are as expected. */
const EXPECTED = 10;

/**
 * Prints what a run shows that somebody has to look at, by its cause: what is not as expected with its cure, and what is
 * known or expected in a line each.
 * @param isWhole whether all of it is printed, however long
 */
export function printCauses(causes: readonly CauseGroup[], isWhole: boolean, io: Io): void {
  const { red, yellow, bold } = io.colours;
  const named = isWhole ? Infinity : undefined;
  const inFull = (cause: CauseGroup) => fullText(cause, named, io);
  const inShort = (cause: CauseGroup) => shortText(cause, io);
  const unexpected = causes.filter(({ standing }) => standing === 'unexpected');
  if (unexpected.length > 0) {
    io.out();
    io.out(`  ${bold(red('Not as expected'))}`);
    const full = taken(unexpected, isWhole ? Infinity : IN_FULL, inFull);
    const short = taken(full.rest, IN_SHORT, inShort);
    printTexts([...full.texts, ...short.texts], short.rest.length, io);
  }
  const others = causes.filter(({ standing }) => standing !== 'unexpected');
  if (others.length > 0) {
    io.out();
    io.out(`  ${bold(yellow('Fails as expected'))}`);
    const { texts, rest } = isWhole ? taken(others, Infinity, inFull) : taken(others, EXPECTED, inShort);
    printTexts(texts, rest.length, io);
  }
}

function printTexts(texts: readonly string[], rest: number, io: Io): void {
  for (const text of texts) io.out(text);
  if (rest > 0) io.out(`  … and ${rest} more ${rest === 1 ? 'cause' : 'causes'}`);
}

/** What is the matter, what was expected, what is to be done and by whom, where, and what stops for it. */
function fullText(group: CauseGroup, named: number | undefined, io: Io): string {
  const { members, owner, since, headline, title, cures, stops, hampers } = group;
  const { dim, red, green } = io.colours;
  const act = owner.who === 'vendor' ? 'the vendor acts' : 'we act';
  const head = `${SIGNS[group.label]} ${nameOf(group)}`;
  const expected = group.standing === 'unexpected' ? expectedTexts(group) : [];
  const operations = members.map(({ operation }) => operation.id);
  const texts = [
    headline ? `${headline.finding.check}: ${title}` : title,
    ...(headline && headline.promise !== headline.finding.message ? [`Promised: ${headline.promise}`] : []),
    ...(expected.length > 0 ? [`Expected: ${firstOf(expected, 1)}`] : []),
    ...cures.slice(0, named ?? 2).map((cure) => cureText(cure, cures.length > 1, named)),
    ...group.evidence.slice(0, named === undefined ? 1 : undefined),
    ...(owner.why === title || cures.some(({ text }) => text.includes(owner.why))
      ? []
      : [dim(`${ACTS[owner.who]}: ${owner.why}`)]),
    firstOf(operations, named),
    ...(stops.length > 0 ? [`Stops ${firstOf(stops, named)}`] : []),
    ...(hampers.length > 0 ? [`Hampers ${firstOf(hampers, named)}`] : []),
    ...otherFindings(group, named),
  ];
  const first = io.wrapped(`${(isGood(group) ? green : red)(head)}  ${act}; ${sinceText(since)}`, 2, 6);
  return [first, ...texts.map((text) => io.wrapped(text, 6))].join('\n');
}

const ACTS = { vendor: 'The vendor, because', us: 'We, because' } as const;

function cureText({ text, operations }: Remedy, isOneOfSeveral: boolean, named: number | undefined): string {
  return `→ ${text}${isOneOfSeveral ? ` (${firstOf(operations, named ?? 2)})` : ''}`;
}

/** A cause in one line: where, and why it may stay so. */
function shortText(group: CauseGroup, io: Io): string {
  const { members, accepted } = group;
  const operations = members.map(({ operation }) => operation.id);
  const known = accepted ? `: ${accepted.reason} (until ${accepted.until})` : '';
  return io.wrapped(`${SIGNS[group.label]} ${nameOf(group)}: ${firstOf(operations, 2)}${known}`, 2, 6);
}

/** `unrouted (route-missing), 2 operations` */
function nameOf({ label, cause, members }: CauseGroup): string {
  const why = cause === undefined ? '' : ` (${cause})`;
  return `${label}${why}, ${members.length} ${members.length === 1 ? 'operation' : 'operations'}`;
}

/** What was expected of the operations, each way once. */
function expectedTexts({ members }: CauseGroup): string[] {
  const texts = members.flatMap(({ operation: { expected } }) =>
    expected
      ? [
          `${expected.outcome}${expected.cause === undefined ? '' : ` (${expected.cause})`}` +
            (expected.because === undefined ? '' : `: ${expected.because}`),
        ]
      : [],
  );
  return [...new Set(texts)];
}

/** An operation is with one broken promise; what else breaks it is said below. */
function otherFindings({ members, headline }: CauseGroup, named: number | undefined): string[] {
  const stated = new Set(headline?.places.map(({ finding }) => finding));
  const others = members.flatMap(({ operation }) =>
    operation.findings.filter((finding) => isNews(finding) && !stated.has(finding)),
  );
  const texts = [
    ...new Set(others.map((finding) => `also ${finding.check}${placeOf(finding)}: ${messageOf(finding)}`)),
  ];
  const rest = texts.length - (named ?? OTHERS);
  return [
    ...texts.slice(0, named ?? OTHERS),
    ...(rest > 0 ? [`also ${rest} more ${rest === 1 ? 'finding' : 'findings'}`] : []),
  ];
}

/** So many further findings are named. */
const OTHERS = 2;

type Finding = Capability['findings'][number];

function isNews({ severity, accepted, inconclusive }: Finding): boolean {
  return severity === 'error' && !accepted && !inconclusive;
}

function placeOf({ pointer }: Finding): string {
  return pointer ? ` at ${pointer}` : '';
}
