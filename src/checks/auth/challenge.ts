import { NotApplicable } from '../../drive/drive.js';
import { header } from '../../targets/reply.js';
import { check, failed, inconclusive, passed } from '../check.js';

export const challenge = check({
  id: 'auth/challenge',
  promise: 'A refusal for want of credentials says how to give them.',
  source: {
    kind: 'standard',
    ref: 'RFC 9110, section 15.5.2',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2',
  },
  since: '0.2.0',
  severity: 'warning',
  scope: 'host',
  asks: { atMost: 1 },
  messages: {
    'no-challenge': () =>
      'it answers 401 without the header WWW-Authenticate, which has to come with that status',
  },
  *run({ operation, token, request, host }) {
    if (!operation.guarded) return new NotApplicable('the contract asks for no credentials');
    if (token !== 'valid' || !host.takesCredentials(operation))
      return new NotApplicable('it is asked without credentials');
    const { reply } = yield request.same('without credentials', { token: 'none' });
    if (reply.kind !== 'answer' || reply.status !== 401)
      return inconclusive('it did not answer 401 without credentials');
    return (header(reply, 'www-authenticate') ?? '').trim() === '' ? failed('no-challenge') : passed;
  },
});
