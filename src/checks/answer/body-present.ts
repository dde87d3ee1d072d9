import { answerCheck } from '../answer-check.js';

export const bodyPresent = answerCheck({
  id: 'answer/body-present',
  promise: 'A body comes where the contract promises one.',
  source: {
    kind: 'contract',
    ref: 'the content of the response (OpenAPI 3.0.4, section 4.8.17)',
    url: 'https://spec.openapis.org/oas/v3.0.4.html#response-object',
  },
  since: '0.1.0',
  severity: 'error',
  asks: { atMost: 0 },
  messages: { empty: () => 'the body is empty, the contract promises one' },
  find: ({ operation, answer, body, response }) => {
    if (body.kind !== 'empty' || Object.keys(response?.content ?? {}).length === 0) return [];
    const mayBeEmpty = answer.status === 204 || answer.status === 304 || operation.method === 'HEAD';
    return mayBeEmpty ? [] : [{ code: 'empty' }];
  },
});
