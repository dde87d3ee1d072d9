import { header, type Answer } from '../targets/reply.js';

/** The entity tag of an answer (RFC 9110, section 8.8.3), where it has one that is well formed. */
export function etagOf(answer: Answer): string | undefined {
  const tag = header(answer, 'etag')?.trim();
  return tag !== undefined && /^(W\/)?"[\x21\x23-\x7e]*"$/.test(tag) ? tag : undefined;
}

/** Whether two tags are of the same thing (RFC 9110, section 8.8.3.2): weak or strong is no difference. */
export function isSameTag(one: string, other: string): boolean {
  return opaque(one) === opaque(other);
}

function opaque(tag: string): string {
  return tag.replace(/^W\//, '');
}
