import { addToGroup } from '../../groups.js';
import type { Past, Streak } from '../../history/past.js';
import { countsText, countStates } from '../../impact/state.js';
import { stateOf } from '../../record/proof.js';
import type { Capability, Run } from '../../record/run.js';
import type { ReportInput } from '../formats/format.js';
import { headlinesOf, type Headline } from '../headlines.js';
import { countsOf, type Count } from '../labels.js';
import { readableTime } from '../../clock.js';
import { causesOf, type Background, type CauseGroup } from './causes.js';
import { featureLines, type FeatureLine } from './features.js';
import { sinceOf } from './since.js';
import { verdictFrom, type Gate, type Verdict } from './verdict.js';

/** What does what it was asked for, or was not asked, of one tag of the contract. */
export interface TagLine {
  tag: string;
  works: Capability[];
  /** Asked with a bad token or a forbidden body, and refused for it. */
  refused: Capability[];
  skipped: Capability[];
  /** How many of its operations are with a cause. */
  failing: number;
}

/** What a run does not prove for one reason. */
export interface UnprovenLine {
  why: string;
  /** Each with when it was last proven, as people read it; empty where that is not known. */
  operations: { operation: string; lastProven: string }[];
}

/** What a run says, as plain values: the page, Markdown, the step summary and the terminal say this, each in its way. */
export interface Overview {
  verdict: Verdict;
  causes: CauseGroup[];
  features: FeatureLine[];
  /** `4 of 21 features work, 2 fail`; empty where none are described. */
  featureCounts: string;
  tags: TagLine[];
  /** How many operations have each label. */
  counts: Count[];
  /** What works, and did not in the run before, by operation id. */
  recovered: string[];
  /** Promises that are not kept without an operation failing for it. */
  warnings: Headline[];
  unproven: UnprovenLine[];
}

/** What an overview is made of besides the run; all of it may be empty. */
export interface Surroundings extends Background {
  /** What the consumers that count on the target of the run may do on it. */
  gates: readonly Gate[];
}

/** Sums up what a run says, from what is decided elsewhere: states, owners, expectations, gates, history. */
export function overviewOf(run: Run, surroundings: Surroundings): Overview {
  const causes = causesOf(run, surroundings);
  const { past, gates } = surroundings;
  const features = featureLines(run, surroundings.features, past, gates);
  return {
    verdict: verdictFrom(run, causes, features, gates),
    causes,
    features,
    featureCounts: features.length === 0 ? '' : countsText(countStates(features.map(({ state }) => state))),
    tags: tagLines(run),
    counts: countsOf(run.operations),
    recovered: run.operations
      .filter((operation) => stateOf(operation) === 'works' && sinceOf(operation.id, run, past).isNew)
      .map(({ id }) => id),
    warnings: headlinesOf(run).filter(({ finding }) => finding.severity === 'warning'),
    unproven: unprovenLines(run, past),
  };
}

/** What a report knows besides one of its runs. */
export function surroundingsOf(
  { id }: Pick<Run, 'id'>,
  { features, contract, past, gates }: Pick<ReportInput, 'features' | 'contract' | 'past' | 'gates'>,
): Surroundings {
  return { features, contract, past: past.get(id) ?? new Map(), gates: gates.get(id) ?? [] };
}

function tagLines({ operations }: Run): TagLine[] {
  const tags = new Map<string, Capability[]>();
  for (const operation of operations) addToGroup(tags, operation.tag, operation);
  return [...tags].map(([tag, own]) => {
    const those = (state: string) => own.filter((operation) => stateOf(operation) === state);
    const [works, refused, skipped] = [those('works'), those('expected refusal'), those('skipped')];
    return {
      tag,
      works,
      refused,
      skipped,
      failing: own.length - works.length - refused.length - skipped.length,
    };
  });
}

/** The most frequent reason first. */
function unprovenLines({ unproven }: Run, past: Past): UnprovenLine[] {
  const reasons = new Map<string, UnprovenLine['operations']>();
  for (const { operation, why, lastProven } of unproven)
    addToGroup(reasons, why, { operation, lastProven: lastProven ?? workedAt(past.get(operation)) });
  return [...reasons]
    .map(([why, operations]) => ({ why, operations }))
    .sort((one, other) => other.operations.length - one.operations.length);
}

/** When an operation was last seen to work, as far as the runs go back; empty when it never was. */
function workedAt(streak: Streak | undefined): string {
  return streak?.workedAt === undefined ? '' : readableTime(streak.workedAt);
}
