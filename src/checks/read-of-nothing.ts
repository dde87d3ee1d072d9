import { NotApplicable, type Ask } from '../drive/drive.js';
import type { Parameter } from '../contract/parameter.js';
import { onceFor } from '../once.js';
import { percentDecoded } from '../percent.js';
import { fits } from '../probe/fits.js';
import { segmentsOf } from '../probe/segments.js';
import type { Subject } from './subject.js';

/**
 * The read of an id that nothing has, where the path has an id: in place of its last one. All checks of one subject are given the same id, so
 * that it is asked once for all of them.
 */
export const readOfNothing = onceFor((subject: Subject): Ask | NotApplicable => {
  const { operation, request, host } = subject;
  const segments = segmentsOf(operation.path);
  const at = segments.findLastIndex((segment) => segment.includes('{'));
  const parameter = operation.parameters.find((one) => `{${one.name}}` === segments[at]);
  if (parameter?.in !== 'path') return new NotApplicable('its path has no id');
  const behind = segments.length - 1 - at;
  const id = host.absent.make(parameter.schema) ?? scrambled(subject, parameter, behind);
  if (id === undefined) return new NotApplicable('every value of the id may be that of something');
  return request.same('an id of nothing', { last: { sent: id, shown: 'absent-id' }, behind });
});

/** So many characters have to be drawn, so that the id of something is not met by chance. */
const LEAST_DRAWN = 6;

/** An id of the same form as the one that was asked: each letter and digit another one, drawn by chance. */
function scrambled({ probe, host }: Subject, parameter: Parameter, behind: number): string | undefined {
  const { pathname } = new URL(probe.request.url);
  const known = percentDecoded(segmentsOf(pathname).at(-1 - behind) ?? '');
  let drawn = 0;
  const id = known.replaceAll(/[A-Za-z\d]/g, (one, index: number) => {
    // What an id begins with often says of what kind it is.
    if (index < 2 && /[A-Za-z]/.test(one)) return one;
    drawn += 1;
    const [first, size] = /\d/.test(one) ? ['0', 10] : /[a-z]/.test(one) ? ['a', 26] : ['A', 26];
    return String.fromCharCode(first.charCodeAt(0) + (parseInt(host.chance(2), 16) % size));
  });
  const isFitting = fits(id, parameter, host.contract.validators.request);
  return drawn >= LEAST_DRAWN && id !== known && isFitting ? id : undefined;
}

/** Whether an error is about the id, and not about who asks, how often, or how the host is. */
export function isAboutId(status: number): boolean {
  return ABOUT_ID.has(status);
}

const ABOUT_ID = new Set([400, 404, 410, 422]);
