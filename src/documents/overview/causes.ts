import { addToGroup } from '../../groups.js';
import type { Past } from '../../history/past.js';
import type { Feature } from '../../impact/features.js';
import { hitsOf, needsIn } from '../../impact/needs.js';
import { needsAction, type Owner } from '../../impact/owner.js';
import { evidenceOf } from '../../impact/state.js';
import { factsOfFix } from '../../record/codes.js';
import { stateOf, type OperationState } from '../../record/proof.js';
import type { Capability, Run } from '../../record/run.js';
import { isSurprise } from '../../record/success.js';
import { CAUSES, type Cause } from '../../verdict/causes.js';
import type { ContractFacts } from '../../contract/facts.js';
import { headlinesOf, type Headline } from '../headlines.js';
import { firstOf, labelOf, type Label } from '../labels.js';
import { sinceOf, type Since } from './since.js';

/**
 * Whether a group of operations is news:
 *
 * - `unexpected`: it does otherwise than it was expected to, for the worse or for the better
 * - `known`: it was accepted for now, with a reason and a day on which that ends
 * - `expected`: it is written down as what this target does
 */
export const STANDINGS = ['unexpected', 'known', 'expected'] as const;
export type Standing = (typeof STANDINGS)[number];

/** One operation of a group. */
export interface CauseMember {
  operation: Capability;
  since: Since;
}

/** What is to be done about operations of a group, as a sentence. */
export interface Remedy {
  text: string;
  operations: string[];
}

/** Operations that do not do what they should, or not what was expected, for one cause; at least one. */
export interface CauseGroup {
  standing: Standing;
  /** What all of them show: `fails`, `deviates`, `let in`; `works` or `expected refusal` where that is unexpected. */
  state: OperationState;
  label: Label;
  cause: Cause | undefined;
  /** What is the matter, in one sentence. */
  title: string;
  owner: Owner;
  cures: Remedy[];
  /** What it was seen by: the answers, and what the control probes found of the first of its members. */
  evidence: string[];
  members: CauseMember[];
  /** The oldest of its members. */
  since: Since;
  /** How many of its members did something else in the run before. */
  fresh: number;
  /** Names of the features that stop, and of those that lose something, while this lasts. */
  stops: string[];
  hampers: string[];
  /** Which promise is broken, where an answer breaks the contract. */
  headline: Headline | undefined;
  /** Why it is accepted, and until when, where it is. */
  accepted: NonNullable<Capability['expected']>['accepted'];
}

/** What the groups are made of besides the run. */
export interface Background {
  features: readonly Feature[];
  past: Past;
  contract: Pick<ContractFacts, 'operations'> | undefined;
}

interface Case {
  member: CauseMember;
  owner: Owner;
  headline: Headline | undefined;
}

/**
 * Everything of a run that somebody has to look at, by its cause: what is unexpected first, and of that what is new, what
 * stops features, and what hits many operations. An operation is in one group at most. Where the run proved nothing, these are the
 * reasons why.
 */
export function causesOf(run: Run, background: Background): CauseGroup[] {
  const { past, contract } = background;
  const headlines = headlinesOf(run).filter(({ finding }) => finding.severity === 'error');
  const groups = new Map<string, Case[]>();
  const actions = needsAction(run, (id) => ({
    routedAt: past.get(id)?.routedAt,
    standing: contract?.operations.get(id)?.standing,
  }));
  for (const { operation, owner } of actions) {
    const headline =
      stateOf(operation) === 'deviates'
        ? headlines.find(({ operations }) => operations.includes(operation.id))
        : undefined;
    const since = sinceOf(operation.id, run, past);
    // What is known or expected is no news when it comes back.
    const member = { operation, since: { ...since, isNew: since.isNew && isSurprise(operation) } };
    addToGroup(groups, keyOf(operation, owner, headline), { member, owner, headline });
  }
  const impact = impactIn(run, background.features);
  return [...groups.values()]
    .flatMap((cases) => groupOf(cases, impact) ?? [])
    .sort(
      (one, other) =>
        STANDINGS.indexOf(one.standing) - STANDINGS.indexOf(other.standing) ||
        Number(isGood(one)) - Number(isGood(other)) ||
        Number(other.fresh > 0) - Number(one.fresh > 0) ||
        other.stops.length - one.stops.length ||
        other.members.length - one.members.length,
    );
}

/** Whether a group is about what is better than expected, or as good: nothing is broken there. */
export function isGood({ state }: Pick<CauseGroup, 'state'>): boolean {
  return state === 'works' || state === 'expected refusal';
}

/** Two operations have the same cause where the same is to be done about it, by the same people. */
function keyOf(operation: Capability, owner: Owner, headline: Headline | undefined): string {
  const { cause, confidence, expected } = operation;
  const accepted = expected?.accepted;
  const what = headline
    ? [headline.finding.check, headline.message]
    : [cause, confidence === 'possible', operation.codes?.fix?.code];
  return JSON.stringify([
    standingOf(operation),
    labelOf(operation),
    owner.who,
    // Where nothing is known of the cause, the reason why it is somebody's is what they have in common.
    cause === undefined ? owner.why : '',
    accepted?.reason,
    ...what,
  ]);
}

function standingOf(operation: Capability): Standing {
  if (isSurprise(operation)) return 'unexpected';
  return operation.expected?.accepted ? 'known' : 'expected';
}

type Impact = (operations: readonly Capability[]) => Pick<CauseGroup, 'stops' | 'hampers'>;

/** Which features lose what with operations, as the evidence of the run has it. */
function impactIn(run: Run, features: readonly Feature[]): Impact {
  const needs = needsIn(features);
  const evidence = evidenceOf(run);
  const isDown = (operation: string) => evidence(operation) === 'fails';
  return (operations) => {
    const hits = operations.filter(({ id }) => isDown(id)).flatMap(({ id }) => hitsOf(id, needs, isDown));
    const stops = names(hits.filter(({ loss }) => loss === 'stops'));
    return { stops, hampers: names(hits).filter((name) => !stops.includes(name)) };
  };
}

function names(hits: readonly { feature: Feature }[]): string[] {
  return [...new Set(hits.map(({ feature }) => feature.name))];
}

function groupOf(cases: readonly Case[], impact: Impact): CauseGroup | undefined {
  const [first] = cases;
  if (!first) return undefined;
  const { owner, headline, member } = first;
  const { operation } = member;
  const members = cases.map((one) => one.member);
  const operations = members.map((one) => one.operation);
  const [oldest = member.since] = members
    .map(({ since }) => since)
    .sort((one, other) => (one.at < other.at ? -1 : 1));
  return {
    standing: standingOf(operation),
    state: stateOf(operation),
    label: labelOf(operation),
    cause: operation.cause,
    title: titleOf(operations, headline, owner),
    owner,
    cures: curesOf(operations, owner),
    evidence: evidenceIn(operations),
    members,
    since: oldest,
    fresh: members.filter(({ since }) => since.isNew).length,
    ...impact(operations),
    headline,
    accepted: operation.expected?.accepted,
  };
}

/** What the broken promise is, or what is written of the cause; where there is neither, what was found of one operation. */
function titleOf(operations: readonly Capability[], headline: Headline | undefined, owner: Owner): string {
  const [first] = operations;
  if (first === undefined) return owner.why;
  const state = stateOf(first);
  if (headline) return headline.message;
  if (state === 'let in' || isGood({ state })) return owner.why;
  if (operations.length === 1 || first.cause === undefined) return first.explanation;
  return CAUSES[first.cause];
}

/** So many answers, and so many other sentences, are enough to see what it is. */
const MOST_EVIDENCE = 2;
/** What is in the answer, or in the name of the cause. */
const SAID = ['answer', 'words-of', 'layer-reached'];

function evidenceIn(operations: readonly Capability[]): string[] {
  const [first] = operations;
  if (first === undefined || stateOf(first) === 'deviates') return [];
  const answers = [...new Set(operations.flatMap((operation) => answerOf(operation) ?? []))];
  const controls = first.evidence.filter((_, index) => {
    const code = first.codes?.evidence[index]?.code;
    return code !== undefined && !SAID.includes(code);
  });
  return [
    ...(answers.length === 0 ? [] : [`It answers ${firstOf(answers, MOST_EVIDENCE)}.`]),
    ...controls.slice(0, MOST_EVIDENCE),
  ];
}

/** The last answer to a request of the operation itself: `403, “Forbidden”`; undefined where there was none. */
function answerOf({ exchanges }: Capability): string | undefined {
  const exchange = exchanges.findLast(({ role }) => role === 'operation');
  if (exchange === undefined) return undefined;
  const { status, failure = 'unknown', message } = exchange;
  const head = status === null ? `nothing (${failure})` : String(status);
  return message === undefined ? head : `${head}, “${message}”`;
}

/** What is to be done, each way once: the one for most operations first. */
function curesOf(operations: readonly Capability[], owner: Owner): Remedy[] {
  const remedies = new Map<string, string[]>();
  for (const operation of operations) {
    const text = cureOf(operation, owner);
    if (text !== undefined) addToGroup(remedies, text, operation.id);
  }
  return [...remedies]
    .map(([text, ids]) => ({ text, operations: ids }))
    .sort((one, other) => other.operations.length - one.operations.length);
}

/** Where another spelling was found, that is what is to be done; and what was routed before is no spelling of ours. */
function cureOf(operation: Capability, { who, why }: Owner): string | undefined {
  const spelling = factsOfFix(operation, 'use-spelling');
  if (spelling !== undefined) return `Write ${spelling['method'] ?? ''} ${spelling['path'] ?? ''} instead.`;
  if (stateOf(operation) === 'deviates' && who === 'vendor')
    return 'Report it to the vendor with the promise that it breaks.';
  if (operation.outcome === 'unrouted' && who === 'vendor')
    return `Ask the vendor to restore this path, or to name the new one: ${why}.`;
  return operation.fix;
}
