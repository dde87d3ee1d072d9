import { setImmediate } from 'node:timers/promises';
import type { Validator } from '../contract/schema/validator.js';
import type { Plan } from './plan.js';

/**
 * Compiles what successes are checked against before anything is asked: while the process compiles, answers wait in
 * the socket, and the time would be counted as the host's.
 */
export async function prepareFor({ steps }: Plan, validator: Validator, signal: AbortSignal): Promise<void> {
  for (const { operation, manner } of steps) {
    if (manner === 'not') continue;
    // The schemas of a large contract take seconds: a signal is to be heard in between.
    await setImmediate();
    if (signal.aborted) return;
    for (const [status, { content }] of Object.entries(operation.responses)) {
      if (!status.startsWith('2')) continue;
      for (const { schemaPointer } of Object.values(content)) {
        if (schemaPointer !== undefined) validator.prepare(schemaPointer);
      }
    }
  }
}
