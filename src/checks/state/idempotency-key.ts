import { NotApplicable } from '../../drive/drive.js';
import { isSuccess } from '../../targets/reply.js';
import { failed, inconclusive, passed } from '../check.js';
import { lifeCheck } from '../life.js';

export const idempotencyKey = lifeCheck({
  id: 'state/idempotency-key',
  promise: 'Two creations with the same idempotency key make one record.',
  source: { kind: 'contract', ref: 'the header for an idempotency key' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 2 },
  messages: {
    two: () => 'two creations with the same idempotency key have made two records',
  },
  of: 'creation',
  judge: ({ keyed }) => {
    if (!keyed) return new NotApplicable('the contract has no header for an idempotency key');
    const { status } = keyed.came.exchange;
    if (!isSuccess(status)) return inconclusive(`the second was answered ${status ?? 'not at all'}`);
    if (keyed.same === undefined) return inconclusive('its second answer names no record');
    return keyed.same ? passed : { ...failed('two'), at: [keyed.came] };
  },
});
