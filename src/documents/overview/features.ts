import type { GateVerdict } from '../../gate/gate.js';
import type { Past } from '../../history/past.js';
import type { Need } from '../../impact/consumer.js';
import type { Feature } from '../../impact/features.js';
import {
  evidenceOf,
  FEATURE_STATES,
  featureState,
  knownDefectOf,
  lackingOf,
  type Evidence,
  type FeatureState,
} from '../../impact/state.js';
import { provokedBy, stateOf } from '../../record/proof.js';
import type { Capability, Run } from '../../record/run.js';
import { inWords, labelOf } from '../labels.js';
import { sinceOf, type Since } from './since.js';

/** What a run shows of one feature. */
export interface FeatureLine {
  feature: Feature;
  state: FeatureState;
  /** Whether it is what shuts the gate of its consumer: it is critical, and the policy does not let it pass. */
  blocks: boolean;
  /** One line: what keeps it from working, or by what it is shown to. */
  reason: string;
  /** The operations that it needs and that are not shown to work, the worst first. */
  lacking: string[];
  /** A known defect of the vendor, where nothing else makes it fail. */
  defect: Need['defect'];
  /** Since when it fails or is hampered; undefined where it is neither. */
  since: Since | undefined;
}

/** All features, the worst first; among those of one state the critical ones first, then in the order of the files. */
export function featureLines(
  run: Run,
  features: readonly Feature[],
  past: Past,
  gates: readonly Pick<GateVerdict, 'consumer' | 'judged' | 'features'>[],
): FeatureLine[] {
  const evidence = evidenceOf(run);
  const operations = new Map(run.operations.map((operation) => [operation.id, operation]));
  const lines = features.map((feature): FeatureLine => {
    const lacking = lackingOf(feature, evidence);
    const state = featureState(feature, evidence);
    const defect = knownDefectOf(feature, evidence);
    const worst = lacking.filter((one) => one.state === state && state !== 'not proven');
    const [since] = worst
      .flatMap(({ need }) => sinceOfNeed(need, run, past, evidence) ?? [])
      .sort((one, other) => (one.at < other.at ? -1 : 1));
    return {
      feature,
      state,
      blocks: gates.some(
        ({ consumer, judged, features: own }) =>
          judged &&
          consumer === feature.consumer &&
          own.some(({ name, critical, open }) => name === feature.name && critical && !open),
      ),
      reason: defect
        ? `known defect of the vendor since ${defect.since}: ${defect.what} (ticket “${defect.ticket}”)`
        : reasonOf(feature, lacking, operations),
      lacking: lacking.map(({ need }) => need.operation),
      defect,
      since,
    };
  });
  const rank = (state: FeatureState) => FEATURE_STATES.indexOf(state);
  return lines.sort(
    (one, other) =>
      rank(other.state) - rank(one.state) || Number(other.feature.critical) - Number(one.feature.critical),
  );
}

/** Since when a need fails: where there is a workaround that fails as well, since the later of the two. */
function sinceOfNeed(
  { operation, instead }: Need,
  run: Run,
  past: Past,
  evidence: Evidence,
): Since | undefined {
  return [operation, ...(instead === undefined ? [] : [instead])]
    .filter((id) => evidence(id) === 'fails')
    .map((id) => sinceOf(id, run, past))
    .sort((one, other) => (one.at < other.at ? 1 : -1))[0];
}

function reasonOf(
  { needs, bench }: Feature,
  lacking: readonly { need: Need; state: FeatureState }[],
  operations: ReadonlyMap<string, Capability>,
): string {
  const [worst] = lacking;
  if (worst === undefined || (bench === 'fails' && worst.state !== 'fails')) {
    if (bench === 'fails') return 'the bench missed its target';
    if (bench === 'not proven') return 'no bench shows that it is fast enough';
    return needs.length === 1 ? 'what it needs works' : `all ${needs.length} operations that it needs work`;
  }
  const others = lacking.filter(({ state }) => state === worst.state).length - 1;
  const more = others === 0 ? '' : `, and ${others} more`;
  const { operation, workaround, instead, loss, orphan } = worst.need;
  if (orphan) return `the contract has no “${operation}”${more}`;
  if (worst.state === 'fails' && loss === 'workaround' && instead !== undefined)
    return `neither ${operation} works nor its workaround ${instead}${more}`;
  const around =
    worst.state === 'hampered' ? (workaround === undefined ? '; it can do without' : `; ${workaround}`) : '';
  return `${operation}${shownOf(operations.get(operation))}${more}${around}`;
}

/** What a run shows of an operation that is not shown to work, as the end of a sentence. */
function shownOf(operation: Capability | undefined): string {
  if (operation === undefined) return ' is not in this run';
  const state = stateOf(operation);
  if (state === 'expected refusal') return ` was asked with ${provokedBy(operation) ?? ''} only`;
  if (state === 'let in') return ` took ${provokedBy(operation) ?? ''}`;
  if (state === 'skipped') return ' was not asked';
  if (state === 'works' || state === 'deviates') return ' is not proven whole';
  return `: ${inWords(labelOf(operation))}`;
}
