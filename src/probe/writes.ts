import type { Operation } from '../contract/contract.js';
import type { Validator } from '../contract/validator.js';
import { isJsonType, type Json } from '../json.js';
import { WRITE_POLICIES, type Target, type WritePolicy } from '../target/targets.js';
import { Problem } from '../problem.js';

/**
 * How one operation is asked:
 *
 * - `plain`: with a good token and a valid request
 * - `invalid-token`: with a token that is invalid on purpose; nothing can change, and unrouted is still told from
 *   guarded
 * - `forbidden-body`: with a body that the contract itself forbids; a 4xx proves route and permission
 * - `real`: for real, on what this run itself created, with a journal
 * - `not`
 */
export const MANNERS = ['plain', 'invalid-token', 'forbidden-body', 'real', 'not'] as const;
export type Manner = (typeof MANNERS)[number];

/**
 * The policy for a run: the target's own, or the one that was asked for, as far as the target allows it.
 * @throws Problem when it goes further than the target allows, or than was unlocked.
 */
export function chooseWritePolicy(
  target: Target,
  wanted: string | undefined,
  environment: Record<string, string | undefined>,
): WritePolicy {
  const policy = WRITE_POLICIES.find((candidate) => candidate === (wanted ?? target.writes.default));
  if (policy === undefined) {
    throw new Problem(`there is no write policy “${wanted ?? ''}”`, {
      remedy: `Policies are: ${WRITE_POLICIES.join(', ')}.`,
    });
  }
  const rank = (candidate: WritePolicy) => WRITE_POLICIES.indexOf(candidate);
  if (rank(policy) <= rank(target.writes.most)) return policy;
  if (rank(policy) > rank(target.writes.unlocked)) {
    throw new Problem(`writes “${policy}” are never possible on “${target.name}”`, {
      remedy: `The furthest is ${target.writes.unlocked}.`,
    });
  }
  if (environment[UNLOCK] !== target.name) {
    throw new Problem(`writes “${policy}” on “${target.name}” are locked`, {
      remedy: `If you mean it, set ${UNLOCK}=${target.name} in the environment as well.`,
    });
  }
  return policy;
}

const UNLOCK = 'CONFORM_UNLOCK_WRITES';

/** @param can what is possible for this operation: to send a body that is forbidden, to ask it for real */
export function mannerOf(
  operation: Operation,
  policy: WritePolicy,
  target: Target,
  can: { forbidden: boolean; real: boolean },
): Manner {
  // The mock keeps nothing: there a write is as harmless as a read.
  if (operation.safe || target.serve === 'mock') return 'plain';
  if (policy === 'none') return 'not';
  if (policy === 'full' && can.real) return 'real';
  return policy !== 'route' && can.forbidden ? 'forbidden-body' : 'invalid-token';
}

/**
 * A body that the contract forbids for an operation: nothing of what is required, or the wrong type. Undefined
 * when the contract forbids nothing that could be sent; then such a body proves nothing.
 */
export function forbiddenBody(operation: Operation, validator: Validator): Json | undefined {
  const media = Object.entries(operation.body?.content ?? {}).find(([type]) => isJsonType(type))?.[1];
  if (media?.schemaPointer === undefined) return undefined;
  const pointer = media.schemaPointer;
  return CANDIDATES.find((candidate) => (validator.check(pointer, candidate) ?? []).length > 0);
}

const CANDIDATES: readonly Json[] = [{}, []];
