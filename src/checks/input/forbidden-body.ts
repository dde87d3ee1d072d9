import { isSuccess } from '../../targets/reply.js';
import { answerCheck } from '../answer-check.js';

export const forbiddenBody = answerCheck({
  id: 'input/forbidden-body',
  promise: 'A body that the contract forbids is refused.',
  source: {
    kind: 'contract',
    ref: 'the request body of the operation (OpenAPI 3.0.4, section 4.8.13)',
    url: 'https://spec.openapis.org/oas/v3.0.4.html#request-body-object',
  },
  since: '0.1.0',
  severity: 'error',
  asks: { atMost: 0 },
  messages: { accepted: () => 'a body that the contract forbids was accepted' },
  find: ({ manner, answer }) =>
    manner === 'forbidden-body' && isSuccess(answer.status) ? [{ code: 'accepted' }] : [],
});
