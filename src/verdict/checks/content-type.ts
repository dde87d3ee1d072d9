import { header } from '../../target/reply.js';
import type { Check } from './check.js';

/** The body comes in a media type that the contract documents for the status (OpenAPI 3.0.3, section 4.7.17). */
export const contentType: Check = {
  name: 'content-type',
  find: ({ answer, response, body }) => {
    const documented = Object.keys(response?.content ?? {});
    if (documented.length === 0 || body.kind === 'empty') return [];
    const sent = header(answer, 'content-type')?.split(';')[0]?.trim().toLowerCase();
    if (sent === undefined || sent === '') {
      return [
        {
          severity: 'error',
          message: `a body came without a content type (documented: ${documented.join(', ')})`,
        },
      ];
    }
    if (documented.some((range) => covers(range, sent))) return [];
    return [
      {
        severity: 'error',
        message: `the content type is ${nameOf(sent)}, the contract promises ${documented.join(' or ')}`,
      },
    ];
  },
};

function covers(range: string, type: string): boolean {
  const wanted = range.split(';')[0]?.trim().toLowerCase() ?? '';
  if (wanted === '*/*' || wanted === type) return true;
  return wanted.endsWith('/*') && type.startsWith(wanted.slice(0, -1));
}

/** Common types are named; what else a server puts into this header is not repeated. */
function nameOf(type: string): string {
  return /^(text\/(html|plain|xml|csv)|application\/((fhir|problem|hal|vnd\.api)\+)?(json|xml)|application\/octet-stream)$/.test(
    type,
  )
    ? type
    : 'another one';
}
