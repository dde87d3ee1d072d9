import type { Exchange } from '../../exchange/exchange.js';
import { evidenceBeside } from '../../record/codes.js';
import type { Capability, Run } from '../../record/run.js';
import { messageOf } from '../../record/standing.js';
import { CAUSES } from '../../verdict/causes.js';
import type { ContractFacts } from '../../contract/facts.js';
import { isProblem, needsAction, type Owner } from '../../impact/owner.js';
import type { Feature } from '../../impact/features.js';
import { evidenceOf as shownBy } from '../../impact/state.js';
import { hitsOf, needsIn } from '../../impact/needs.js';
import { readableTime } from '../../clock.js';
import { answerOf, exchangeView, ownExchange, requestOf } from './exchange-view.js';
import type { PaperSources } from './sources.js';

/** Operations of one run that are refused in the same way for the same reason. */
export interface Refusal {
  run: Run;
  owner: Owner;
  operations: Capability[];
}

/** What does not work and somebody has to fix, by cause and not by endpoint. */
export function refusalsOf(run: Run, { report }: PaperSources): Refusal[] {
  const groups = new Map<string, Refusal>();
  const actions = needsAction(run, (id) => ({
    routedAt: report.past.get(run.id)?.get(id)?.routedAt,
    standing: report.contract?.operations.get(id)?.standing,
  }));
  for (const { operation, owner } of actions.filter(isProblem)) {
    const right = rightPathOf(operation, report.contract);
    const key = [
      owner.who,
      operation.outcome,
      operation.cause,
      ownExchange(operation)?.fingerprint,
      right === '',
    ]
      .map(String)
      .join(' ');
    const group = groups.get(key) ?? { run, owner, operations: [] };
    group.operations.push(operation);
    groups.set(key, group);
  }
  return [...groups.values()];
}

const NOT_ROUTED: readonly number[] = [401, 403, 404, 405];

/**
 * The operation that a path which is not routed was intended to be: another spelling that was answered otherwise
 * in the same run. Empty when none is known.
 */
export function rightPathOf(operation: Capability, contract: ContractFacts | undefined): string {
  if (operation.outcome !== 'unrouted') return '';
  const own = ownExchange(operation);
  const found = operation.exchanges.find(
    ({ role, status, fingerprint }) =>
      role === 'variant' &&
      status !== null &&
      status < 500 &&
      !NOT_ROUTED.includes(status) &&
      fingerprint !== own?.fingerprint,
  );
  if (!found) return '';
  const request = requestOf(found).split('?')[0] ?? '';
  return [...(contract?.operations.keys() ?? [])].find((id) => isOf(request, id)) ?? request;
}

/** Whether a request is one of an operation, whose path is a template. */
function isOf(request: string, id: string): boolean {
  const asked = request.split('/');
  const template = id.split('/');
  return (
    asked.length === template.length &&
    template.every((segment, index) => segment.startsWith('{') || segment === asked[index])
  );
}

export function refusalView(refusal: Refusal, number: number, sources: PaperSources) {
  const { run, owner, operations } = refusal;
  const { report } = sources;
  const [first] = operations;
  const main = first && ownExchange(first);
  const cause = first?.cause;
  return {
    number,
    target: run.target,
    outcome: first?.outcome ?? 'skipped',
    cause: cause ?? '',
    meaning: cause === undefined ? 'the answer breaks the contract' : CAUSES[cause],
    layer: first?.layer ?? '',
    confidence: first?.confidence ?? '',
    unrouted: first?.outcome === 'unrouted',
    vendors: owner.who === 'vendor',
    owner: owner.who === 'vendor' ? 'the vendor' : 'our developers',
    why: owner.why,
    several: operations.length > 1,
    operations: operations.map((operation) => {
      const own = ownExchange(operation);
      const streak = report.past.get(run.id)?.get(operation.id);
      return {
        id: operation.id,
        answer: own ? answerOf(own) : operation.outcome,
        at: own?.at ?? '',
        url: own?.url ?? '',
        explanation: operation.explanation,
        fix: operation.fix ?? '',
        right: rightPathOf(operation, report.contract),
        documented: documentedText(operation, report.contract),
        findings: operation.outcome === 'deviates' ? operation.findings.map(messageOf) : [],
        accepted: operation.expected?.accepted?.reason ?? '',
        since: streak ? readableTime(streak.since) : readableTime(run.startedAt),
        runs: streak?.runs ?? 1,
        worked: streak?.workedAt === undefined ? '' : readableTime(streak.workedAt),
        answers: answersOf(operation, own),
        variations: operation.exchanges
          .filter(({ role }) => role !== 'operation')
          .map((exchange) => variationView(exchange, own)),
      };
    }),
    main: main ? [exchangeView(main)] : [],
    evidence: unique(operations.flatMap((operation) => evidenceOf(operation))),
    ruledOut: unique(
      operations.flatMap(({ ruledOut }) =>
        ruledOut.map(({ cause: rival, because }) => `that ${meaningOf(rival)}, because ${because}`),
      ),
    ),
    stops: stopsOf(refusal, sources),
  };
}

/** The changed requests by what they were answered: what was tried, in a few lines. */
function answersOf({ exchanges }: Capability, own: Exchange | undefined) {
  const tried = exchanges.filter(({ role }) => role !== 'operation').map((one) => variationView(one, own));
  return unique(tried.map(({ answer }) => answer)).map((answer) => {
    const alike = tried.filter((one) => one.answer === answer);
    return { answer, same: alike.every(({ same }) => same), changes: changesOf(alike) };
  });
}

function changesOf(tried: readonly { what: string; request: string }[]) {
  return unique(tried.map(({ what }) => what)).map((what) => ({
    what,
    requests: unique(tried.filter((one) => one.what === what).map(({ request }) => request)),
  }));
}

/** A changed request that was sent beside the one that failed, and whether it fared the same. */
function variationView(exchange: Exchange, own: Exchange | undefined) {
  return {
    request: requestOf(exchange),
    what: PURPOSES.get(exchange.purpose) ?? exchange.purpose ?? exchange.role,
    answer: answerOf(exchange),
    same: exchange.fingerprint === own?.fingerprint,
    at: exchange.at,
  };
}

const PURPOSES: ReadonlyMap<string | undefined, string> = new Map(
  Object.entries({
    'nonsense-sibling': 'a path that cannot exist',
    calibration: 'a path that cannot exist, with a header of our own making',
    'without-token': 'without a token',
    'other-method': 'another method on the same path',
    'other-spelling': 'another spelling of the path',
    'other-host': 'the other host, without a token',
    'nonsense-on-other-host': 'a path that cannot exist, on the other host',
    'known-good': 'an operation that is known to work',
  }),
);

/** The sentences of the verdict without the exchange itself, which is shown whole. */
function evidenceOf(operation: Capability): string[] {
  const own = ownExchange(operation);
  return own ? evidenceBeside(operation) : operation.evidence;
}

/** What the documentation says of an operation, or that it does not know it. */
function documentedText(operation: Capability, contract: ContractFacts | undefined): string {
  if (!contract) return 'No documentation was at hand.';
  const known = contract.operations.get(operation.id);
  if (!known) {
    const right = rightPathOf(operation, contract);
    const meant = contract.operations.get(right)?.operation.summary;
    const other = right === '' ? '' : ` It knows ${right}${meant === undefined ? '' : `, “${meant}”`}.`;
    return `The documentation knows no such operation.${other}`;
  }
  const statuses = Object.keys(known.operation.responses).join(', ');
  const standing = known.standing === undefined ? '' : ` Standing of this entry: ${known.standing}.`;
  return `“${known.operation.summary ?? operation.operationId}”, answers ${statuses}.${standing}`;
}

function meaningOf(cause: string): string {
  return Object.entries(CAUSES).find(([name]) => name === cause)?.[1] ?? cause;
}

/** Which features need what is refused, and how they fare: as the gate judges them. */
function stopsOf({ operations, run }: Refusal, { report, gates }: PaperSources) {
  const needs = needsIn(report.features);
  const evidence = shownBy(run);
  const hits = operations.flatMap((operation) => {
    const right = rightPathOf(operation, report.contract);
    const isDown = (id: string) => evidence(id) === 'fails';
    const direct = hitsOf(operation.id, needs, isDown).map((hit) => ({
      ...hit,
      operation: operation.id,
      asked: '',
    }));
    const through = hitsOf(right, needs, isDown).map((hit) => ({
      ...hit,
      operation: right,
      asked: operation.id,
    }));
    return [...direct, ...through];
  });
  const seen = new Set<Feature>();
  return hits
    .filter(({ feature }) => !seen.has(feature) && seen.add(feature))
    .map(({ feature: { consumer, name }, operation, asked }) => {
      const judged = gates
        .find((gate) => gate.consumer === consumer)
        ?.features.find((feature) => feature.name === name);
      const goesOn = judged !== undefined && judged.state !== 'fails';
      const loss = judged?.losses.find((one) => one.includes(operation)) ?? 'it can do without';
      const lack = judged?.lacks.find((one) => one.operation === operation)?.why ?? judged?.why;
      const effect = goesOn
        ? loss
        : asked === ''
          ? `stopped on ${run.target}${lack === undefined ? '' : `, ${lack}`}`
          : `cannot be had while our code asks ${asked} instead`;
      return { consumer, name, operation, goesOn, effect };
    });
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
