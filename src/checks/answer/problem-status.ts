import { NotApplicable } from '../../drive/drive.js';
import { isObject } from '../../json.js';
import { header } from '../../targets/reply.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { isProblem } from '../documented.js';
import { status } from '../fact.js';
import { isAboutId, readOfNothing } from '../read-of-nothing.js';
import { jsonOf } from '../subject.js';

export const problemStatus = check({
  id: 'answer/problem-status',
  promise: 'A problem names the status that its answer has.',
  source: {
    kind: 'standard',
    ref: 'RFC 9457, section 3.1.2',
    url: 'https://www.rfc-editor.org/rfc/rfc9457#section-3.1.2',
  },
  since: '0.2.0',
  severity: 'warning',
  asks: { atMost: 1 },
  messages: {
    'other-status': ({ came }) =>
      `the problem that it answers for an id that nothing has names another status than ${came}, which came`,
  },
  *run(subject) {
    const ask = readOfNothing(subject);
    if (ask instanceof NotApplicable) return ask;
    const { reply } = yield ask;
    if (reply.kind !== 'answer' || !isAboutId(reply.status))
      return inconclusive('it did not answer that there is nothing');
    if (!isProblem(header(reply, 'content-type')))
      return new NotApplicable('its errors are no problems of RFC 9457');
    const body = jsonOf(reply);
    if (!isObject(body)) return inconclusive('its problem could not be read');
    const named = body['status'];
    if (typeof named !== 'number') return new NotApplicable('its problem names no status');
    return named === reply.status ? passed : failed('other-status', { came: status(reply.status) });
  },
});
