import { answerCheck } from '../answer-check.js';
import { nameOf } from '../fact.js';

export const documentedStatus = answerCheck({
  id: 'answer/documented-status',
  promise: 'An answer has a status that the contract documents.',
  source: {
    kind: 'contract',
    ref: 'the responses of the operation (OpenAPI 3.0.4, section 4.8.16)',
    url: 'https://spec.openapis.org/oas/v3.0.4.html#responses-object',
  },
  since: '0.1.0',
  severity: 'error',
  asks: { atMost: 0 },
  messages: { 'not-documented': ({ status }) => `the status ${status} is not documented` },
  find: ({ operation, answer: { status }, response }) => {
    if (response) return [];
    const documented = Object.keys(operation.responses).join(', ') || 'none';
    return [
      {
        code: 'not-documented',
        facts: { status: nameOf(String(status)) },
        // A refusal that nobody documented is explained by its verdict; a success is used as it comes.
        ...(status < 400 ? {} : { severity: 'warning' }),
        message: `the status ${status} is not documented (documented: ${documented})`,
      },
    ];
  },
});
