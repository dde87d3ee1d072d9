import type { Ask, NotApplicable } from '../drive/drive.js';
import type { SeenReply } from '../drive/seen.js';
import type { Result } from './check.js';

/** The run of a check that asks nothing: it only looks at what has been heard. */
export function withoutAsking<Given, Code extends string>(
  look: (given: Given) => Result<Code> | NotApplicable,
): (given: Given) => Generator<Ask, Result<Code> | NotApplicable, SeenReply> {
  return function* (given) {
    yield* [];
    return look(given);
  };
}
