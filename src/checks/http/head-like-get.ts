import { parseMediaType } from '../../contract/media-type.js';
import { NotApplicable } from '../../drive/drive.js';
import { pathsOf } from '../../probe/path-index.js';
import { header, isSuccess, type Answer } from '../../targets/reply.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { etagOf, isSameTag } from '../etag.js';
import { nameOf, status } from '../fact.js';

export const headLikeGet = check({
  id: 'http/head-like-get',
  promise: 'HEAD answers like GET, without the body.',
  source: {
    kind: 'standard',
    ref: 'RFC 9110, section 9.3.2',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-9.3.2',
  },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 4 },
  messages: {
    'other-status': ({ head, get }) => `HEAD answers ${head} where GET answers ${get}`,
    'other-header': ({ header }) => `HEAD sends another ${header} than GET`,
  },
  *run({ operation, host, request }) {
    if (operation.method !== 'GET') return new NotApplicable('it is no GET');
    const head = (yield request.same('only the headers', { method: 'HEAD' })).reply;
    if (head.kind !== 'answer') return inconclusive('it did not answer HEAD');
    const isDescribed = pathsOf(host.contract.operations)
      .like(operation.path)
      .some(({ method }) => method === 'HEAD');
    if (!isDescribed && head.status >= 400 && (head.status < 500 || head.status === 501))
      return new NotApplicable('it knows no HEAD, and the contract does not describe it');
    if (SAYS_NOTHING.has(head.status) || (head.status >= 300 && head.status < 400))
      return inconclusive('HEAD was answered in a way that may have another reason');
    const get = (yield request.same('the same with the body', { fresh: true })).reply;
    if (get.kind !== 'answer' || !isSuccess(get.status)) return inconclusive('GET does not work any more');
    if (head.status !== get.status)
      return failed('other-status', { head: status(head.status), get: status(get.status) });
    if (typeOf(head) !== undefined && typeOf(get) !== undefined && typeOf(head) !== typeOf(get))
      return failed('other-header', { header: nameOf('Content-Type') });
    const [tag, before] = [etagOf(head), etagOf(get)];
    if (tag === undefined || before === undefined || isSameTag(tag, before)) return passed;
    // What changes from one answer to the next has another tag each time.
    const after = (yield request.same('and once more', { fresh: true })).reply;
    const last = after.kind === 'answer' ? etagOf(after) : undefined;
    const again = (yield request.same('only the headers, once more', { method: 'HEAD', fresh: true })).reply;
    const lastOfHead = again.kind === 'answer' ? etagOf(again) : undefined;
    if (last === undefined || lastOfHead === undefined || !isSameTag(last, before))
      return inconclusive('its ETag changes');
    return isSameTag(lastOfHead, last) ? passed : failed('other-header', { header: nameOf('ETag') });
  },
});

/** They say something of the moment or of the caller, and nothing of HEAD. */
const SAYS_NOTHING = new Set([401, 403, 408, 409, 429, 502, 503, 504]);

function typeOf(answer: Answer): string | undefined {
  return parseMediaType(header(answer, 'content-type') ?? '')?.essence;
}
