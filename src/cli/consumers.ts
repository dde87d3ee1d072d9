import type { Loss, Need, Needs } from '../drift/effect.js';
import { readConsumers } from '../gate/consumer.js';

/** What the consumers of a spec folder need, by operation. */
export async function readNeeds(specDir: string): Promise<Needs> {
  const needs = new Map<string, Need[]>();
  for (const { name: consumer, features } of await readConsumers(specDir)) {
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
