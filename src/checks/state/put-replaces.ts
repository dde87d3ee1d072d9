import { NotApplicable } from '../../drive/drive.js';
import { pointer } from '../../json.js';
import { isSuccess } from '../../targets/reply.js';
import { failed, inconclusive, passed } from '../check.js';
import { nameOf } from '../fact.js';
import { lifeCheck } from '../life.js';
import { isSame } from './as-sent.js';

export const putReplaces = lifeCheck({
  id: 'state/put-replaces',
  promise: 'A PUT that is described as replacing a record keeps nothing that it does not send.',
  source: {
    kind: 'standard',
    ref: 'RFC 9110, section 9.3.4',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-9.3.4',
  },
  since: '0.2.0',
  severity: 'warning',
  asks: { atMost: 6 },
  messages: {
    kept: ({ member }) =>
      `the member “${member}” is as before after a PUT without it, though the contract says that the PUT replaces the record`,
  },
  of: 'change',
  judge: ({ operation, replaced }) => {
    if (operation.method !== 'PUT') return new NotApplicable('it is no PUT');
    if (!replaced) return new NotApplicable('the contract does not say that it replaces the record');
    const { member, was, came, after } = replaced;
    if (!isSuccess(came.exchange.status))
      return inconclusive(`it was answered ${came.exchange.status ?? 'not at all'} without “${member}”`);
    if (!after.record) return inconclusive('the record could not be read after it');
    return isSame(after.record[member] ?? null, was)
      ? { ...failed('kept', { member: nameOf(member) }, pointer(member)), at: [came, after.heard] }
      : passed;
  },
});
