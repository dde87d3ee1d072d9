import { factsOfFix } from '../run/codes.js';
import type { Capability, Run } from '../run/run.js';
import type { ContractFacts } from './contract-facts.js';
import type { Feature } from '../impact/features.js';
import { isProblem, needsAction, type Action, type Owner } from '../impact/owner.js';
import {
  countsText,
  countStates,
  evidenceOf,
  featureState,
  knownDefectOf,
  type FeatureState,
} from '../impact/state.js';
import { stateOf } from '../run/proof.js';
import type { Past } from '../history/past.js';
import { readableTime } from './time.js';

/** One line for the owner: what it is about, and what there is to say. */
export interface OwnerLine {
  about: string;
  text: string;
}

/** What the lines are made of besides the run; all of it may be empty. */
export interface Surroundings {
  features: readonly Feature[];
  past: Past;
  contract: ContractFacts | undefined;
}

/**
 * What a run means, in five lines that somebody who has never seen an API can read on a phone: what works, what
 * does not, who has to act, since when, and what is not proven.
 */
export function summarise(run: Run, surroundings: Surroundings): OwnerLine[] {
  const asked = run.operations.filter(({ outcome }) => outcome !== 'skipped');
  if (asked.length === 0) {
    const why = run.operations[0]?.explanation ?? 'There was nothing to ask.';
    return [{ about: 'Nothing was asked', text: why }];
  }
  const actions = needsAction(run, (id) => ({
    routedAt: surroundings.past.get(id)?.routedAt,
    standing: surroundings.contract?.operations.get(id)?.standing,
  }));
  const failing = actions.filter(isProblem).map(({ operation }) => operation);
  return [
    { about: 'Works today', text: whatWorks(run, surroundings.features) },
    { about: 'Does not', text: whatDoesNot(run, failing, surroundings.features) },
    { about: 'Who has to act', text: whoActs(run, actions, surroundings.features) },
    { about: 'Since when', text: sinceWhen(run, failing, surroundings) },
    { about: 'Not proven', text: whatIsUnproven(run, surroundings.features) },
  ];
}

function whatWorks(run: Run, features: readonly Feature[]): string {
  const works = run.operations.filter((operation) => stateOf(operation) === 'works').length;
  const all = run.operations.length;
  const whole = namesIn('works', features, run);
  const hampered = namesIn('hampered', features, run);
  const evidence = evidenceOf(run);
  const counts = countStates(features.map((feature) => featureState(feature, evidence)));
  return [
    whole.length === 0 ? '' : `${whole.join(', ')}.`,
    hampered.length === 0 ? '' : `With something missing, or by a workaround: ${hampered.join(', ')}.`,
    features.length === 0 ? '' : `${countsText(counts)}.`,
    works === all ? `All ${all} operations.` : `${works} of ${all} operations.`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function whatDoesNot(run: Run, problems: readonly Capability[], features: readonly Feature[]): string {
  const evidence = evidenceOf(run);
  const stopped = features
    .filter((feature) => featureState(feature, evidence) === 'fails')
    .map((feature) => {
      const defect = knownDefectOf(feature, evidence);
      return defect ? `${feature.name} (a known defect of the vendor since ${defect.since})` : feature.name;
    });
  const deviating = problems.filter((operation) => stateOf(operation) === 'deviates');
  const failing = problems.filter((operation) => stateOf(operation) !== 'deviates');
  const fail = [
    failing.length === 0
      ? 'Nothing that was asked fails'
      : `${failing.length} ${failing.length === 1 ? 'operation fails' : 'operations fail'}: ${listed(failing)}`,
    ...(deviating.length === 0
      ? []
      : [
          `${deviating.length} ${deviating.length === 1 ? 'works and breaks' : 'work and break'} the contract: ${listed(deviating)}`,
        ]),
  ].join('. ');
  if (stopped.length > 0) return `${stopped.join(', ')}. ${fail}.`;
  const all = features.length > 0 && namesIn('not proven', features, run).length === 0;
  return all && problems.length > 0 ? `No feature stops. ${fail}.` : `${fail}.`;
}

/** Those without which nothing is deployed come first. */
function namesIn(state: FeatureState, features: readonly Feature[], run: Run): string[] {
  const evidence = evidenceOf(run);
  return features
    .filter((feature) => featureState(feature, evidence) === state)
    .sort((one, other) => Number(other.critical) - Number(one.critical))
    .map(({ name }) => name);
}

function whoActs(run: Run, actions: readonly Action[], features: readonly Feature[]): string {
  const of = (who: Owner['who']) => actions.filter(({ owner }) => owner.who === who);
  const theirs = of('vendor').map(({ operation }) => operation.id);
  const evidence = evidenceOf(run);
  const defects = features.flatMap((feature) => {
    const defect = knownDefectOf(feature, evidence);
    return defect ? [`${feature.name} (ticket “${defect.ticket}”)`] : [];
  });
  const ours = of('us').map(({ operation, owner }) => ({ id: operation.id, todo: todoOf(operation, owner) }));
  const todos = [...new Set(ours.map(({ todo }) => todo))];
  const parts = [
    ...(theirs.length + defects.length === 0 ? [] : [`The vendor: ${some([...theirs, ...defects])}.`]),
    ...todos.slice(0, MOST_TODOS).map((todo) => {
      const names = ours.filter((one) => one.todo === todo).map(({ id }) => id);
      return `We: ${some(names)}: ${todo}.`;
    }),
    ...(todos.length > MOST_TODOS ? [`And ${todos.length - MOST_TODOS} more for us; see below.`] : []),
    ...(actions.length > 0 && isTokenGood(run) ? ['The credentials are good.'] : []),
  ];
  return parts.length === 0 ? 'Nobody.' : parts.join(' ');
}

const MOST_TODOS = 3;

/** Where another spelling was found, that is what is to be done; else why it is ours. */
function todoOf(operation: Capability, { why }: Owner): string {
  const spelling = factsOfFix(operation, 'use-spelling');
  return spelling === undefined ? why : `write ${spelling['method'] ?? ''} ${spelling['path'] ?? ''} instead`;
}

/** Something has worked with the token, or the verdicts have ruled the token out. */
function isTokenGood({ operations }: Run): boolean {
  return operations.some(
    ({ manner, outcome, layer, ruledOut, exchanges }) =>
      ruledOut.some(({ cause }) => cause === 'token-invalid') ||
      (manner === 'plain' &&
        layer === undefined &&
        outcome === 'works' &&
        exchanges.some(({ requestHeaders }) => requestHeaders.includes('authorization'))),
  );
}

function sinceWhen(run: Run, failing: readonly Capability[], { past, features }: Surroundings): string {
  if (failing.length === 0) {
    const changes = [...past.values()].map(({ since }) => since).sort();
    const last = changes.at(-1);
    return last === undefined || last === run.startedAt
      ? `Seen so at ${readableTime(run.startedAt)}; earlier runs are not known, or showed something else.`
      : `Nothing has changed since ${readableTime(last)}.`;
  }
  const evidence = evidenceOf(run);
  const stopped = features
    .filter((feature) => featureState(feature, evidence) === 'fails')
    .map(({ name, needs }) => ({
      name,
      causes: failing.filter(({ id }) => needs.some(({ operation }) => operation === id)),
    }))
    .filter(({ causes }) => causes.length > 0);
  const subjects =
    stopped.length > 0 ? stopped : failing.slice(0, 3).map((one) => ({ name: one.id, causes: [one] }));
  const times = new Map<string, string[]>();
  for (const { name, causes } of subjects) {
    const since = oldest(causes, run, past);
    times.set(since, [...(times.get(since) ?? []), name]);
  }
  return [...times].map(([since, names]) => `${names.join(', ')}: ${since}.`).join(' ');
}

/** Since when the first of these operations fails, and whether it is known to have done otherwise before. */
function oldest(operations: readonly Capability[], run: Run, past: Past): string {
  const streaks = operations
    .flatMap(({ id }) => past.get(id) ?? [])
    .sort((one, other) => (one.since < other.since ? -1 : 1));
  const [first] = streaks;
  if (!first) return readableTime(run.startedAt);
  const runs = `${first.runs} ${first.runs === 1 ? 'run' : 'runs'}`;
  return first.before === undefined
    ? `${readableTime(first.since)} or earlier, ${runs}`
    : `${readableTime(first.since)}, ${runs} (before that: ${first.before.outcome})`;
}

function whatIsUnproven(run: Run, features: readonly Feature[]): string {
  const { length } = run.unproven;
  if (!run.complete) return `The run was stopped early. ${length} operations are not proven; see the end.`;
  const open = namesIn('not proven', features, run);
  const left = open.length === 0 ? '' : `${some(open)}: not everything needed was done for real.`;
  if (length === 0) return left === '' ? 'Nothing was left out.' : left;
  const count = `${length} of ${run.operations.length} operations: this run does not prove what a real request would do; see the end.`;
  return left === '' ? count : `${left} ${count}`;
}

function listed(operations: readonly Capability[]): string {
  return some(operations.map(({ id }) => id));
}

/** A few names, and how many more there are. */
function some(names: readonly string[]): string {
  if (names.length <= 3) return names.join(', ');
  return `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}
