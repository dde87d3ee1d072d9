import { proofOf, stateOf, type Judged } from '../record/proof.js';
import type { Run } from '../record/run.js';
import { provedAnything } from '../record/success.js';
import type { Need } from './consumer.js';
import type { Feature } from './features.js';

/**
 * What evidence shows of a feature:
 *
 * - `works`: everything that it needs was done for real, and worked
 * - `hampered`: something that it needs does not work, and it can do without, or there is a workaround that works
 * - `not proven`: nothing is against it, but something that it needs was not done for real
 * - `fails`: something does not work without which it stops
 */
export const FEATURE_STATES = ['works', 'hampered', 'not proven', 'fails'] as const;
export type FeatureState = (typeof FEATURE_STATES)[number];

/** What evidence shows of one operation that a feature needs. */
export type Shown = 'works' | 'not proven' | 'fails';

/** What is known of operations, by method and path template. */
export type Evidence = (operation: string) => Shown;

/** What one answer shows to a feature. That a bad token was refused, or that there is a route, proves nothing to it. */
export function shownBy(judged: Judged): Shown {
  const state = stateOf(judged);
  if (state === 'fails') return 'fails';
  return state === 'deviates' || proofOf(judged) === 'works' ? 'works' : 'not proven';
}

/** What one run shows. A run that proved nothing shows nothing of any operation. */
export function evidenceOf(run: Run): Evidence {
  const proved = provedAnything(run);
  const shown = new Map(run.operations.map((operation) => [operation.id, shownBy(operation)]));
  return (operation) => (proved ? (shown.get(operation) ?? 'not proven') : 'not proven');
}

/** The state of a feature: it is no better than the worst of what it needs. */
export function featureState(feature: Pick<Feature, 'needs' | 'bench'>, evidence: Evidence): FeatureState {
  const states = [
    ...feature.needs.map((need) => needState(need, evidence)),
    ...(feature.bench === undefined ? [] : [feature.bench]),
  ];
  return FEATURE_STATES.findLast((state) => states.includes(state)) ?? 'not proven';
}

/** Whether a feature fails by nothing but defects of the vendor that are known, and that nobody has touched. */
export function knownDefectOf(feature: Pick<Feature, 'needs'>, evidence: Evidence): Need['defect'] {
  const failing = feature.needs.filter((need) => needState(need, evidence) === 'fails');
  const isSeen = failing.some(({ operation }) => evidence(operation) === 'fails');
  return isSeen ? undefined : failing.find(({ defect }) => defect)?.defect;
}

/** What a feature needs that is not shown to work, with the state that it has for that; the worst first. */
export function lackingOf(
  feature: Pick<Feature, 'needs'>,
  evidence: Evidence,
): { need: Need; state: FeatureState }[] {
  return feature.needs
    .map((need) => ({ need, state: needState(need, evidence) }))
    .filter(({ state }) => state !== 'works')
    .sort((one, other) => FEATURE_STATES.indexOf(other.state) - FEATURE_STATES.indexOf(one.state));
}

function needState({ operation, loss, instead, defect, orphan }: Need, evidence: Evidence): FeatureState {
  if (orphan) return 'not proven';
  const shown = evidence(operation);
  // An open defect is over when it was done for real; nothing less shows it.
  const fails = shown === 'fails' || (defect !== undefined && shown !== 'works');
  if (!fails) return shown;
  if (loss === 'stops') return 'fails';
  const around = loss === 'degrades' || instead === undefined ? 'works' : evidence(instead);
  return around === 'works' ? 'hampered' : around;
}

/** How many features are in each state. */
export type FeatureCounts = Record<FeatureState, number>;

export function countStates(states: readonly FeatureState[]): FeatureCounts {
  const count = (wanted: FeatureState) => states.filter((state) => state === wanted).length;
  return {
    works: count('works'),
    hampered: count('hampered'),
    'not proven': count('not proven'),
    fails: count('fails'),
  };
}

/** `4 of 21 features work, 15 not proven, 2 fail`: the same figures wherever features are counted. */
export function countsText(counts: FeatureCounts): string {
  const of = FEATURE_STATES.reduce((sum, state) => sum + counts[state], 0);
  return [
    `${counts.works} of ${of} features work`,
    ...(counts.hampered > 0 ? [`${counts.hampered} hampered`] : []),
    ...(counts['not proven'] > 0 ? [`${counts['not proven']} not proven`] : []),
    ...(counts.fails > 0 ? [`${counts.fails} ${counts.fails === 1 ? 'fails' : 'fail'}`] : []),
  ].join(', ');
}
