import { NotApplicable } from '../../drive/drive.js';
import { isSuccess } from '../../targets/reply.js';
import { failed, inconclusive, passed } from '../check.js';
import { nameOf } from '../fact.js';
import { lifeCheck } from '../life.js';
import { isSame } from './as-sent.js';

export const readOnlyMember = lifeCheck({
  id: 'state/read-only-member',
  promise: 'A member that is read-only does not take the value of a request.',
  source: {
    kind: 'contract',
    ref: 'readOnly (OpenAPI 3.0.4, section 4.7.24.2)',
    url: 'https://spec.openapis.org/oas/v3.0.4.html#schema-object',
  },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 2 },
  messages: {
    taken: ({ member }) => `the member “${member}” is read-only, and has the value that a change has sent`,
  },
  of: 'change',
  judge: ({ foreign }) => {
    if (!foreign) return new NotApplicable('no member that is read-only can be sent with it');
    const { member, value, came, after, read } = foreign;
    if (!isSuccess(came.exchange.status)) return passed;
    if (!after) return inconclusive('the record could not be read after it');
    const now = after[member];
    if (now !== undefined && isSame(now, value))
      return { ...failed('taken', { member: nameOf(member) }), at: [came, read] };
    return passed;
  },
});
