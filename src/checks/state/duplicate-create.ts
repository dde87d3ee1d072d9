import { NotApplicable } from '../../drive/drive.js';
import { isSuccess } from '../../targets/reply.js';
import { failed, inconclusive, passed } from '../check.js';
import { status } from '../fact.js';
import { lifeCheck } from '../life.js';
import type { Operation } from '../../contract/operation.js';

export const duplicateCreate = lifeCheck({
  id: 'state/duplicate-create',
  promise: 'The same creation twice makes one record where the contract says so, and never fails.',
  source: { kind: 'contract', ref: 'the response for what is there already' },
  since: '0.2.0',
  severity: 'error',
  warnings: ['server-error'],
  asks: { atMost: 1 },
  messages: {
    two: ({ came }) =>
      `the same creation again was answered ${came} with another record, though the contract describes an answer for what is there already`,
    'server-error': ({ came }) => `the same creation again was answered ${came}`,
  },
  of: 'creation',
  judge: ({ creation, twin }) => {
    if (!twin) return new NotApplicable('it was not created a second time');
    const { status: came } = twin.came.exchange;
    if (came !== null && came >= 500)
      return { ...failed('server-error', { came: status(came) }), at: [twin.came] };
    if (!describesTwins(creation)) return new NotApplicable('the contract does not describe it');
    if (!isSuccess(came)) return passed;
    if (twin.same === undefined) return inconclusive('its second answer names no record');
    return twin.same ? passed : { ...failed('two', { came: status(came) }), at: [twin.came] };
  },
});

/** Whether the contract describes what is answered when the same thing is there already. */
function describesTwins({ responses }: Operation): boolean {
  return Object.entries(responses).some(
    ([code, { description }]) => ['200', '208', '303', '409'].includes(code) && ALREADY.test(description),
  );
}

const ALREADY = /\b(?:already|exists?|existing|duplicate|is one)\b/i;
