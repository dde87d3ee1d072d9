import { firstOf } from '../../documents/labels.js';
import type { FaultSide } from '../../tickets/faults.js';
import { stateName } from '../status.js';
import { dayInWords } from './days.js';
import type { ShownCause } from './evidence.js';
import type { AgencyNight, FleetFacts } from './facts.js';
import { exitCodeOf, newTonight, type FleetChange, type FleetSummary } from './summary.js';

/** What a fleet comes to in a night, in a word. */
export type FleetWord = 'As expected' | 'Not as expected' | 'Not complete' | 'Nothing recorded';

/** Who has to act, as it is written. */
export const WHO: Record<FaultSide, string> = { vendor: 'the vendor', us: 'we', network: 'the network' };

export function wordOf(summary: FleetSummary, facts: FleetFacts): FleetWord {
  const code = exitCodeOf(summary, facts);
  if (code === 1) return 'Not as expected';
  if (code === 0) return 'As expected';
  return summary.recorded === 0 ? 'Nothing recorded' : 'Not complete';
}

/** `12 agencies`, `1 agency` */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

export function agenciesText(count: number): string {
  return countOf(count, 'agency', 'agencies');
}

/** How many agencies were recorded, and how they ended: `38 of 40 agencies recorded: 30 red, 8 green`. */
export function nightText({ asked, recorded, colours }: FleetSummary): string {
  const parts = [
    [colours.RED, 'red'],
    [colours.BROKEN, 'with a wrong set-up'],
    [colours['NO VERDICT'], 'without a verdict'],
    [colours.GREEN, 'green'],
  ] as const;
  const ended = parts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count.toLocaleString('en')} ${what}`);
  const head = `${recorded.toLocaleString('en')} of ${agenciesText(asked)} recorded`;
  return ended.length === 0 ? head : `${head}: ${ended.join(', ')}`;
}

/** Which operations, in a few words: `GET /a/, GET /b/ and 4 more`. */
export function operationsText(operations: readonly string[]): string {
  return firstOf(operations, 2);
}

/** `GET /c/: 500; server error` */
export function causeName({ what, operations }: Pick<ShownCause, 'what' | 'operations'>): string {
  return `${operationsText(operations)}: ${what}`;
}

/** `new at 3 of 800 agencies since Tuesday, 2026-11-24`; with nights that would have shown it and were not recorded. */
export function changeText({ kind, agencies, since, notRecorded }: FleetChange, recorded: number): string {
  const gaps =
    notRecorded.length === 0 ? '' : `; left out, as not recorded at some of them: ${firstOf(notRecorded)}`;
  return `${kind} at ${agencies.length.toLocaleString('en')} of ${agenciesText(recorded)} since ${dayInWords(since)}${gaps}`;
}

/** Since when a cause is there: at the agency that has had it longest, and in the middle of all. */
export function sinceText({
  earliest,
  median,
  sinceFirst,
  agencies,
}: Pick<ShownCause, 'earliest' | 'median' | 'sinceFirst' | 'agencies'>): string {
  if (earliest === null) return '';
  const half =
    median === null || median === earliest || agencies.length < 3 ? '' : `, at half of them since ${median}`;
  const older =
    sinceFirst === 0
      ? ''
      : `; at ${sinceFirst === agencies.length ? 'each of them' : sinceFirst.toLocaleString('en')} from the first night that was looked at, or longer`;
  return `since ${earliest}${half}${older}`;
}

/** What was not recorded, by why: `2 agencies: given up, CONFORM_E_TOKEN_UNAVAILABLE`. */
export function notRecordedTexts(
  agencies: readonly AgencyNight[],
): { text: string; agencies: AgencyNight[] }[] {
  const groups = new Map<string, AgencyNight[]>();
  for (const one of agencies.filter(({ state }) => state !== 'recorded')) {
    const key = `${stateName(one.state)}${one.why === null ? '' : `, ${one.why}`}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups]
    .map(([key, those]) => ({ text: `${agenciesText(those.length)}: ${key}`, agencies: those }))
    .sort((one, other) => other.agencies.length - one.agencies.length);
}

/** The first lines of a report: what was found, whose it is, and what to do; five at the most. */
export function firstLines(
  summary: FleetSummary,
  facts: FleetFacts,
  causes: readonly ShownCause[],
  ticketOf: (cause: ShownCause) => string | undefined,
): string[] {
  const [change, ...changes] = summary.changes;
  const shownBy = new Map(causes.map((cause) => [cause.id, cause]));
  const named = (one: FleetChange) =>
    causeName(shownBy.get(one.cause.id) ?? { ...one.cause, what: one.cause.cause });
  const tonight = newTonight(summary, facts).length;
  const largest = (side: FaultSide) => causes.filter((cause) => cause.side === side);
  const line = (side: FaultSide, who: string): string[] => {
    const [first, ...rest] = largest(side);
    if (!first) return [];
    const more = rest.length === 0 ? '' : `; and ${countOf(rest.length, 'cause')} more`;
    return [
      `${who}: ${agenciesText(first.agencies.length)}: ${causeName(first)}, ${sinceText(first)}${more}.`,
    ];
  };
  const missing = notRecordedTexts(facts.agencies);
  const ticket = largest('vendor').flatMap((cause) => ticketOf(cause) ?? []);
  const toDo = [
    ...(ticket.length === 0 ? [] : [`send ${firstOf(ticket)} to the vendor`]),
    ...largest('us')
      .slice(0, 1)
      .flatMap(({ todo }) => (todo === '' ? [] : [`ours: ${todo.replace(/\.$/, '')}`])),
    ...(missing.length === 0
      ? []
      : [`not recorded: ${firstOf(missing.map(({ text }) => text))}: conform fleet status`]),
  ];
  return [
    `${wordOf(summary, facts).toUpperCase()}: ${facts.fleet}, ${dayInWords(facts.night)}: ${nightText(summary)}.`,
    change
      ? `${tonight > 0 ? 'New tonight' : 'Changed'}: ${named(change)}: ${changeText(change, summary.recorded)}${changes.length === 0 ? '' : `; and ${countOf(changes.length, 'change')} more`}.`
      : 'Nothing is new, and nothing is over.',
    ...line('vendor', 'The vendor has to act at'),
    ...(largest('us').length > 0 ? line('us', 'We have to act at') : line('network', 'No answer came at')),
    toDo.length === 0 ? 'Nothing is to be done.' : `To do: ${toDo.join('; ')}.`,
  ];
}
