import { covers } from '../../contract/media-type.js';
import { header } from '../../targets/reply.js';
import { answerCheck } from '../answer-check.js';
import { commonMediaType } from '../fact.js';

export const contentType = answerCheck({
  id: 'answer/content-type',
  promise: 'A body comes in a media type that the contract documents for its status.',
  source: {
    kind: 'contract',
    ref: 'the content of the response (OpenAPI 3.0.4, section 4.8.17)',
    url: 'https://spec.openapis.org/oas/v3.0.4.html#response-object',
  },
  since: '0.1.0',
  severity: 'error',
  asks: { atMost: 0 },
  messages: {
    missing: () => 'a body came without a content type',
    'not-documented': ({ came }) => `the content type is ${came}, which is not documented`,
  },
  find: ({ answer, response, body }) => {
    const documented = Object.keys(response?.content ?? {});
    if (documented.length === 0 || body.kind === 'empty') return [];
    const sent = header(answer, 'content-type') ?? '';
    if (sent.trim() === '') {
      const message = `a body came without a content type (documented: ${documented.join(', ')})`;
      return [{ code: 'missing', message }];
    }
    if (documented.some((range) => covers(range, sent))) return [];
    const came = commonMediaType(sent);
    return [
      {
        code: 'not-documented',
        facts: { came },
        message: `the content type is ${came}, the contract promises ${documented.join(' or ')}`,
      },
    ];
  },
});
