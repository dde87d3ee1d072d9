import { answeredMembers } from '../../contract/member-names.js';
import { NotApplicable } from '../../drive/drive.js';
import { isOfNothing, isSuccess } from '../../targets/reply.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { nameAmong, status } from '../fact.js';
import { referencesIn } from '../references.js';

/** So many references are followed. */
const MOST = 4;
/** So many things that are not there are more than one that was removed meanwhile. */
const LEAST = 2;

export const referenceResolves = check({
  id: 'read/reference-resolves',
  promise: 'What a thing names by its id can be read.',
  source: { kind: 'practice', ref: 'an id is that of a thing' },
  since: '0.2.0',
  severity: 'warning',
  asks: { atMost: MOST + 1 },
  messages: {
    'leads-nowhere': ({ member, came }) =>
      `the member ${member} names two different things that are answered with ${came} where they are read by their ids`,
  },
  *run(subject) {
    const references = referencesIn(subject).filter(({ ids }) => ids.length >= LEAST);
    if (references.length === 0)
      return new NotApplicable('it names no two things of which it is known how they are read');
    let asked = 0;
    let isJudged = false;
    for (const { name, target, ids } of references) {
      const absent: number[] = [];
      for (const id of ids.slice(0, LEAST)) {
        if (asked === MOST) break;
        asked += 1;
        const last = { sent: id, shown: subject.host.pseudonyms.of(target.collection ?? 'thing', id) };
        const { reply } = yield target.request.same(`what ${name} names`, { last });
        if (reply.kind !== 'answer' || !isOfNothing(reply.status)) {
          isJudged ||= reply.kind === 'answer' && isSuccess(reply.status) && reply.incomplete === undefined;
          break;
        }
        absent.push(reply.status);
      }
      if (absent.length < LEAST) continue;
      // Where nothing can be read any more, the references are not to blame.
      const { reply } = yield target.request.same('a thing that was read before', { fresh: true });
      if (reply.kind !== 'answer' || !isSuccess(reply.status))
        return inconclusive('the read that things are named for does not work any more');
      const described = answeredMembers(subject.host.contract, subject.operation);
      return failed('leads-nowhere', {
        member: nameAmong(described, name),
        came: status(absent[0] ?? null),
      });
    }
    return isJudged ? passed : inconclusive('what it names was not answered in a way that shows it');
  },
});
