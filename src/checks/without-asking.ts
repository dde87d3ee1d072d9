import type { Ask, NotApplicable } from '../drive/drive.js';
import type { Heard } from '../drive/seen.js';
import type { Result } from './check.js';
import type { Subject } from './subject.js';

/** The run of a check that asks nothing: it only looks at the answer that there is. */
export function withoutAsking<Code extends string>(
  look: (subject: Subject) => Result<Code> | NotApplicable,
): (subject: Subject) => Generator<Ask, Result<Code> | NotApplicable, Heard> {
  return function* (subject) {
    yield* [];
    return look(subject);
  };
}
