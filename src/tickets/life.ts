import type { Capability, Run } from '../record/run.js';
import { isProvenToWork } from '../record/proof.js';
import { addToGroup } from '../groups.js';
import { readableTime } from '../clock.js';
import type { Case } from './case.js';
import { answerOf, ownExchange, requestIdOf } from '../record/shown-exchanges.js';
import { groupOf, inWords } from './group.js';
import { currentEpisode, nightsOf, type Event, type Ticket } from './ticket.js';

/** Takes one run into account: opens tickets for new causes, and adds a line to every ticket of its target. */
export function live(
  tickets: readonly Ticket[],
  run: Run,
  cases: readonly Case[],
  workedAt: (operation: string) => string | undefined,
): Ticket[] {
  const left = new Set(cases);
  const continued = tickets.map((ticket) => {
    const found = caseFor(ticket, tickets, left);
    if (found) left.delete(found);
    return found ? seenAgain(ticket, found, run, workedAt) : notSeen(ticket, run);
  });
  const opened: Ticket[] = [];
  for (const one of left) opened.push(open(one, run, [...continued, ...opened], workedAt));
  return [...continued, ...opened];
}

/**
 * The case that continues a ticket: that of the same key; else, for an open ticket, one of the same cause on one
 * of its operations, which is the same refusal in other words.
 */
function caseFor(ticket: Ticket, tickets: readonly Ticket[], left: ReadonlySet<Case>): Case | undefined {
  const cases = [...left];
  const same = cases.find(({ key }) => key === ticket.key);
  if (same || ticket.state !== 'open') return same;
  const own = new Set(currentEpisode(ticket).evidence.operations.map(({ id }) => id));
  return cases.find(
    ({ key, cause, operations }) =>
      cause === ticket.cause &&
      operations.some(({ id }) => own.has(id)) &&
      !tickets.some((other) => other !== ticket && other.key === key),
  );
}

function open(
  one: Case,
  run: Run,
  others: readonly Ticket[],
  workedAt: (operation: string) => string | undefined,
): Ticket {
  return {
    format: 'conform-ticket/1',
    id: idOfCase(one, run.target, new Set(others.map(({ id }) => id))),
    key: one.key,
    cause: one.cause,
    target: run.target,
    ...worldOf(run),
    state: 'open',
    episodes: [episodeOf(one, workedAt)],
    lines: [lineOf(run, 'opened', `Opened: ${sightingText(one)}.`)],
    lastRun: run.id,
  };
}

function episodeOf(evidence: Case, workedAt: (operation: string) => string | undefined) {
  const worked = evidence.operations
    .flatMap(({ id }) => workedAt(id) ?? [])
    .sort()
    .at(-1);
  return {
    since: evidence.at,
    seenAt: evidence.at,
    seen: 1,
    nights: 1,
    tested: 1,
    ...(worked === undefined ? {} : { workedAt: worked }),
    evidence,
  };
}

function seenAgain(
  ticket: Ticket,
  found: Case,
  run: Run,
  workedAt: (operation: string) => string | undefined,
): Ticket {
  const next = {
    ...ticket,
    ...worldOf(run),
    key: found.key,
    state: 'open' as const,
    lastRun: run.id,
  };
  if (ticket.state !== 'open') {
    return {
      ...next,
      episodes: [...ticket.episodes, episodeOf(found, workedAt)],
      lines: [...ticket.lines, lineOf(run, 'reopened', `It is back: ${sightingText(found)}.`)],
    };
  }
  const episode = currentEpisode(ticket);
  const nights = nightsOf(episode);
  const now = dayOf(found.at) === dayOf(episode.seenAt) ? nights : nights + 1;
  const same = found.key === ticket.key;
  const well = episode.evidence.operations
    .filter(({ id }) => run.operations.some((operation) => operation.id === id && isProvenToWork(operation)))
    .map(({ id }) => id);
  const text = [
    `Still so on day ${now}: ${sightingText(found)}, ${same ? 'the same answer' : 'another answer than before'}.`,
    well.length > 0 ? `Works again: ${well.join(', ')}.` : '',
  ];
  return {
    ...next,
    episodes: [
      ...ticket.episodes.slice(0, -1),
      {
        ...episode,
        seenAt: found.at,
        seen: episode.seen + 1,
        nights: now,
        tested: episode.tested + 1,
        evidence: found,
      },
    ],
    lines: [...ticket.lines, lineOf(run, same ? 'still' : 'other answer', text.join(' ').trim())],
  };
}

/** The cause does not show: it is over, it has become another, or nobody has looked. */
function notSeen(ticket: Ticket, run: Run): Ticket {
  const next = { ...ticket, lastRun: run.id };
  if (ticket.state !== 'open') return next;
  const episode = currentEpisode(ticket);
  const own = new Set(episode.evidence.operations.map(({ id }) => id));
  const tested = run.operations.filter((operation) => own.has(operation.id) && wasTested(operation));
  const line = (event: Event, text: string) => [...ticket.lines, lineOf(run, event, text)];
  if (tested.length < own.size) {
    const missing = [...own].filter((id) => !tested.some((operation) => operation.id === id));
    return { ...next, lines: line('not tested', `Not tested in this run: ${missing.join(', ')}.`) };
  }
  const works = tested.every((one) => one.outcome === 'deviates' || isProvenToWork(one));
  const now = tested.map((operation) => `${operation.id} ${doneNow(operation)}`).join(', ');
  const between = `between ${readableTime(episode.seenAt)} and ${readableTime(run.startedAt)}`;
  return {
    ...next,
    state: works ? 'fixed' : 'changed',
    episodes: [
      ...ticket.episodes.slice(0, -1),
      { ...episode, tested: episode.tested + 1, endedAt: run.startedAt, endedBy: run.id },
    ],
    lines: works
      ? line('fixed', `Fixed ${between} (run ${episode.evidence.run} to run ${run.id}): ${now}.`)
      : line('changed', `Not this any more, ${between}: ${now}.`),
  };
}

/** Whether a run shows what a real request to the operation does. */
function wasTested(operation: Capability): boolean {
  if (['skipped', 'unreachable', 'throttled'].includes(operation.outcome)) return false;
  return ownExchange(operation)?.purpose === undefined;
}

/** What was answered, with the ids of some requests: the vendor finds the others beside them. */
function sightingText({ operations }: Case): string {
  const groups = new Map<string, Capability[]>();
  for (const operation of operations) addToGroup(groups, answerIn(operation), operation);
  return [...groups]
    .map(([answer, those]) => {
      const ids = those.flatMap((operation) => {
        const exchange = ownExchange(operation);
        return (exchange && requestIdOf(exchange)) ?? [];
      });
      return `${groupOf(those)}: ${answer}${ids.length === 0 ? '' : `, request ${ids.length === 1 ? 'id' : 'ids'} ${inWords(ids)}`}`;
    })
    .join('; ');
}

function answerIn(operation: Capability): string {
  const exchange = ownExchange(operation);
  if (operation.outcome === 'deviates') return 'not as documented';
  return exchange ? answerOf(exchange) : 'the answer was not kept';
}

/** What an operation of a ticket that is over does now. */
function doneNow(operation: Capability): string {
  if (operation.outcome === 'deviates') return 'works again, though not as documented';
  return isProvenToWork(operation) ? 'works' : `is answered ${answerIn(operation)}`;
}

function worldOf({ world }: Run): { world?: string } {
  return world === undefined ? {} : { world };
}

function lineOf(run: Run, event: Event, text: string) {
  return { run: run.id, at: run.startedAt, event, text };
}

/** The day in UTC: two runs of one day are one night. */
function dayOf(iso: string): string {
  return iso.slice(0, 10);
}

/**
 * A name that a person can read, and that the ticket keeps whatever becomes of it.
 * @param taken the names that other tickets have
 */
export function idOfCase({ cause, operations }: Case, target: string, taken: ReadonlySet<string>): string {
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  const parts = [cause, ...(tags.length === 1 ? tags : []), target];
  const stem = parts
    .join('-')
    .replace(/[^A-Za-z0-9.-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, 80);
  for (let number = 1; ; number++) {
    const id = number === 1 ? stem : `${stem}-${number}`;
    if (!taken.has(id)) return id;
  }
}
