import { isSuccess } from '../../targets/reply.js';
import { answerCheck } from '../answer-check.js';

export const badCredentials = answerCheck({
  id: 'auth/bad-credentials',
  promise: 'Nobody gets in with credentials that are invalid.',
  source: {
    kind: 'contract',
    ref: 'the security of the operation (OpenAPI 3.0.4, section 4.8.30)',
    url: 'https://spec.openapis.org/oas/v3.0.4.html#security-requirement-object',
  },
  since: '0.1.0',
  severity: 'error',
  asks: { atMost: 0 },
  messages: { 'let-in': () => 'a request with credentials that are invalid on purpose was let in' },
  find: ({ manner, answer }) =>
    manner === 'invalid-token' && isSuccess(answer.status) ? [{ code: 'let-in' }] : [],
});
