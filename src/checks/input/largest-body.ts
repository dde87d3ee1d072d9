import { NotApplicable } from '../../drive/drive.js';
import { isSuccess } from '../../targets/reply.js';
import { failed, inconclusive, passed } from '../check.js';
import { status } from '../fact.js';
import { lifeCheck } from '../life.js';
import { isServerFault } from './server-fault.js';

export const largestBody = lifeCheck({
  id: 'input/largest-body',
  promise:
    'A body with the longest texts and largest numbers that the contract allows is no error of the server.',
  source: { kind: 'contract', ref: 'the bounds in the schema of the request body' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 1 },
  messages: {
    'server-error': ({ came }) =>
      `a body with the longest texts and largest numbers that the contract allows was answered ${came}`,
  },
  of: 'creation',
  judge: ({ largest }) => {
    if (!largest) return new NotApplicable('the contract sets no bounds to what it sends');
    const { status: came } = largest.exchange;
    if (isServerFault(came)) return { ...failed('server-error', { came: status(came) }), at: [largest] };
    return isSuccess(came) ? passed : inconclusive(`it was answered ${came ?? 'not at all'}`);
  },
});
