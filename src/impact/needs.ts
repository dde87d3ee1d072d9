import type { Consumer } from './consumer.js';

/** What a consumer loses with an operation; `reserve`: its workaround for another. */
export type Loss = 'stops' | 'degrades' | 'workaround' | 'reserve';

/** That one feature of a consumer needs one operation. */
export interface Need {
  consumer: string;
  feature: string;
  loss: Loss;
}

/** By operation id. */
export type Needs = ReadonlyMap<string, readonly Need[]>;

/** What consumers need, by operation. */
export function needsOf(consumers: readonly Consumer[]): Needs {
  const needs = new Map<string, Need[]>();
  for (const { name: consumer, features } of consumers) {
    for (const { name: feature, operations = [] } of features) {
      const add = (operation: string, loss: Loss): void => {
        const known = needs.get(operation) ?? [];
        if (known.some((one) => one.consumer === consumer && one.feature === feature)) return;
        needs.set(operation, [...known, { consumer, feature, loss }]);
      };
      for (const { operation, loss } of operations) add(operation, loss);
      for (const { instead } of operations) if (instead !== undefined) add(instead, 'reserve');
    }
  }
  return needs;
}
