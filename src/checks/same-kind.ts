import { isObject } from '../json.js';
import { header, type Answer } from '../targets/reply.js';
import { jsonOf } from './subject.js';

/**
 * Whether a success gives what the one before gave: an object, a list, or a body of that media type. A page to log in on
 * is no answer, and neither is an error that comes with a success.
 */
export function isSameKind(own: Answer, other: Answer): boolean {
  const [before, after] = [jsonOf(own), jsonOf(other)];
  if (before === undefined)
    return header(other, 'content-type') === header(own, 'content-type') && other.body.length > 0;
  if (!isObject(before)) return Array.isArray(before) && Array.isArray(after);
  return (
    isObject(after) && ERRORS.every((name) => Object.hasOwn(before, name) || !Object.hasOwn(after, name))
  );
}

const ERRORS = ['error', 'errors', 'error_description', 'errorCode', 'fault'];
