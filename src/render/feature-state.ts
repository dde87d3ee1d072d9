import type { Capability, Run } from '../run/run.js';
import { isAsIntended as isIntended, isProvenToWork } from '../run/proof.js';
import { isNamed, type Feature, type FeatureNeed } from '../impact/features.js';

/**
 * What a run shows of a feature:
 *
 * - `works`: everything that it needs does
 * - `hampered`: something that it needs does not, and it can do without, or there is a workaround
 * - `not proven`: nothing is against it, but something that it needs was not really asked
 * - `fails`: something does not work without which it stops
 */
export type FeatureState = 'works' | 'hampered' | 'not proven' | 'fails';

/** From best to worst: a feature is no better than the worst of what it needs. */
const ORDER: readonly FeatureState[] = ['works', 'hampered', 'not proven', 'fails'];

export function stateOf(feature: Feature, run: Run): FeatureState {
  const states = feature.needs.map((need) => needState(need, run));
  // A feature that needs no operation is shown by something else than a run.
  return ORDER.findLast((state) => states.includes(state)) ?? 'not proven';
}

/** Whether a feature fails by nothing but defects of the vendor that are known, and that this run did not touch. */
export function knownDefectOf(feature: Feature, run: Run): { since: string; ticket: string } | undefined {
  const failing = feature.needs.filter((need) => needState(need, run) === 'fails');
  const seen = failing.some((need) => stateOfOperation(find(need.operation, run)) === 'fails');
  return seen ? undefined : failing.find(({ defect }) => defect)?.defect;
}

function needState({ operation, loss, instead, defect }: FeatureNeed, run: Run): FeatureState {
  const found = find(operation, run);
  const state = stateOfOperation(found);
  // That a route is guarded does not show that the crash behind it is over.
  const defective = defect !== undefined && found !== undefined && isAsIntended(found);
  if (state !== 'fails' && !defective) return state;
  if (loss === 'stops') return 'fails';
  const around = instead === undefined ? 'works' : stateOfOperation(find(instead, run));
  return around === 'works' ? 'hampered' : around;
}

function find(name: string, run: Run): Capability | undefined {
  return run.operations.find((operation) => isNamed(operation, name));
}

function stateOfOperation(operation: Capability | undefined): FeatureState {
  if (!operation || operation.outcome === 'skipped' || isAsIntended(operation)) return 'not proven';
  return operation.outcome === 'deviates' || isProvenToWork(operation) ? 'works' : 'fails';
}

/** Refused, as it was intended to be: it was asked with a token or a body that is wrong on purpose. */
export function isAsIntended(operation: Capability): boolean {
  return isIntended(operation) && !isProvenToWork(operation);
}
