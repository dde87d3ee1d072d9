import { NotApplicable } from '../../drive/drive.js';
import { inconclusive, passed } from '../check.js';
import { lifeCheck } from '../life.js';
import { differences } from './as-sent.js';
import { NOT_AS_SENT, notAsSent } from './not-as-sent.js';

export const createdAsSent = lifeCheck({
  id: 'state/created-as-sent',
  promise: 'Each member that a creation sends comes back when the record is read.',
  source: { kind: 'contract', ref: 'the schemas of what creates and of what reads' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 2 },
  messages: NOT_AS_SENT,
  of: 'creation',
  judge: ({ created: { sent, heard }, read, declared }) => {
    if (!sent) return new NotApplicable('it sends no JSON');
    if (!read) return new NotApplicable('the contract has nothing that reads what it creates');
    if (!read.record) return inconclusive('what was created could not be read');
    const found = differences(sent, read.record, declared);
    return found.length > 0 ? notAsSent(found, [heard, read.heard]) : passed;
  },
});
