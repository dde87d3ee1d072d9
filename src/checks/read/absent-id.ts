import { NotApplicable } from '../../drive/drive.js';
import { isSuccess } from '../../target/reply.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { status } from '../fact.js';
import { readOfNothing } from '../read-of-nothing.js';

export const absentId = check({
  id: 'read/absent-id',
  promise: 'What is not there is not found.',
  source: {
    kind: 'standard',
    ref: 'RFC 9110, section 15.5.5',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.5',
  },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 1 },
  messages: {
    found: ({ came }) => `it answers ${came} for an id that nothing has`,
    failed: ({ came }) => `it fails with ${came} for an id that nothing has`,
  },
  *run(subject) {
    const ask = readOfNothing(subject);
    if (ask instanceof NotApplicable) return ask;
    const { reply } = yield ask;
    if (reply.kind !== 'answer') return inconclusive('it did not answer');
    const facts = { came: status(reply.status) };
    if (isSuccess(reply.status)) return failed('found', facts);
    return reply.status >= 500 ? failed('failed', facts) : passed;
  },
});
