import { setImmediate } from 'node:timers/promises';
import type { Operation } from '../contract/operation.js';
import type { Validator } from '../contract/schema/validator.js';
import type { Step } from './plan.js';

/** So many operations are prepared at once: what is compiled for ten thousand takes 80 MB. */
const WINDOW = 500;

/**
 * Windows that are prepared one after the other.
 * @param steps in the order in which they can be asked
 */
export function windowsOf(steps: readonly Step[]): Step[][] {
  const windows: Step[][] = [];
  for (let start = 0; start < steps.length; start += WINDOW) windows.push(steps.slice(start, start + WINDOW));
  return windows;
}

/**
 * Compiles what successes are checked against before anything is asked, and lets go of what was compiled for others: while the
 * process compiles, answers wait in the socket, and the time would be counted as the host's.
 */
export async function prepareFor(
  steps: readonly Step[],
  validator: Validator,
  signal: AbortSignal,
): Promise<void> {
  const schemas = new Set(steps.flatMap(({ operation }) => schemasOf(operation)));
  validator.keepOnly(schemas);
  for (const schema of schemas) {
    // The schemas of a large contract take seconds: a signal is to be heard in between.
    await setImmediate();
    if (signal.aborted) return;
    validator.prepare(schema);
  }
}

function schemasOf({ responses }: Operation): string[] {
  return Object.entries(responses)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([, { content }]) => Object.values(content))
    .flatMap(({ schemaPointer }) => schemaPointer ?? []);
}
