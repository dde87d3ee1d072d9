import type { Driven, Driver, Given } from '../drive/drive.js';
import type { SeenReply } from '../drive/seen.js';
import { isSuccess } from '../targets/reply.js';
import { subjectOf, type Subject } from './subject.js';
import { wideSize } from './wide-page.js';

/** A list that was asked for so few things shows too little of how it is one. */
const FEW = 10;

/** So many things are enough where few records may be fetched. */
const THRIFTY = 5;

/** The request for a wider page of a list, where its own request wants a small one. */
function widening(isThrifty: boolean): Driven<Subject, Subject | undefined> {
  return {
    id: 'wider',
    asks: { atMost: 1, effect: 'none' },
    *run(subject) {
      const { list, request, probe, host } = subject;
      const size = list?.size;
      const asked = size && new URL(probe.request.url).searchParams.get(size.name);
      if (!size || asked === null || asked === undefined || !(Number(asked) < FEW)) return undefined;
      const wide = isThrifty ? Math.min(THRIFTY, wideSize(size)) : wideSize(size);
      if (wide <= Number(asked)) return undefined;
      const ask = request.same('a wider page', { query: { [size.name]: String(wide) } });
      const heard: SeenReply = yield ask;
      const { reply } = heard;
      if (reply.kind !== 'answer' || !isSuccess(reply.status)) return undefined;
      const { url } = ask.probe.request;
      const wider = { ...probe, request: { ...probe.request, url }, shown: ask.probe.shown };
      const found = subjectOf({ ...subject, probe: wider }, { ...heard, reply }, host);
      return found.list && found;
    },
  };
}

/** A subject as checks look at it, and what was asked for that. */
export interface Widened {
  subject: Subject;
  seen: readonly Given[];
}

/**
 * Gives subjects a page of their lists that holds several things, where their own requests ask for few. What an operation
 * itself was answered stays what it is; where the wider page does not come, its own is looked at. Checks that look at
 * another read than their own see its wider page as well.
 * @param isThrifty whether few records may be fetched
 */
export function createWidening(subjects: readonly Subject[], driver: Driver, isThrifty: boolean) {
  const known = new Map<string, Promise<Widened>>();
  const reads = new Map(subjects.map((subject) => [subject.operation.id, subject]));
  const shared = (subject: Subject): Subject =>
    subject.host.reads ? { ...subject, host: { ...subject.host, reads } } : subject;
  const ask = async (subject: Subject): Promise<Widened> => {
    const came = await driver.drive(widening(isThrifty), subject);
    const wider = shared((came.kind === 'done' ? came.result : undefined) ?? subject);
    reads.set(subject.operation.id, wider);
    return { subject: wider, seen: came.seen };
  };
  return {
    /** The subjects as they are as long as none is widened. */
    narrow: subjects.map(shared),
    /** Asks once for each. */
    widen: (subject: Subject): Promise<Widened> => {
      const { id } = subject.operation;
      const widened = known.get(id) ?? ask(subject);
      known.set(id, widened);
      return widened;
    },
  };
}
