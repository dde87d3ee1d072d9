import { isSuccess } from '../../targets/reply.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { status } from '../fact.js';
import { stillWorks } from '../still-works.js';

export const unknownParameter = check({
  id: 'read/unknown-parameter',
  promise: 'A parameter that it does not know does not make it fail.',
  source: {
    kind: 'standard',
    ref: 'RFC 9110, section 15.6',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.6',
  },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 2 },
  messages: {
    fails: ({ came }) =>
      `it fails with ${came} for a parameter that it does not know, where it should ignore or refuse it`,
  },
  *run(subject) {
    const { reply } = yield subject.request.same('a parameter that nobody knows', {
      query: { conformUnknown: '1' },
    });
    if (reply.kind !== 'answer') return inconclusive('it did not answer');
    if (reply.status >= 500) {
      return (yield* stillWorks(subject))
        ? failed('fails', { came: status(reply.status) })
        : inconclusive('it does not work without that parameter either');
    }
    const isRefused = reply.status === 400 || reply.status === 422;
    return isSuccess(reply.status) || isRefused
      ? passed
      : inconclusive('it answered in a way that may have another reason');
  },
});
