import type { Value } from '../../probe/value.js';
import { readBack, type ReadBack } from '../creation.js';
import type { Asking } from '../observation.js';
import { isShownIn } from '../shown-ids.js';
import { list } from './list.js';
import type { Made, Sent } from './made.js';
import { read, WAITS_MS } from './send.js';
import { textOf } from './texts.js';

/**
 * Reads a thing until it is there, a few times. Where nothing reads it, it has to be in the list now, in which it did
 * not be before. On a server that the run has started itself everything is of the run, and so is what is removed from
 * below a thing of the run.
 * @param above the values that name what it is below
 */
export async function prove(
  made: Made,
  { texts, above, sent }: { texts: readonly string[]; above: readonly Value[]; sent: Sent },
  asking: Asking,
): Promise<ReadBack> {
  for (let round = 0; made.reading; round += 1) {
    const reply = await read(made, 'is it ours', asking);
    const proof =
      reply.kind === 'answer' ? readBack(reply.status, textOf(reply), texts) : readBack(null, '', texts);
    if (proof === 'not readable') break;
    const wait = WAITS_MS[round];
    if (proof !== 'not there' || wait === undefined) return proof;
    await asking.clock.sleep(wait);
  }
  const isBelowOurs = above.some(({ sent: id }) =>
    sent.made.some((one) => !one.removed && one.value.sent === id),
  );
  if (asking.target.serve !== undefined || isBelowOurs) return 'ours';
  if (sent.listed?.body === undefined) return 'not readable';
  const { operation } = sent.observation.step;
  const { fillers } = sent;
  const now = await list(sent.observation.probe, { operation, fillers, purpose: 'is it ours' }, asking);
  if (now) made.by.after = [...(made.by.after ?? []), now.heard.exchange];
  return isShownIn(now?.body, made.value.sent) ? 'ours' : 'not readable';
}
