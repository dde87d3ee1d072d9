import { FOREIGN_ORIGIN } from '../../exchange/headers.js';
import { header } from '../../targets/reply.js';
import { check, failed, inconclusive, passed } from '../check.js';

export const cors = check({
  id: 'http/cors',
  promise: 'Pages of any other origin do not read with the credentials that a browser has.',
  source: {
    kind: 'standard',
    ref: 'Fetch, section 3.3.5',
    url: 'https://fetch.spec.whatwg.org/#cors-protocol-and-credentials',
  },
  since: '0.2.0',
  severity: 'warning',
  scope: 'host',
  asks: { atMost: 1 },
  messages: {
    'any-with-credentials': () =>
      'it allows every origin (Access-Control-Allow-Origin: *) together with credentials, which browsers refuse: one origin has to be named',
    'foreign-with-credentials': () =>
      'it allows the origin of a page that it cannot know to read with the credentials of a browser: it repeats whatever Origin is sent',
  },
  *run({ request, own }) {
    const { reply } = yield request.same('from a page of another origin', {
      headers: { origin: FOREIGN_ORIGIN },
    });
    if (reply.kind !== 'answer') return inconclusive('it did not answer');
    const isAllowed = header(reply, 'access-control-allow-credentials')?.trim() === 'true';
    const origin = header(reply, 'access-control-allow-origin')?.trim();
    if (isAllowed && origin === '*') return failed('any-with-credentials');
    if (reply.status === 403) return passed;
    // What is refused for its Origin shows nothing to a page, whatever is allowed.
    if (reply.status !== own.reply.status)
      return inconclusive('it answered otherwise than without an Origin');
    return isAllowed && origin === FOREIGN_ORIGIN ? failed('foreign-with-credentials') : passed;
  },
});
