import { NotApplicable, type Ask } from '../drive/drive.js';
import { segmentsOf } from '../probe/segments.js';
import type { Subject } from './subject.js';

/**
 * The read of an id that nothing has, where the path has an id: in place of its last one. All checks of one subject are given the same id, so
 * that it is asked once for all of them.
 */
export function readOfNothing(subject: Subject): Ask | NotApplicable {
  const known = reads.get(subject) ?? makeRead(subject);
  reads.set(subject, known);
  return known;
}

const reads = new WeakMap<Subject, Ask | NotApplicable>();

function makeRead({ operation, request, host }: Subject): Ask | NotApplicable {
  const segments = segmentsOf(operation.path);
  const at = segments.findLastIndex((segment) => segment.includes('{'));
  const parameter = operation.parameters.find((one) => `{${one.name}}` === segments[at]);
  if (parameter?.in !== 'path') return new NotApplicable('its path has no id');
  const id = host.absent.make(parameter.schema);
  if (id === undefined) return new NotApplicable('every value of the id may be that of something');
  const behind = segments.length - 1 - at;
  return request.same('an id of nothing', { last: { sent: id, shown: 'absent-id' }, behind });
}

/** Whether an error is about the id, and not about who asks, how often, or how the host is. */
export function isAboutId(status: number): boolean {
  return ABOUT_ID.has(status);
}

const ABOUT_ID = new Set([400, 404, 410, 422]);
