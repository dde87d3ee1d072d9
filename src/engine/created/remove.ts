import { IDEMPOTENT_METHODS } from '../../contract/methods.js';
import { hasSucceeded, isOfNothing, isSuccess, type Reply } from '../../targets/reply.js';
import type { Asking } from '../observation.js';
import type { Made } from './made.js';
import { read, send, WAITS_MS } from './send.js';

/** Removes what is still there, the newest first. What cannot be removed is reported. */
export async function removeRest(made: readonly Made[], asking: Asking): Promise<void> {
  for (const one of made.filter(({ removed }) => !removed).toReversed()) {
    const { removal } = one;
    if (!removal) continue;
    const { method } = removal.request;
    const reply = await send(one.by, removal, 'removal', IDEMPOTENT_METHODS.has(method), asking);
    if (await isGone(one, reply, asking)) continue;
    const what = reply.kind === 'answer' ? `was answered with ${reply.status}` : 'got no answer';
    reportLeft(one, `its removal ${what}`, asking);
  }
}

/**
 * Notes that a removal was obeyed, after a look whether it was.
 * @returns whether it was answered as one that was
 */
export async function isGone(one: Made, reply: Reply, asking: Asking): Promise<boolean> {
  if (reply.kind !== 'answer') return false;
  if (!isSuccess(reply.status) && !isOfNothing(reply.status)) return false;
  one.removed = true;
  for (let round = 0; one.reading; round += 1) {
    if (!hasSucceeded(await read(one, 'is it gone', asking))) break;
    const wait = WAITS_MS[round];
    if (wait === undefined) {
      reportLeft(one, 'it can still be read after its removal', asking);
      return true;
    }
    // A removal may be no more than accepted (RFC 9110, section 9.3.5).
    await asking.clock.sleep(wait);
  }
  asking.journal.removed(one.entry);
  return true;
}

function reportLeft({ by }: Made, why: string, asking: Asking): void {
  asking.onLeft({ operation: by.step.operation.id, why, journal: true });
}
