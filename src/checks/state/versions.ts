import { NotApplicable } from '../../drive/drive.js';
import { isSuccess } from '../../target/reply.js';
import { failed, inconclusive, passed } from '../check.js';
import { status } from '../fact.js';
import { lifeCheck } from '../life.js';

export const versions = lifeCheck({
  id: 'state/versions',
  promise: 'A change on the condition of an ETag that the record has no longer is refused.',
  source: { kind: 'contract', ref: 'the If-Match of the operation (RFC 9110, section 13.1.1)' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 1 },
  messages: {
    'stale-taken': ({ came }) =>
      `a change on the condition of an ETag from before another change was answered ${came}, not 412`,
  },
  of: 'change',
  judge: ({ stale }) => {
    if (!stale)
      return new NotApplicable('the contract has no If-Match for it, or its record has no strong ETag');
    const { status: came } = stale.exchange;
    if (isSuccess(came)) return { ...failed('stale-taken', { came: status(came) }), at: [stale] };
    return came === 412 ? passed : inconclusive(`it was answered ${came ?? 'not at all'}`);
  },
});
