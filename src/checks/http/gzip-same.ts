import { isDeepStrictEqual } from 'node:util';
import { NotApplicable } from '../../drive/drive.js';
import type { Json } from '../../json.js';
import { header, isSuccess, type Reply } from '../../targets/reply.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { jsonOf } from '../subject.js';

export const gzipSame = check({
  id: 'http/gzip-same',
  promise: 'What is sent packed says the same as what is sent plain.',
  source: {
    kind: 'standard',
    ref: 'RFC 9110, section 8.4',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-8.4',
  },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 4 },
  messages: {
    differs: () => 'the packed answer says something else than the plain one',
    broken: () => 'the packed answer cannot be unpacked',
  },
  *run({ body, request }) {
    if (body === undefined) return new NotApplicable('its answer is not JSON');
    const plain = () => request.same('plain', { headers: { 'accept-encoding': 'identity' }, fresh: true });
    const packed = () => request.same('packed', { headers: { 'accept-encoding': 'gzip' }, fresh: true });
    const first = readOf((yield plain()).reply);
    const second = (yield packed()).reply;
    if (second.kind === 'answer' && header(second, 'content-encoding') === undefined)
      return new NotApplicable('it does not pack its answers');
    if (first === undefined) return inconclusive('it did not answer as before');
    const isBroken = isUnpackable(second);
    const read = readOf(second);
    if (!isBroken && read === undefined) return inconclusive('it did not answer as before');
    if (!isBroken && isDeepStrictEqual(first, read)) return passed;
    const third = readOf((yield plain()).reply);
    if (!isDeepStrictEqual(first, third)) return inconclusive('its answers change from one to the next');
    // One of several hosts behind one name may know less than the others: then a packed answer differs from the next.
    const last = (yield packed()).reply;
    if (isBroken) return isUnpackable(last) ? failed('broken') : inconclusive('it could be unpacked later');
    return isDeepStrictEqual(read, readOf(last))
      ? failed('differs')
      : inconclusive('its answers change from one to the next');
  },
});

function isUnpackable(reply: Reply): boolean {
  return reply.kind === 'answer' && isSuccess(reply.status) && reply.incomplete === 'wrongly compressed';
}

function readOf(reply: Reply): Json | undefined {
  return reply.kind === 'answer' && isSuccess(reply.status) ? jsonOf(reply) : undefined;
}
