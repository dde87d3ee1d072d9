import type { Operation } from '../contract/operation.js';
import { isForbidden, type Validator } from '../contract/schema/validator.js';
import { isJsonType, type Json } from '../json.js';
import type { Target, WritePolicy } from '../targets/targets.js';

/**
 * How one operation is asked:
 *
 * - `plain`: with a good token and a valid request
 * - `invalid-token`: with a token that is invalid on purpose; nothing can change, and unrouted and guarded
 *   are still distinguished
 * - `forbidden-body`: with a body that the contract itself forbids; a 4xx proves route and permission
 * - `real`: for real, on what this run itself created, with a journal
 * - `not`
 */
export const MANNERS = ['plain', 'invalid-token', 'forbidden-body', 'real', 'not'] as const;
export type Manner = (typeof MANNERS)[number];

/** What is possible for an operation, besides asking it as it is. */
export interface Possible {
  /** A body that the contract forbids. */
  forbidden: boolean;
  /** That such a body, where the host takes it all the same, changes nothing that is there. */
  apart: boolean;
  /** To ask it for real, on what the run itself has created. */
  real: boolean;
  /** That the contract or the target says that it refuses whoever has no good credentials. */
  guarded: boolean;
}

/**
 * How an operation is asked under a policy, and why not where it is not. What leaves in the end is decided by the gate;
 * this is what has a chance to pass it.
 */
export function mannerOf(
  operation: Operation,
  policy: WritePolicy,
  target: Pick<Target, 'serve'>,
  can: Possible,
): { manner: Exclude<Manner, 'not'> } | { manner: 'not'; why: string } {
  // The mock keeps nothing: there a write is as harmless as a read.
  if (operation.safe || target.serve === 'mock') return { manner: 'plain' };
  if (policy === 'none') return { manner: 'not', why: NOT_ASKED.policy };
  if (policy === 'full' && can.real) return { manner: 'real' };
  if (policy !== 'route' && can.forbidden && can.apart) return { manner: 'forbidden-body' };
  if (!can.guarded) {
    const isOpen = policy !== 'route' && can.forbidden;
    return { manner: 'not', why: isOpen ? NOT_ASKED.apart : NOT_ASKED.guard };
  }
  const hasIds = operation.parameters.some((parameter) => parameter.in === 'path');
  if (operation.body ? can.forbidden : hasIds) return { manner: 'invalid-token' };
  return { manner: 'not', why: operation.body ? NOT_ASKED.body : NOT_ASKED.nothing };
}

const NOT_ASKED = {
  policy: 'it changes something, and the policy of the run is not to ask such operations',
  guard:
    'it changes something, and nobody says that the host refuses whoever has no good credentials: neither the contract (security) nor targets.yaml (guarded)',
  apart:
    'it changes something and takes no id, and the contract does not show that it only adds: a host that takes a forbidden body could change what is there',
  body: 'it changes something, and the contract forbids no body that could be sent: nothing would make it harmless',
  nothing: 'it changes something, and takes neither a body nor an id: nothing would make it harmless',
} as const;

/**
 * A body that the contract forbids for an operation: nothing of what is required, or the wrong type. Undefined
 * when the contract forbids nothing that could be sent; then such a body proves nothing.
 */
export function forbiddenBody(operation: Operation, validator: Validator): Json | undefined {
  const media = Object.entries(operation.body?.content ?? {}).find(([type]) => isJsonType(type))?.[1];
  if (media?.schemaPointer === undefined) return undefined;
  const pointer = media.schemaPointer;
  return CANDIDATES.find((candidate) => isForbidden(validator.check(pointer, candidate)));
}

const CANDIDATES: readonly Json[] = [{}, [], 'conform-forbidden'];
