import type { LimitFunction } from 'p-limit';
import type { Driven, Driver, Given } from '../drive/drive.js';
import type { Heard } from '../drive/seen.js';
import { isSuccess } from '../target/reply.js';
import { subjectOf, type Subject } from './subject.js';
import { wideSize } from './wide-page.js';

/** A list that was asked for so few things shows too little of how it is one. */
const FEW = 10;

/** The request for a wider page of a list, where its own request wants a small one. */
const widening: Driven<Subject, Subject | undefined> = {
  id: 'wider',
  asks: { atMost: 1, effect: 'none' },
  *run(subject) {
    const { list, request, probe, host } = subject;
    const size = list?.size;
    const asked = size && new URL(probe.request.url).searchParams.get(size.name);
    if (!size || asked === null || asked === undefined || !(Number(asked) < FEW)) return undefined;
    const wide = wideSize(size);
    if (wide <= Number(asked)) return undefined;
    const ask = request.same('a wider page', { query: { [size.name]: String(wide) } });
    const heard: Heard = yield ask;
    const { reply } = heard;
    if (reply.kind !== 'answer' || !isSuccess(reply.status)) return undefined;
    const { url } = ask.probe.request;
    const wider = { ...probe, request: { ...probe.request, url }, shown: ask.probe.shown };
    const found = subjectOf({ ...subject, probe: wider }, { ...heard, reply }, host);
    return found.list && found;
  },
};

/** A subject as checks look at it, and what was asked for that. */
export interface Widened {
  subject: Subject;
  seen: readonly Given[];
}

/**
 * Subjects with a page of their lists that holds several things, where their own requests ask for few. What an operation
 * itself was answered stays what it is; where the wider page does not come, its own is looked at.
 */
export async function widen(
  subjects: readonly Subject[],
  driver: Driver,
  limit: LimitFunction,
): Promise<Widened[]> {
  const one = async (subject: Subject): Promise<Widened> => {
    const came = await driver.drive(widening, subject);
    const wider = came.kind === 'done' ? came.result : undefined;
    return { subject: wider ?? subject, seen: came.seen };
  };
  const widened = await Promise.all(subjects.map((subject) => limit(() => one(subject))));
  // Checks that look at another read than their own see its wider page as well.
  const reads = new Map(widened.map(({ subject }) => [subject.operation.id, subject]));
  return widened.map(({ subject, seen }) => ({
    subject: subject.host.reads ? { ...subject, host: { ...subject.host, reads } } : subject,
    seen,
  }));
}
