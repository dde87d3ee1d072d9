import { NotApplicable } from '../../drive/drive.js';
import { isOfNothing, isSuccess } from '../../targets/reply.js';
import { failed, inconclusive, passed } from '../check.js';
import { status } from '../fact.js';
import { lifeCheck } from '../life.js';

export const deletedGone = lifeCheck({
  id: 'state/deleted-gone',
  promise: 'What was removed can no longer be read, no list has it, and nothing else is removed with it.',
  source: { kind: 'contract', ref: 'the operations that remove, read and list it' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 13 },
  messages: {
    'still-there': ({ read }) => `a read of what was removed is answered ${read}`,
    'still-listed': () => 'the list still has what was removed',
    'other-gone': ({ read }) => `a read of another record is answered ${read} after the removal`,
  },
  of: 'removal',
  judge: ({ removal }) => {
    if (!removal) return new NotApplicable('nothing was removed');
    const { came, read, listed, neighbour } = removal;
    if (!isSuccess(came.exchange.status))
      return inconclusive(`the removal was answered ${came.exchange.status ?? 'not at all'}`);
    const code = read?.exchange.status ?? null;
    if (read && isSuccess(code))
      return { ...failed('still-there', { read: status(code) }), at: [came, read] };
    if (listed?.there) return { ...failed('still-listed'), at: [came, listed.heard] };
    const other = neighbour?.now.heard;
    if (other && isOfNothing(other.exchange.status))
      return { ...failed('other-gone', { read: status(other.exchange.status) }), at: [came, other] };
    return passed;
  },
});
