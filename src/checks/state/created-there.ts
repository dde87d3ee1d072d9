import { NotApplicable } from '../../drive/drive.js';
import { isOfNothing, isSuccess } from '../../targets/reply.js';
import { failed, inconclusive, passed } from '../check.js';
import { status } from '../fact.js';
import { lifeCheck } from '../life.js';

export const createdThere = lifeCheck({
  id: 'state/created-there',
  promise: 'What was created can be read, and its list has it.',
  source: { kind: 'contract', ref: 'the operations that create, read and list it' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 16 },
  messages: {
    'not-there': ({ read }) => `a read of what was created, by the id in the answer, is answered ${read}`,
    'not-listed': () => 'what was created can be read, and is not in the list, of which nothing was left out',
  },
  of: 'creation',
  judge: ({ read, listed }) => {
    if (!read) return new NotApplicable('the contract has nothing that reads what it creates');
    const { status: came } = read.heard.exchange;
    if (isOfNothing(came)) return { ...failed('not-there', { read: status(came) }), at: [read.heard] };
    if (!isSuccess(came)) return inconclusive(`its read was answered ${came ?? 'not at all'}`);
    if (listed?.whole === true && !listed.there)
      return { ...failed('not-listed'), at: [read.heard, listed.heard] };
    return passed;
  },
});
