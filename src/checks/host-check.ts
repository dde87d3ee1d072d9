import type { Ask, NotApplicable } from '../drive/drive.js';
import type { SeenReply } from '../drive/seen.js';
import type { Promised, Result } from './check.js';

/** A promise of a host that is about no single read, and how to see whether it is kept. */
export interface HostCheck<Given, Code extends string = string> extends Promised<Code> {
  run: (given: Given) => Generator<Ask, Result<Code> | NotApplicable, SeenReply>;
}

/** Gives a check of a host its type: the codes of its findings are those of its messages. */
export function hostCheck<Given, const Code extends string>(
  given: HostCheck<Given, Code>,
): HostCheck<Given, Code> {
  return given;
}
