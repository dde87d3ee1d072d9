import { NotApplicable } from '../../drive/drive.js';
import { isSuccess } from '../../targets/reply.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { status } from '../fact.js';
import { isSameKind } from '../same-kind.js';

export const expiredToken = check({
  id: 'auth/expired-token',
  promise: 'A token that has expired is refused.',
  source: { kind: 'contract', ref: 'the security of the operation' },
  since: '0.2.0',
  severity: 'error',
  scope: 'host',
  asks: { atMost: 2 },
  messages: {
    'let-in': ({ came }) => `it answers ${came} to a token that has expired, where it should refuse it`,
  },
  *run(subject) {
    const { operation, token, host, own, request } = subject;
    if (!operation.secured || !operation.guarded) return new NotApplicable('everybody may read it');
    if (token !== 'valid' || !host.takesCredentials(operation))
      return new NotApplicable('it is asked without credentials');
    const why = host.whyNotAs('expired');
    if (why !== undefined) return new NotApplicable(why);
    const { reply } = yield request.same('with a token that has expired', { token: 'expired' });
    if (reply.kind !== 'answer') return inconclusive('it did not answer');
    if (reply.status === 401 || reply.status === 403) return passed;
    if (!isSuccess(reply.status) || !isSameKind(own.reply, reply))
      return inconclusive('it answers something else to a token that has expired');
    const bare = yield request.same('without credentials', { token: 'none' });
    if (bare.reply.kind !== 'answer') return inconclusive('it did not answer without credentials');
    // Who lets everybody in does not look at tokens at all.
    return bare.reply.status === 401 || bare.reply.status === 403
      ? failed('let-in', { came: status(reply.status) })
      : inconclusive('it is not refused without credentials either');
  },
});
