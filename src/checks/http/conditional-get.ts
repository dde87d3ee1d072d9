import { NotApplicable } from '../../drive/drive.js';
import { isSuccess } from '../../targets/reply.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { etagOf } from '../etag.js';
import { status } from '../fact.js';
import { stillWorks } from '../still-works.js';

export const conditionalGet = check({
  id: 'http/conditional-get',
  promise: 'It says that nothing has changed only to who has what it would send.',
  source: {
    kind: 'standard',
    ref: 'RFC 9110, section 13.1.2',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2',
  },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 3 },
  messages: {
    'not-modified-whatever': () => 'it answers 304 for an ETag that it has never sent',
    fails: ({ came }) => `it fails with ${came} for the ETag that it has sent itself`,
  },
  *run(subject) {
    const { operation, own, request } = subject;
    const tag = etagOf(own.reply);
    if (operation.method !== 'GET' || tag === undefined) return new NotApplicable('its answer has no ETag');
    const other = (yield request.same('another ETag', { headers: { 'if-none-match': '"conform-none"' } }))
      .reply;
    if (other.kind === 'answer' && other.status === 304) return failed('not-modified-whatever');
    const same = (yield request.same('its own ETag', { headers: { 'if-none-match': tag } })).reply;
    if (same.kind !== 'answer') return inconclusive('it did not answer');
    if (same.status >= 500) {
      return (yield* stillWorks(subject))
        ? failed('fails', { came: status(same.status) })
        : inconclusive('it does not work without that ETag either');
    }
    const isKept =
      other.kind === 'answer' && isSuccess(other.status) && (same.status === 304 || isSuccess(same.status));
    return isKept ? passed : inconclusive('it answered in a way that may have another reason');
  },
});
