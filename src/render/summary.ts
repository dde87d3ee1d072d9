import type { Capability, Run } from '../run/run.js';
import type { ContractFacts } from './contract-facts.js';
import { stateOf, type FeatureState } from './feature-state.js';
import type { Feature } from './features.js';
import type { Past } from '../history/past.js';
import { readableTime } from './time.js';
import { whoseTurn, type Turn } from './whose-turn.js';

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
  const turns = asked.flatMap((operation) => {
    const turn = whoseTurn(operation, {
      routedAt: surroundings.past.get(operation.id)?.routedAt,
      standing: surroundings.contract?.operations.get(operation.id)?.standing,
    });
    return turn ? [{ operation, turn }] : [];
  });
  const failing = turns.map(({ operation }) => operation);
  return [
    { about: 'Works today', text: whatWorks(run, asked, surroundings.features) },
    { about: 'Does not', text: whatDoesNot(run, failing, surroundings.features) },
    { about: 'Who has to act', text: whoActs(turns) },
    { about: 'Since when', text: sinceWhen(run, failing, surroundings) },
    { about: 'Not proven', text: whatIsUnproven(run, surroundings.features) },
  ];
}

function whatWorks(run: Run, asked: readonly Capability[], features: readonly Feature[]): string {
  const works = asked.filter(({ outcome }) => outcome === 'works').length;
  const count =
    works === asked.length
      ? `All ${asked.length} operations that were asked.`
      : `${works} of ${asked.length} operations that were asked.`;
  const whole = namesIn('works', features, run);
  const hampered = namesIn('hampered', features, run);
  return [
    whole.length === 0 ? '' : `${whole.join(', ')}.`,
    hampered.length === 0 ? '' : `With something missing, or by a way around: ${hampered.join(', ')}.`,
    count,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function whatDoesNot(run: Run, failing: readonly Capability[], features: readonly Feature[]): string {
  const stopped = namesIn('fails', features, run);
  if (failing.length === 0) {
    const fails = 'Nothing that was asked fails.';
    return stopped.length === 0 ? fails : `${stopped.join(', ')}, by a known defect. ${fails}`;
  }
  if (features.length === 0) return `${listed(failing)}.`;
  const fail = `${failing.length} ${failing.length === 1 ? 'operation fails' : 'operations fail'}: ${listed(failing)}`;
  if (stopped.length > 0) return `${stopped.join(', ')}. ${fail}.`;
  return namesIn('not proven', features, run).length > 0 ? `${fail}.` : `No feature stops. ${fail}.`;
}

function namesIn(state: FeatureState, features: readonly Feature[], run: Run): string[] {
  return features.filter((feature) => stateOf(feature, run) === state).map(({ name }) => name);
}

function whoActs(turns: readonly { operation: Capability; turn: Turn }[]): string {
  const of = (who: Turn['who']) => turns.filter(({ turn }) => turn.who === who);
  const theirs = of('vendor').map(({ operation }) => operation);
  const ours = of('us');
  const reasons = new Set(ours.map(({ turn }) => turn.why));
  const parts = [
    theirs.length === 0 ? '' : `The vendor: ${listed(theirs)}.`,
    ours.length === 0
      ? ''
      : `We: ${listed(ours.map(({ operation }) => operation))}${reasons.size === 1 ? ` (${[...reasons].join('')})` : ''}.`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'Nobody.' : parts.join(' ');
}

function sinceWhen(run: Run, failing: readonly Capability[], { past, features }: Surroundings): string {
  if (failing.length === 0) {
    const changes = [...past.values()].map(({ since }) => since).sort();
    const last = changes.at(-1);
    return last === undefined || last === run.startedAt
      ? `Seen so at ${readableTime(run.startedAt)}; earlier runs are not known, or showed something else.`
      : `Nothing has changed since ${readableTime(last)}.`;
  }
  const stopped = features
    .filter((feature) => stateOf(feature, run) === 'fails')
    .map(({ name, operations }) => ({
      name,
      causes: failing.filter(
        ({ id, operationId }) => operations.includes(id) || operations.includes(operationId),
      ),
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
  if (length === 0) return 'Nothing was left out.';
  const open = namesIn('not proven', features, run);
  const count = `${length} of ${run.operations.length} operations: this run does not prove what a real request would do; see the end.`;
  return open.length === 0
    ? count
    : `${some(open)}: nothing is against it, but not all of it was done. ${count}`;
}

function listed(operations: readonly Capability[]): string {
  return some(operations.map(({ id }) => id));
}

/** A few names, and how many more there are. */
function some(names: readonly string[]): string {
  if (names.length <= 3) return names.join(', ');
  return `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}
