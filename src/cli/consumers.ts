import type { Need, Needs } from '../drift/effect.js';
import { readConsumers } from '../gate/consumer.js';

/** What the consumers of a spec folder need, by operation. */
export async function readNeeds(specDir: string): Promise<Needs> {
  const needs = new Map<string, Need[]>();
  for (const { name: consumer, features } of await readConsumers(specDir)) {
    for (const { name: feature, operations = [] } of features) {
      for (const { operation, loss } of operations) {
        const known = needs.get(operation) ?? [];
        needs.set(operation, [...known, { consumer, feature, loss }]);
      }
    }
  }
  return needs;
}
