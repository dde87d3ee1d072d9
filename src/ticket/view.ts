import { sourceText } from '../checks/promise-of.js';
import type { Exchange } from '../exchange/exchange.js';
import type { Samples } from '../probe/samples.js';
import type { ContractFacts } from '../render/contract-facts.js';
import type { Feature } from '../impact/features.js';
import { hitsOf, LOSSES, needsIn, type Loss } from '../impact/needs.js';
import { labelOf } from '../render/labels.js';
import { readableTime } from '../readable-time.js';
import { evidenceBeside } from '../run/codes.js';
import type { Capability, Run } from '../run/run.js';
import type { Target } from '../target/targets.js';
import { answerOf, ownExchange, requestIdOf, shownExchanges } from './exchanges.js';
import { reproductionOf } from './reproduce.js';
import { SEVERITIES, type Severity, type Support } from './support.js';
import { currentEpisode, nightsOf, type Episode, type Ticket } from './ticket.js';
import { meaningOf, promiseIn, questionOf, subjectOf } from './wording.js';

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

/** The subject of a ticket. */
export function ticketSubject(ticket: Ticket): string {
  return subjectOf(currentEpisode(ticket).evidence, placeOf(ticket));
}

function placeOf({ target, world }: Ticket): string {
  return world === undefined ? target : `${target}, as on ${world}`;
}

/** What the templates of a ticket may name. Every value is text, a number, a truth value, or a list of such. */
export function ticketView(ticket: Ticket, sources: TicketSources) {
  const episode = currentEpisode(ticket);
  const earlier = ticket.episodes.at(-2);
  const { evidence } = episode;
  const operations = evidence.operations.map((operation) => operationView(operation, sources));
  const first = evidence.operations.find((operation) => ownExchange(operation) !== undefined);
  const shown = first ? shownExchanges(first) : [];
  const exchange = shown.at(-1);
  const promised = promiseIn(ticket.cause);
  const target = sources.targets.find(({ name }) => name === ticket.target);
  const stops = stopsView(evidence.operations, sources.features);
  return {
    id: ticket.id,
    subject: ticketSubject(ticket),
    question: questionOf(evidence),
    meaning: meaningOf(ticket.cause),
    cause: ticket.cause,
    side: evidence.operations[0]?.side ?? '',
    customer: sources.support.customer ?? '',
    severity: severityText(stops, sources.support),
    target: ticket.target,
    // What is no answer of the vendor is an example of a ticket, and must not be sent.
    specimen: specimenOf(ticket, target),
    ...stateView(ticket, episode),
    run: evidence.run,
    operations,
    several: operations.length > 1,
    promise: promised?.promise ?? '',
    source: promised ? sourceText(promised) : '',
    sourceUrl: promised?.source.url ?? '',
    main: exchange && first ? mainView(first, exchange, sources) : mainMissing(evidence.operations[0]),
    ruledOut: evidence.operations
      .flatMap(({ id, ruledOut }) =>
        ruledOut.map(({ cause, because }) => ({ id, cause: meaningOf(cause), because })),
      )
      .filter(isFirst(({ cause, because }) => `${cause} ${because}`)),
    proofs: evidence.operations.flatMap(proofsOf).filter(isFirst((text) => text)),
    elsewhere: elsewhereView(evidence.operations, ticket, sources),
    reproduction: reproductionView(first, shown, target, sources),
    stops,
    reference: referenceOf(evidence.operations),
    compared: earlier === undefined ? [] : comparedView(earlier, episode),
    lines: shortened(
      ticket.lines.map((line) => ({ at: readableTime(line.at), text: line.text, event: line.event })),
    ),
  };
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
    nights: nightsOf(ticket),
    oneNight: nightsOf(ticket) === 1,
    endedAt: episode.endedAt === undefined ? '' : readableTime(episode.endedAt),
  };
}

function operationView(operation: Capability, { facts }: TicketSources) {
  const exchange = shownExchanges(operation).at(-1);
  const known = facts?.operations.get(operation.id);
  return {
    id: operation.id,
    answer: exchange ? answerOf(exchange) : operation.outcome,
    at: exchange?.at ?? '',
    requestId: (exchange && requestIdOf(exchange)) ?? 'none came with the answer',
    explanation: operation.explanation,
    confidence: operation.confidence ?? '',
    // Of a refusal it goes without saying that it is not what was promised.
    findings:
      operation.outcome === 'deviates'
        ? operation.findings.map(({ message, pointer }) => ({ message, pointer: pointer ?? '' }))
        : [],
    documented: documentedText(operation, exchange, known?.operation),
    // The sections that our own description refers to are of no use to the vendor.
    standing: (known?.standing ?? '').replaceAll(/ \(\d+(?:\.\d+)*\)/g, ''),
  };
}

/** The evidence without the exchange itself, which the ticket shows whole. */
function proofsOf(operation: Capability): string[] {
  return ownExchange(operation) === undefined ? operation.evidence : evidenceBeside(operation);
}

/** What the contract promises for the operation, and whether the status that came is among it. */
function documentedText(
  operation: Capability,
  exchange: Exchange | undefined,
  described: { summary: string | undefined; responses: Record<string, { description: string }> } | undefined,
): string {
  if (!described) return 'The contract at hand does not describe this operation.';
  const statuses = Object.keys(described.responses);
  const promised = `“${described.summary ?? operation.operationId}”, with the answers ${statuses.join(', ')}.`;
  const status = exchange?.status;
  if (status === null || status === undefined) return promised;
  const listed = statuses.some((one) => one === String(status) || one === `${String(status).charAt(0)}XX`);
  return listed ? promised : `${promised} ${status} is not among them.`;
}

function mainView(operation: Capability, exchange: Exchange, { facts }: TicketSources) {
  return {
    id: operation.id,
    method: exchange.method,
    url: exchange.url,
    at: exchange.at,
    requestHeaders: exchange.requestHeaders.join(', '),
    answer: answerOf(exchange),
    requestId: requestIdOf(exchange) ?? 'none came with the answer',
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
    answer: operation?.outcome ?? '',
    requestId: 'none came with the answer',
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
            outcome: labelOf(other),
            answer: exchange ? answerOf(exchange) : '',
          },
        ];
      }),
    );
}

function reproductionView(
  operation: Capability | undefined,
  exchanges: readonly Exchange[],
  target: Target | undefined,
  { facts, samples }: TicketSources,
) {
  const known = operation && facts?.operations.get(operation.id);
  const description =
    facts && known && samples ? { operation: known.operation, contract: facts.contract, samples } : undefined;
  const exchange = exchanges.at(-1);
  if (!exchange) return { script: '', pseudonyms: [], placeholders: false, several: false, at: '' };
  const reproduction = reproductionOf(exchange, target, description, exchanges.slice(0, -1));
  return { ...reproduction, several: exchanges.length > 1, at: exchange.at };
}

/** Under which number the vendor knows of it already, as the accepted defect says; empty when it does not. */
function referenceOf(operations: readonly Capability[]): string {
  return operations.map(({ expected }) => expected?.accepted?.ticket).find((one) => one !== undefined) ?? '';
}

function stopsView(operations: readonly Capability[], features: readonly Feature[]) {
  const needs = needsIn(features);
  // A workaround that is refused for the same cause is none.
  const isDown = (id: string) => operations.some((operation) => operation.id === id);
  const hits = operations.flatMap(({ id, outcome }) =>
    hitsOf(id, needs, isDown).map(({ feature: { consumer, name, critical }, loss }) => ({
      ...{ consumer, name, critical, operation: id, loss, how: outcome === 'deviates' ? AT_RISK : HOW[loss] },
    })),
  );
  return LOSSES.flatMap((loss) => hits.filter((hit) => hit.loss === loss)).filter(
    isFirst(({ consumer, name }) => `${consumer} ${name}`),
  );
}

/** How a feature is that goes on with answers that break the contract. */
const AT_RISK = 'at risk';

/** How a feature is without what it needs. */
const HOW: Record<Loss, string> = {
  stops: 'blocked',
  degrades: 'hampered',
  reserve: 'without its workaround',
  workaround: 'forced onto a workaround',
};

/** Old and new evidence side by side, for a ticket that has come back. */
function comparedView(earlier: Episode, now: Episode) {
  const told = (episode: Episode) => {
    const [operation] = episode.evidence.operations;
    const exchange = operation && ownExchange(operation);
    return {
      operations: episode.evidence.operations.map(({ id }) => id).join(', '),
      since: readableTime(episode.since),
      seenAt: readableTime(episode.seenAt),
      answer: exchange ? answerOf(exchange) : (operation?.outcome ?? ''),
      requestId: (exchange && requestIdOf(exchange)) ?? 'none came with the answer',
      fingerprint: exchange?.fingerprint ?? '',
      run: episode.evidence.run,
    };
  };
  const then = told(earlier);
  const today = told(now);
  return [
    { what: 'operations', then: then.operations, now: today.operations },
    { what: 'from', then: then.since, now: today.since },
    { what: 'last seen', then: then.seenAt, now: today.seenAt },
    { what: 'answer', then: then.answer, now: today.answer },
    { what: 'request id', then: then.requestId, now: today.requestId },
    { what: 'fingerprint', then: then.fingerprint, now: today.fingerprint },
    { what: 'run', then: then.run, now: today.run },
  ];
}

const SHOWN = 30;

/** The first lines and the newest; the whole list stands in the ticket's own file. */
function shortened(lines: readonly { at: string; text: string; event: string }[]) {
  if (lines.length <= SHOWN) return [...lines];
  const left = lines.length - SHOWN;
  const gap = { at: '…', text: `${left} more lines stand in the JSON file of this ticket.`, event: '' };
  return [...lines.slice(0, 2), gap, ...lines.slice(2 + left)];
}

/** How urgent it is, in the words of the vendor's form. */
function severityText(stops: readonly { loss: string; critical: boolean }[], { severity }: Support): string {
  const [worst] = SEVERITIES.filter((level) =>
    level === 'low' ? true : stops.some((stop) => LEVEL_OF[level](stop)),
  );
  return worst === undefined ? '' : (severity?.[worst] ?? worst);
}

const LEVEL_OF: Record<Exclude<Severity, 'low'>, (stop: { loss: string; critical: boolean }) => boolean> = {
  critical: ({ loss, critical }) => loss === 'stops' && critical,
  high: ({ loss }) => loss === 'stops',
  normal: () => true,
};

/** Why a ticket is no more than an example: what it shows did not come from a host of the vendor. Empty where it did. */
function specimenOf(ticket: Ticket, target: Target | undefined): string {
  if (ticket.world !== undefined) return `made from a replica of the hosts as they were on ${ticket.world}`;
  const [origin] = originsOf(currentEpisode(ticket).evidence.operations).filter(
    (one) => isLocal(one) || (target?.baseUrl !== undefined && !isHostOf(one, target)),
  );
  if (origin === undefined) return '';
  return isLocal(origin)
    ? `made at ${origin}, which is a machine of our own`
    : `made at ${origin}, which targets.yaml does not name as a host of “${ticket.target}”`;
}
/** Where the operations of a ticket were asked. */
function originsOf(operations: readonly Capability[]): string[] {
  const urls = operations.flatMap((operation) => shownExchanges(operation).map(({ url }) => url));
  return [...new Set(urls.flatMap((url) => (URL.canParse(url) ? [new URL(url).origin] : [])))];
}

/** Whether an address is that of this machine (RFC 1122, section 3.2.1.3; RFC 4291, section 2.5.3; RFC 6761, section 6.3). */
function isLocal(origin: string): boolean {
  return /^(?:(?:.+\.)?localhost\.?|127(?:\.\d{1,3}){3}|\[::1\]|0\.0\.0\.0|\[::\])$/i.test(
    new URL(origin).hostname,
  );
}

function isHostOf(origin: string, { baseUrl, servers }: Target): boolean {
  const addresses = [baseUrl, ...(servers === 'here' ? [] : servers.values())];
  return addresses.some(
    (address) => address !== undefined && URL.canParse(address) && new URL(address).origin === origin,
  );
}

function isFirst<T>(keyOf: (value: T) => string) {
  const seen = new Set<string>();
  return (value: T): boolean => {
    const key = keyOf(value);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  };
}
