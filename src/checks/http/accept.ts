import { covers, parseMediaType } from '../../contract/media-type.js';
import type { Operation } from '../../contract/operation.js';
import { header, type Answer } from '../../targets/reply.js';
import { check, inconclusive, passed, type Broken } from '../check.js';
import { mediaType, status } from '../fact.js';
import { stillWorks } from '../still-works.js';

const MOST_TYPES = 2;

export const accept = check({
  id: 'http/accept',
  promise: 'It gives the media types that the contract describes, and does not fail for others.',
  source: {
    kind: 'standard',
    ref: 'RFC 9110, section 12.5.1',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1',
  },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 2 + MOST_TYPES },
  messages: {
    fails: ({ came }) =>
      `it fails with ${came} where a media type is accepted that the contract does not describe`,
    'refuses-described': ({ type }) =>
      `it answers 406 where ${type} is accepted, which the contract describes`,
  },
  *run(subject) {
    const { operation, own, request } = subject;
    const broken: Broken<'fails' | 'refuses-described'>[] = [];
    const { reply } = yield request.same('a media type that is not described', {
      headers: { accept: undescribed(operation) },
    });
    if (reply.kind === 'answer' && reply.status >= 500 && (yield* stillWorks(subject)))
      broken.push({ code: 'fails', facts: { came: status(reply.status) } });
    for (const type of otherTypes(operation, own.reply)) {
      const answer = (yield request.same('a media type that is described', { headers: { accept: type } }))
        .reply;
      if (answer.kind === 'answer' && answer.status === 406)
        broken.push({ code: 'refuses-described', facts: { type: mediaType(type) } });
    }
    if (broken.length > 0) return { kind: 'failed', broken };
    const isAnswer =
      reply.kind === 'answer' && (reply.status === 406 || reply.status === 415 || reply.status < 300);
    return isAnswer ? passed : inconclusive('it answered in a way that may have another reason');
  },
});

/** A media type that many have, and this operation has not. */
function undescribed({ responses }: Operation): string {
  const described = Object.values(responses).flatMap(({ content }) => Object.keys(content));
  const free = COMMON.find((type) => !described.some((range) => covers(range, type)));
  return free ?? 'application/vnd.conform.none';
}

const COMMON = ['text/csv', 'application/pdf', 'image/png'];

/** The media types that the contract has for such an answer, besides the one that came. */
function otherTypes({ responses }: Operation, own: Answer): string[] {
  const described = responses[String(own.status)] ?? responses['2XX'];
  const came = header(own, 'content-type') ?? '';
  return Object.keys(described?.content ?? {})
    .filter((type) => !type.includes('*') && parseMediaType(type) && !covers(type, came))
    .slice(0, MOST_TYPES);
}
