import { NotApplicable } from '../../drive/drive.js';
import { isSuccess } from '../../target/reply.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { status } from '../fact.js';

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
  *run({ operation, request, host }) {
    const parameter = operation.parameters.filter((one) => one.in === 'path').at(-1);
    if (!parameter || !operation.path.replace(/\/$/, '').endsWith(`{${parameter.name}}`))
      return new NotApplicable('its path does not end in an id');
    const id = host.absent.make(parameter.schema);
    if (id === undefined) return new NotApplicable('every value of the id may be that of something');
    const { reply } = yield request.same('an id of nothing', { last: { sent: id, shown: 'absent-id' } });
    if (reply.kind !== 'answer' || reply.incomplete !== undefined)
      return inconclusive('it did not answer to the end');
    const facts = { came: status(reply.status) };
    if (isSuccess(reply.status)) return failed('found', facts);
    return reply.status >= 500 ? failed('failed', facts) : passed;
  },
});
