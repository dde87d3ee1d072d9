import { NotApplicable } from '../../drive/drive.js';
import { isSuccess } from '../../targets/reply.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { status } from '../fact.js';
import { readOfNothing } from '../read-of-nothing.js';
import { jsonOf } from '../subject.js';

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
    'list-of-nothing': ({ came }) =>
      `it answers ${came} with an empty list for an id that nothing has, though the contract has a 404 for that`,
    failed: ({ came }) => `it fails with ${came} for an id that nothing has`,
  },
  *run(subject) {
    const { operation, list, collection } = subject;
    const ask = readOfNothing(subject);
    if (ask instanceof NotApplicable) return ask;
    const { reply } = yield ask;
    if (reply.kind !== 'answer' || reply.incomplete !== undefined)
      return inconclusive('it did not answer to the end');
    const facts = { came: status(reply.status) };
    if (reply.status >= 500) return failed('failed', facts);
    if (!isSuccess(reply.status)) return passed;
    if (list?.itemsOf(jsonOf(reply))?.length !== 0) return failed('found', facts);
    // That there are none of something that is not there may be meant so.
    return Object.hasOwn(operation.responses, '404')
      ? failed('list-of-nothing', facts)
      : inconclusive(
          `it answers with an empty list of ${collection ?? 'things'}, which the contract does not rule out`,
        );
  },
});
