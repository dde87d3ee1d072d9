import { PAUSE_MS } from '../checks/checked.js';
import { failedForNow } from '../session/patience.js';
import type { Asking, Observation } from './observation.js';

/**
 * What came of a request that the session must not repeat by itself. A failure of the moment says nothing of the operation:
 * after a pause it is asked once more, in a way that does no harm, and the second answer counts.
 * @param again asks it once more; what it gives counts where it was asked
 */
export async function secondTry(
  first: Observation,
  again: () => Promise<Observation>,
  { clock, signal }: Pick<Asking, 'clock' | 'signal'>,
): Promise<Observation> {
  if (!first.asked || !failedForNow(first.reply) || signal.aborted) return first;
  await clock.sleep(PAUSE_MS, signal).catch(() => undefined);
  const second = await again();
  if (!second.asked) return first;
  second.before.unshift(...first.before, first.exchange);
  if (first.after) second.after = [...first.after, ...(second.after ?? [])];
  return second;
}
