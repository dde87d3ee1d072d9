import { sourceText } from '../../checks/promise-of.js';
import { SAFE_METHODS } from '../../contract/methods.js';
import { NONSENSE } from '../../controls/unknown-path.js';
import type { Exchange } from '../../exchange/exchange.js';
import type { Samples } from '../../probe/samples.js';
import type { ContractFacts } from '../../contract/facts.js';
import type { Feature } from '../../impact/features.js';
import { UNKNOWN_SHOWN } from '../../probe/unknown-path.js';
import { readableTime } from '../../clock.js';
import { factsOfEvidence } from '../../record/codes.js';
import { stateOf } from '../../record/proof.js';
import type { Capability, Run } from '../../record/run.js';
import type { Target } from '../../targets/targets.js';
import { documentedFailure, documentedText } from './documented.js';
import { answerOf, ownExchange, requestIdOf, shownExchanges } from '../../record/shown-exchanges.js';
import { affectedBy, severityOf, stopsView } from './losses.js';
import { bySentence, mainObservations, otherObservations, suspicionsOf } from './observations.js';
import { reproductionOf, stepOf, type Step } from './reproduce.js';
import { casesOfVendor, specimenOf } from './specimen.js';
import type { Support } from './support.js';
import { currentEpisode, nightsOf, type Episode, type Ticket } from '../../tickets/ticket.js';
import { closingOf, meaningOf, placeToLook, promiseIn, questionOf, subjectOf } from './wording.js';

/** What is known besides the ticket itself. */
export interface TicketSources {
  facts: ContractFacts | undefined;
  samples: Samples | undefined;
  targets: readonly Target[];
  features: readonly Feature[];
  support: Support;
  /** The newest runs of other targets, to say what the same operations do there. */
  elsewhere: readonly Run[];
}

/** The agencies that a ticket is for, where it is for several. */
export interface HitAgencies {
  /** As the user calls them. */
  names: readonly string[];
  /** How many they are, of how many, and in which night. */
  hit: string;
  /** Since when, as a clause without a full stop. */
  since: string;
}

/** Where the answers of a ticket came from; undefined when targets.yaml has it no more. */
export function targetOf(ticket: Ticket, { targets }: TicketSources): Target | undefined {
  return targets.find(({ name }) => name === ticket.target);
}

/** The subject of a ticket. */
export function ticketSubject(ticket: Ticket, agencies?: HitAgencies): string {
  const count = agencies === undefined ? '' : `, ${agencies.names.length.toLocaleString('en')} agencies`;
  return subjectOf(
    currentEpisode(ticket).evidence,
    placeOf(ticket) + (agencies?.names.length === 1 ? ', 1 agency' : count),
  );
}

function placeOf({ target, world }: Ticket): string {
  return world === undefined ? target : `${target}, as on ${world}`;
}

/** What the templates of a ticket may name. Every value is text, a number, a truth value, or a list of such. */
export function ticketView(ticket: Ticket, sources: TicketSources, agencies?: HitAgencies) {
  const episode = currentEpisode(ticket);
  const earlier = ticket.episodes.at(-2);
  const { evidence } = episode;
  const target = targetOf(ticket, sources);
  // What did not come from a host of the vendor must not be sent, and names none of our own either.
  const specimen = specimenOf(evidence.operations.flatMap(shownExchanges), ticket.world, target);
  const cases = casesOfVendor(evidence.operations, target, sources.facts);
  const operations = cases.map((operation) => operationView(operation, sources));
  const first = cases.find((operation) => ownExchange(operation) !== undefined);
  const exchange = first && shownExchanges(first).at(-1);
  const promised = promiseIn(ticket.cause);
  const stops = stopsView(cases, sources.features);
  const severity = severityOf(stops);
  const proofs = otherObservations(cases);
  const elsewhere = elsewhereView(cases, ticket, sources);
  const { support } = sources;
  return {
    id: ticket.id,
    subject: ticketSubject(ticket, agencies),
    agencies: agencies?.names ?? [],
    hit: agencies?.hit ?? '',
    agenciesSince: agencies?.since ?? '',
    question:
      ticket.state === 'open'
        ? questionOf(evidence)
        : closingOf(evidence, ticket.state, readableTime(episode.endedAt ?? episode.seenAt)),
    meaning: meaningOf(ticket.cause),
    cause: ticket.cause,
    side: placeToLook(cases[0]?.side),
    confidence: cases[0]?.confidence ?? '',
    customer: support.customer ?? '',
    severity: support.severity?.[severity] ?? severity,
    answerWithin: ticket.state === 'open' ? (support.answerWithin?.[severity] ?? '') : '',
    affected: affectedBy(stops),
    target: ticket.target,
    specimen,
    ...stateView(ticket, episode),
    run: evidence.run,
    operations,
    sameAnswer: new Set(operations.map(({ answer }) => answer)).size === 1,
    promise: promised?.promise ?? '',
    source: promised ? sourceText(promised) : '',
    sourceUrl: promised?.source.url ?? '',
    main: first && exchange ? mainView(first, exchange, sources) : mainMissing(cases[0]),
    happens: happensIn(cases, ticket.state === 'open' ? stateView(ticket, episode).workedAt : ''),
    observations: mainObservations(cases),
    failures: bySentence(cases, (operation) =>
      documentedFailure(operation, shownExchanges(operation).at(-1), sources.facts),
    ),
    suspicions: suspicionsOf(cases),
    proofs,
    elsewhere,
    seesMore: proofs.length + elsewhere.length > 0,
    reproduction: reproductionView(cases, target, sources),
    stops,
    reference: referenceOf(cases),
    compared: earlier === undefined ? [] : comparedView(earlier, episode),
    lines: shortened(
      ticket.lines.map((line) => ({ at: readableTime(line.at), text: line.text, event: line.event })),
    ),
  };
}

const NO_REQUEST_ID = 'none came';
const UNKNOWN_ANSWER = 'the answer was not kept';

/** What is wrong, in one sentence. */
function happensIn(operations: readonly Capability[], workedAt: string): string {
  const [first] = operations;
  const answers = operations.map((operation) => {
    const exchange = shownExchanges(operation).at(-1);
    return exchange ? answerOf(exchange) : UNKNOWN_ANSWER;
  });
  const finding = first?.outcome === 'deviates' ? first.findings[0] : undefined;
  const what = finding ? `not as documented: ${finding.message}` : [...new Set(answers)].join(' or ');
  const before = workedAt === '' ? '' : `; it was not so on ${workedAt}`;
  return `${allOf(operations)}: ${what}${before}.`;
}

function allOf(operations: readonly Capability[]): string {
  if (operations.length === 1) return operations[0]?.id ?? '';
  return operations.length === 2 ? 'Both' : `All ${operations.length}`;
}

function stateView(ticket: Ticket, episode: Episode) {
  const until = episode.endedAt ?? episode.seenAt;
  return {
    state: ticket.state,
    open: ticket.state === 'open',
    reopened: ticket.episodes.length > 1,
    since: readableTime(episode.since),
    until: readableTime(until),
    seenAt: readableTime(episode.seenAt),
    seen: episode.seen,
    tested: episode.tested,
    workedAt: episode.workedAt === undefined ? '' : readableTime(episode.workedAt),
    days: nightsOf(episode) === 1 ? '1 day' : `${nightsOf(episode)} days`,
    endedAt: episode.endedAt === undefined ? '' : readableTime(episode.endedAt),
  };
}

function operationView(operation: Capability, { facts }: TicketSources) {
  const exchange = shownExchanges(operation).at(-1);
  return {
    id: operation.id,
    answer: exchange ? answerOf(exchange) : UNKNOWN_ANSWER,
    status: exchange ? answerOf(exchange, false) : UNKNOWN_ANSWER,
    at: exchange?.at ?? '',
    requestId: (exchange && requestIdOf(exchange)) ?? NO_REQUEST_ID,
    explanation: operation.explanation,
    confidence: operation.confidence ?? '',
    // Of a refusal it goes without saying that it is not what was promised.
    findings:
      operation.outcome === 'deviates'
        ? operation.findings.map(({ message, pointer }) => ({ message, pointer: pointer ?? '' }))
        : [],
    documented: documentedText(operation, exchange, facts),
  };
}

function mainView(operation: Capability, exchange: Exchange, { facts }: TicketSources) {
  return {
    id: operation.id,
    method: exchange.method,
    url: exchange.url,
    at: exchange.at,
    requestHeaders: exchange.requestHeaders.join(', '),
    answer: answerOf(exchange),
    status: exchange.status === null ? answerOf(exchange) : `HTTP ${exchange.status}`,
    requestId: requestIdOf(exchange) ?? NO_REQUEST_ID,
    responseHeaders: Object.entries(exchange.responseHeaders).map(([name, value]) => ({ name, value })),
    bodyShape:
      typeof exchange.bodyShape === 'string'
        ? exchange.bodyShape
        : JSON.stringify(exchange.bodyShape, null, 2),
    durationMs: exchange.durationMs,
    summary: facts?.operations.get(operation.id)?.operation.summary ?? '',
  };
}

/** For an operation of which no exchange was kept. */
function mainMissing(operation: Capability | undefined): ReturnType<typeof mainView> {
  return {
    id: operation?.id ?? '',
    method: '',
    url: '',
    at: '',
    requestHeaders: '',
    answer: UNKNOWN_ANSWER,
    status: UNKNOWN_ANSWER,
    requestId: NO_REQUEST_ID,
    responseHeaders: [],
    bodyShape: '',
    durationMs: 0,
    summary: '',
  };
}

/** What the same operations do on the other targets, as their newest runs show it. */
function elsewhereView(operations: readonly Capability[], ticket: Ticket, { elsewhere }: TicketSources) {
  return elsewhere
    .filter(({ target }) => target !== ticket.target)
    .flatMap((run) =>
      operations.flatMap(({ id }) => {
        const other = run.operations.find((one) => one.id === id);
        const exchange = other && ownExchange(other);
        if (!other || other.outcome === 'skipped') return [];
        return [
          {
            id,
            target: run.target,
            at: readableTime(run.startedAt),
            outcome: doneElsewhere(other, exchange),
          },
        ];
      }),
    );
}

/** What an operation does on another target, in words that need none of ours. */
function doneElsewhere(operation: Capability, exchange: Exchange | undefined): string {
  const answers = exchange ? `answers ${answerOf(exchange)}` : 'was not seen to answer';
  switch (stateOf(operation)) {
    case 'works':
      return 'works';
    case 'deviates':
      return 'works, but does not answer as documented';
    case 'expected refusal':
      return `${answers} to a request that was wrong on purpose, as it should`;
    case 'let in':
    case 'fails':
    case 'skipped':
      return answers;
  }
}

/** So many operations can be seen oneself; of the others the file of the evidence has the requests. */
const MOST_REPRODUCED = 10;

function reproductionView(
  operations: readonly Capability[],
  target: Target | undefined,
  { facts, samples }: TicketSources,
) {
  const steps = operations.flatMap((operation) => {
    const known = facts?.operations.get(operation.id);
    const description =
      facts && known && samples
        ? { operation: known.operation, contract: facts.contract, samples }
        : undefined;
    return stepOf(operation, description) ?? [];
  });
  const asked = steps.slice(0, MOST_REPRODUCED);
  return {
    ...reproductionOf([...asked, ...comparison(operations)], target),
    several: asked.length > 1,
    at:
      asked
        .map(({ exchange }) => exchange.at)
        .sort()
        .at(-1) ?? '',
    rest: steps.length - asked.length,
  };
}

/** The request for a path that does not exist, where that gets the very answer that is in question. */
function comparison(operations: readonly Capability[]): Step[] {
  const alike = operations.find((operation) => factsOfEvidence(operation, 'unknown-path-same'));
  const own = alike && ownExchange(alike);
  const control = alike?.exchanges.find(
    ({ role, purpose, method, status }) =>
      role === 'control' && purpose === NONSENSE && status === own?.status && SAFE_METHODS.has(method),
  );
  if (!control) return [];
  // What was asked in place of this word is not kept: any word will do.
  const made = (text: string): string => text.replaceAll(UNKNOWN_SHOWN, 'made-up');
  const exchange = { ...control, url: made(control.url), curl: made(control.curl) };
  return [{ exchange, why: 'for comparison, a path that does not exist' }];
}

/** Under which number the vendor knows of it already, as the accepted defect says; empty when it does not. */
function referenceOf(operations: readonly Capability[]): string {
  return operations.map(({ expected }) => expected?.accepted?.ticket).find((one) => one !== undefined) ?? '';
}

/** Old and new evidence side by side, for a ticket that has come back. */
function comparedView(earlier: Episode, now: Episode) {
  const described = (episode: Episode) => {
    const [operation] = episode.evidence.operations;
    const exchange = operation && ownExchange(operation);
    return {
      operations: episode.evidence.operations.map(({ id }) => id).join(', '),
      since: readableTime(episode.since),
      seenAt: readableTime(episode.seenAt),
      answer: exchange ? answerOf(exchange) : UNKNOWN_ANSWER,
      requestId: (exchange && requestIdOf(exchange)) ?? NO_REQUEST_ID,
      run: episode.evidence.run,
    };
  };
  const then = described(earlier);
  const today = described(now);
  return [
    { what: 'operations', then: then.operations, now: today.operations },
    { what: 'from', then: then.since, now: today.since },
    { what: 'last seen', then: then.seenAt, now: today.seenAt },
    { what: 'answer', then: then.answer, now: today.answer },
    { what: 'request id', then: then.requestId, now: today.requestId },
    { what: 'our record', then: then.run, now: today.run },
  ];
}

const SHOWN = 30;

/** The first lines and the newest; the whole list is in the ticket's own file. */
function shortened(lines: readonly { at: string; text: string; event: string }[]) {
  if (lines.length <= SHOWN) return [...lines];
  const left = lines.length - SHOWN;
  const gap = { at: '…', text: `${left} more lines are in the JSON file of this ticket.`, event: '' };
  return [...lines.slice(0, 2), gap, ...lines.slice(2 + left)];
}
