import { covers } from '../../contract/media-type.js';
import { header } from '../../target/reply.js';
import type { Check } from './check.js';

/** The body comes in a media type that the contract documents for the status (OpenAPI 3.0.3, section 4.7.17). */
export const contentType: Check = {
  name: 'content-type',
  find: ({ answer, response, body }) => {
    const documented = Object.keys(response?.content ?? {});
    if (documented.length === 0 || body.kind === 'empty') return [];
    const sent = header(answer, 'content-type') ?? '';
    if (sent.trim() === '') {
      return [
        {
          code: 'missing',
          severity: 'error',
          message: `a body came without a content type (documented: ${documented.join(', ')})`,
        },
      ];
    }
    if (documented.some((range) => covers(range, sent))) return [];
    const name = nameOf(sent.split(';')[0]?.trim().toLowerCase() ?? '');
    return [
      {
        code: 'not-documented',
        facts: { came: name },
        severity: 'error',
        message: `the content type is ${name}, the contract promises ${documented.join(' or ')}`,
      },
    ];
  },
};

/** Common types are named; what else a server puts into this header is not repeated. */
function nameOf(type: string): string {
  return /^(text\/(html|plain|xml|csv)|application\/((fhir|problem|hal|vnd\.api)\+)?(json|xml)|application\/octet-stream)$/.test(
    type,
  )
    ? type
    : 'another one';
}
