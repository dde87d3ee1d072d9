import type { GateVerdict } from '../../gate/gate.js';
import type { Owner } from '../../impact/owner.js';
import type { Run } from '../../record/run.js';
import { isSurprise, verdictOf, type RunVerdict } from '../../record/success.js';
import { readableTime } from '../../clock.js';
import { countInWords, type Label } from '../labels.js';
import { isGood, type CauseGroup } from './causes.js';
import type { FeatureLine } from './features.js';
import { sinceText } from './since.js';

/** What a gate is judged by and says, as far as a verdict needs it. */
export type Gate = Pick<
  GateVerdict,
  'consumer' | 'name' | 'open' | 'judged' | 'why' | 'features' | 'readiness'
>;

/**
 * The answer of a run in a word: may be deployed, or not, where a consumer has a policy that counts on its target; else
 * whether everything is as expected.
 */
export const WORDS = ['May deploy', 'Do not deploy', 'As expected', 'Not as expected', 'No verdict'] as const;
export type Word = (typeof WORDS)[number];

/** What somebody has to do about the operations of one cause. */
export interface Task {
  label: Label;
  operations: string[];
  todo: string;
}

/** Who has to act, on which operations, and what is to be done about each cause. */
export interface Actor {
  who: Owner['who'];
  /** The operations of unexpected causes, or of all where none is unexpected. */
  operations: string[];
  /** The first of them, by cause; at least one. */
  tasks: Task[];
}

/** What a run says, in what fits a phone. */
export interface Verdict {
  word: Word;
  /** `good`: nothing to do; `warn`: it may be deployed, and something is not as it should be; `bad`; `none`: nothing is known. */
  tone: 'good' | 'warn' | 'bad' | 'none';
  /** One sentence: why. */
  sentence: string;
  /** Whether the run is as expected, and how many operations are not: the exit code goes by it. */
  run: RunVerdict;
  surprises: number;
  /** What is broken, in a few words. */
  broken: string;
  /** What that is in words, each with how many operations it hits; empty where nothing is broken. */
  causes: string;
  actors: Actor[];
  /** Since when the oldest of what is broken is so, or how much of it is new; empty where nothing is broken. */
  since: string;
  /** Since which run that is new, and since when the oldest is so; empty where nothing is new. */
  newSince: string;
  /** How many operations the run does not prove, of how many. */
  unproven: string;
}

/** The verdict on a run, from its causes, features and the gates that were judged by it. */
export function verdictFrom(
  run: Run,
  causes: readonly CauseGroup[],
  features: readonly FeatureLine[],
  gates: readonly Gate[],
): Verdict {
  const ofRun = verdictOf(run);
  const unexpected = causes.filter(({ standing }) => standing === 'unexpected');
  const surprises = run.operations.filter(isSurprise).length;
  const word = wordOf(ofRun, gates);
  // While something is unexpected, nobody is sent after what is known.
  const toDo = unexpected.length > 0 ? unexpected : causes;
  const broken = toDo.filter((cause) => !isGood(cause));
  return {
    word,
    tone: toneOf(word, ofRun, features),
    sentence: `${sentenceOf({ run, ofRun, surprises, causes, gates })}${run.complete ? '' : ' The run was stopped early.'}`,
    run: ofRun,
    surprises,
    broken: brokenText(broken, features),
    causes: causesText(broken),
    actors: actorsOf(toDo),
    ...sinceWhen(broken),
    unproven: `${run.unproven.length} of ${run.operations.length} operations`,
  };
}

/** Whether a run is as expected, in one sentence. */
export function verdictText(verdict: RunVerdict, surprises: number): string {
  if (verdict === 'as expected') return 'Everything that was judged is as expected.';
  if (verdict === 'nothing proven') return 'Nothing could be judged.';
  return `${surprises} ${surprises === 1 ? 'operation is' : 'operations are'} not as expected.`;
}

function wordOf(ofRun: RunVerdict, gates: readonly Gate[]): Word {
  if (gates.some(({ judged, open }) => judged && !open)) return 'Do not deploy';
  if (ofRun === 'nothing proven') return 'No verdict';
  const undecided = gates.some(({ judged }) => !judged);
  if (gates.length > 0 && !undecided) return 'May deploy';
  if (ofRun === 'not as expected') return 'Not as expected';
  return undecided ? 'No verdict' : 'As expected';
}

function toneOf(word: Word, ofRun: RunVerdict, features: readonly FeatureLine[]): Verdict['tone'] {
  if (word === 'No verdict') return 'none';
  if (word === 'Do not deploy' || word === 'Not as expected') return 'bad';
  return ofRun === 'not as expected' || features.some(({ state }) => state === 'fails') ? 'warn' : 'good';
}

function sentenceOf({
  run,
  ofRun,
  surprises,
  causes,
  gates,
}: {
  run: Run;
  ofRun: RunVerdict;
  surprises: number;
  causes: readonly CauseGroup[];
  gates: readonly Gate[];
}): string {
  const judged = gates.filter((gate) => gate.judged);
  const shut = judged.filter(({ open }) => !open);
  if (shut.length > 0) return shut.map(shutText).join(' ');
  if (ofRun === 'nothing proven') {
    const [main] = causes;
    const why = main?.title ?? run.operations[0]?.explanation ?? 'There was nothing to ask.';
    return `${verdictText(ofRun, surprises)} ${why}`;
  }
  const expected = verdictText(ofRun, surprises);
  const open = gates.filter((gate) => !gate.judged).map(({ name, why }) => `${name}: ${why}.`);
  return [...open, ...judged.map(openText), expected].join(' ');
}

function shutText({ name, features, readiness, why }: Gate): string {
  const critical = features.filter((feature) => feature.critical && !feature.open);
  const failing = critical.filter(({ state }) => state === 'fails').map((one) => one.name);
  const other = critical.filter(({ state }) => state !== 'fails').map((one) => one.name);
  const scenarios = readiness.scenarios.filter((one) => one.critical && !one.passes).map((one) => one.name);
  const parts = [
    ...(failing.length === 0
      ? []
      : [`${counted(failing.length, 'critical feature stops', 'critical features stop')}: ${some(failing)}`]),
    ...(other.length === 0 ? [] : [`${some(other)} ${other.length === 1 ? 'is' : 'are'} not proven`]),
    ...(critical.length > 0 || scenarios.length === 0
      ? []
      : [`${some(scenarios)} ${scenarios.length === 1 ? 'is' : 'are'} not met`]),
  ];
  return `${name} must wait: ${parts.length === 0 ? why : parts.join('; ')}.`;
}

function openText({ name, features }: Gate): string {
  const shut = features.filter(({ open }) => !open).map((one) => one.name);
  const but = shut.length === 0 ? '' : `, without ${some(shut)}`;
  return `${name} may be deployed${but}.`;
}

function brokenText(broken: readonly CauseGroup[], features: readonly FeatureLine[]): string {
  const failing = features.filter(({ state }) => state === 'fails').length;
  const operations = membersOf(broken);
  const parts = [
    ...(failing === 0 ? [] : [counted(failing, 'feature', 'features')]),
    ...(operations === 0 ? [] : [counted(operations, 'operation', 'operations')]),
    ...(operations < 2 ? [] : [counted(broken.length, 'cause', 'causes')]),
  ];
  return parts.length === 0 ? 'Nothing that was asked' : parts.join(', ');
}

/** So many kinds of what is broken, and so many tasks of one actor, are named in a verdict. */
const MOST_NAMED = 3;

/** `15 server errors, 2 unknown paths` */
function causesText(broken: readonly CauseGroup[]): string {
  const counts = new Map<Label, number>();
  for (const { label, members } of broken) counts.set(label, (counts.get(label) ?? 0) + members.length);
  const kinds = [...counts].sort(([, one], [, other]) => other - one);
  const most = kinds.length === MOST_NAMED + 1 ? kinds.length : MOST_NAMED;
  const named = kinds.slice(0, most).map(([label, count]) => countInWords(label, count));
  const rest = kinds.slice(most).reduce((sum, [, count]) => sum + count, 0);
  return `${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function actorsOf(causes: readonly CauseGroup[]): Actor[] {
  return (['vendor', 'us'] as const).flatMap((who): Actor[] => {
    const own = causes.filter(({ owner }) => owner.who === who);
    if (own.length === 0) return [];
    const tasks = tasksOf(own);
    return [
      { who, operations: tasks.flatMap(({ operations }) => operations), tasks: tasks.slice(0, MOST_NAMED) },
    ];
  });
}

/** What is to be done about causes; the same about operations that show the same is one task. */
function tasksOf(causes: readonly CauseGroup[]): Task[] {
  const tasks = new Map<string, Task>();
  for (const { label, members, cures, owner } of causes) {
    for (const { operation } of members) {
      const cure = cures.find(({ operations }) => operations.includes(operation.id));
      const todo = cure?.text ?? owner.why;
      const task = tasks.get(`${label} ${todo}`);
      if (task) task.operations.push(operation.id);
      else tasks.set(`${label} ${todo}`, { label, operations: [operation.id], todo });
    }
  }
  return [...tasks.values()];
}

function sinceWhen(broken: readonly CauseGroup[]): Pick<Verdict, 'since' | 'newSince'> {
  const [oldest] = broken.map(({ since }) => since).sort((one, other) => (one.at < other.at ? -1 : 1));
  if (oldest === undefined) return { since: '', newSince: '' };
  const fresh = broken.flatMap(({ members }) => members.filter((member) => member.since.isNew));
  const [newest] = fresh
    .flatMap(({ since: { before } }) => before?.until ?? [])
    .sort()
    .reverse();
  if (newest === undefined) return { since: sinceText(oldest), newSince: '' };
  const newSince = `since the run of ${readableTime(newest)}`;
  const all = membersOf(broken);
  return fresh.length === all
    ? { since: 'All new', newSince }
    : {
        since: `${fresh.length} of ${all} new`,
        newSince: `${newSince}; the oldest since ${sinceText(oldest)}`,
      };
}

function membersOf(causes: readonly CauseGroup[]): number {
  return causes.reduce((sum, { members }) => sum + members.length, 0);
}

/** A few names, and how many more there are. */
function some(names: readonly string[]): string {
  const quoted = names.map((name) => `“${name}”`);
  if (quoted.length <= 3) return quoted.join(', ');
  return `${quoted.slice(0, 2).join(', ')} and ${quoted.length - 2} more`;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
