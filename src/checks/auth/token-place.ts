import { NotApplicable } from '../../drive/drive.js';
import { isSuccess } from '../../targets/reply.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { status } from '../fact.js';
import { stillWorks } from '../still-works.js';

export const tokenPlace = check({
  id: 'auth/token-place',
  promise: 'The scheme of credentials is read alike in small and in capital letters.',
  source: {
    kind: 'standard',
    ref: 'RFC 9110, section 11.1',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-11.1',
  },
  since: '0.2.0',
  severity: 'warning',
  scope: 'host',
  asks: { atMost: 2 },
  messages: {
    'small-letters-refused': ({ came }) =>
      `it answers ${came} to its own credentials where their scheme is written in small letters, as “bearer”`,
  },
  *run(subject) {
    const { operation, token, host, request } = subject;
    if (!operation.guarded) return new NotApplicable('everybody may read it');
    if (token !== 'valid' || !host.takesCredentials(operation))
      return new NotApplicable('it is asked without credentials');
    const hasScheme = operation.security.flat().every(({ type }) => !ELSEWHERE.has(type));
    if (!hasScheme) return new NotApplicable('its credentials may be elsewhere than behind a scheme');
    const { reply } = yield request.same('with the scheme in small letters', { smallScheme: true });
    if (reply.kind !== 'answer') return inconclusive('it did not answer');
    if (isSuccess(reply.status)) return passed;
    if (!REFUSED.has(reply.status)) return inconclusive('it answered in a way that may have another reason');
    return (yield* stillWorks(subject))
      ? failed('small-letters-refused', { came: status(reply.status) })
      : inconclusive('it does not work as it was asked first either');
  },
});

/** What is not sent as `Authorization: Scheme …`. */
const ELSEWHERE: ReadonlySet<string> = new Set(['apiKey', 'mutualTLS']);

const REFUSED = new Set([400, 401, 403]);
