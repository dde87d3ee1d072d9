import type { Ask } from '../drive/drive.js';
import type { SeenReply } from '../drive/seen.js';
import type { Subject } from './subject.js';

/**
 * Whether the operation as it was asked first still gives the same status: where it does not, what failed meanwhile failed
 * for another reason. Asks once.
 */
export function* stillWorks({
  request,
  own,
}: Pick<Subject, 'request' | 'own'>): Generator<Ask, boolean, SeenReply> {
  const { reply } = yield request.same('once more as it was', { fresh: true });
  return reply.kind === 'answer' && reply.status === own.reply.status && reply.incomplete === undefined;
}
