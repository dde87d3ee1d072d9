import { NotApplicable } from '../../drive/drive.js';
import { isSuccess } from '../../targets/reply.js';
import { inconclusive, passed } from '../check.js';
import { lifeCheck } from '../life.js';
import { differences } from './as-sent.js';
import { NOT_AS_SENT, notAsSent } from './not-as-sent.js';

export const changedAsSent = lifeCheck({
  id: 'state/changed-as-sent',
  promise: 'Each member that a change sends comes back when the record is read.',
  source: { kind: 'contract', ref: 'the schemas of what changes and of what reads' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 3 },
  messages: NOT_AS_SENT,
  of: 'change',
  judge: ({ before, came: { sent, heard }, after }, { declared }) => {
    if (!sent) return new NotApplicable('it sends no JSON');
    if (!isSuccess(heard.exchange.status))
      return inconclusive(`it was answered ${heard.exchange.status ?? 'not at all'}`);
    if (!after?.record) return inconclusive('the record could not be read after it');
    const found = differences(sent, after.record, declared, before);
    return found.length > 0 ? notAsSent(found, [heard, after.heard]) : passed;
  },
});
