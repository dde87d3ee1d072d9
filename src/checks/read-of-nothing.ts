import { NotApplicable, type Ask } from '../drive/drive.js';
import type { Subject } from './subject.js';

/**
 * The read of an id that nothing has, where the path ends in an id. All checks of one subject are given the same id, so
 * that it is asked once for all of them.
 */
export function readOfNothing(subject: Subject): Ask | NotApplicable {
  const known = reads.get(subject) ?? makeRead(subject);
  reads.set(subject, known);
  return known;
}

const reads = new WeakMap<Subject, Ask | NotApplicable>();

function makeRead({ operation, request, host }: Subject): Ask | NotApplicable {
  const parameter = operation.parameters.filter((one) => one.in === 'path').at(-1);
  if (!parameter || !operation.path.replace(/\/$/, '').endsWith(`{${parameter.name}}`))
    return new NotApplicable('its path does not end in an id');
  const id = host.absent.make(parameter.schema);
  if (id === undefined) return new NotApplicable('every value of the id may be that of something');
  return request.same('an id of nothing', { last: { sent: id, shown: 'absent-id' } });
}

/** Whether an error is about the id, and not about who asks, how often, or how the host is. */
export function isAboutId(status: number): boolean {
  return ABOUT_ID.has(status);
}

const ABOUT_ID = new Set([400, 404, 410, 422]);
