import type { Consumer } from './consumer.js';
import { featuresIn, type Feature } from './features.js';

/** What a feature loses with an operation; `reserve`: its workaround for another. The worst come first. */
export const LOSSES = ['stops', 'degrades', 'reserve', 'workaround'] as const;
export type Loss = (typeof LOSSES)[number];

/** That one feature needs one operation, and what it loses while that does not work. */
export interface Hit {
  feature: Feature;
  loss: Loss;
  /** The operation of the workaround, where there is one. */
  instead?: string;
  /** The operations for which it is the workaround, where it is a reserve. */
  insteadOf?: readonly string[];
}

/** By operation id. */
export type Needs = ReadonlyMap<string, readonly Hit[]>;

/** What consumers need, by operation. */
export function needsOf(consumers: readonly Consumer[]): Needs {
  return needsIn(featuresIn(consumers));
}

/** What features need, by operation: each feature once. */
export function needsIn(features: readonly Feature[]): Needs {
  const needs = new Map<string, Hit[]>();
  const add = (operation: string, hit: Hit): void => {
    const known = needs.get(operation) ?? [];
    if (!known.some(({ feature }) => feature === hit.feature)) needs.set(operation, [...known, hit]);
  };
  for (const feature of features) {
    // What the contract does not have is nobody's failing.
    for (const { operation, loss, instead } of feature.needs.filter(({ orphan }) => !orphan))
      add(operation, { feature, loss, ...(instead === undefined ? {} : { instead }) });
    for (const instead of new Set(feature.needs.flatMap((need) => need.instead ?? []))) {
      const insteadOf = feature.needs
        .filter((need) => need.instead === instead)
        .map((need) => need.operation);
      add(instead, { feature, loss: 'reserve', insteadOf });
    }
  }
  return needs;
}

/**
 * Who is affected when an operation does not work, and how.
 * @param isDown whether an operation is known not to work: a workaround that does not work either is none, and a reserve is
 *   needed where that does not work for which it is in
 */
export function hitsOf(operation: string, needs: Needs, isDown: (operation: string) => boolean): Hit[] {
  return (needs.get(operation) ?? []).map((hit) =>
    counterpartsOf(hit).some(isDown) ? { ...hit, loss: 'stops' } : hit,
  );
}

/** The operations one of which has to work while this one does not. */
function counterpartsOf({ loss, instead, insteadOf = [] }: Hit): readonly string[] {
  if (loss === 'workaround') return instead === undefined ? [] : [instead];
  return loss === 'reserve' ? insteadOf : [];
}
