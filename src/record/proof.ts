import type { Manner } from '../probe/writes.js';
import type { Capability } from './run.js';

/**
 * What an answer proves of an operation, from the least to the most:
 *
 * - `nothing`: not asked, no answer, not routed, or an answer that leaves several explanations open
 * - `route`: there is such a method and path
 * - `permission`: and this caller may use it
 * - `works-unchecked`: and it succeeded, but a part of the answer could not be held against the contract
 * - `works`: and it succeeded, done for real
 */
export const PROOFS = ['nothing', 'route', 'permission', 'works-unchecked', 'works'] as const;
export type Proof = (typeof PROOFS)[number];

/** What it is decided by: how the operation was asked, and what came of it. */
export type Judged = Pick<Capability, 'outcome' | 'manner' | 'layer' | 'cause' | 'confidence'> & {
  findings?: readonly Pick<Capability['findings'][number], 'inconclusive'>[];
};

/** The most that asking in this manner can prove. */
const MOST: Record<Manner, Proof> = {
  plain: 'works',
  real: 'works',
  'forbidden-body': 'permission',
  'invalid-token': 'route',
  not: 'nothing',
};

/** What an answer proves. Gate, drift, history, tickets, reports and the exit code all go by it. */
export function proofOf(judged: Judged): Proof {
  const proven = provenByAnswer(judged);
  const most = MOST[judged.manner ?? 'plain'];
  // A request that was wrong on purpose shows no more than it was made for, whatever the host makes of it.
  return rank(proven) > rank(most) ? most : proven;
}

function provenByAnswer({ outcome, manner, layer, cause, confidence, findings = [] }: Judged): Proof {
  switch (outcome) {
    case 'works':
      return findings.some(({ inconclusive }) => inconclusive) ? 'works-unchecked' : 'works';
    case 'deviates':
      return 'works';
    case 'skipped':
    case 'unreachable':
    case 'throttled':
    case 'unrouted':
    case 'gone':
      return 'nothing';
    default:
  }
  if (confidence === 'possible') return 'nothing';
  switch (outcome) {
    case 'rejects':
    case 'absent':
      // Whoever reads our input, or looks for the thing, has let the caller in.
      return layer === 'gateway' || layer === 'edge' ? 'route' : 'permission';
    case 'denied':
      // Who looks at the token first says nothing of the route, unless a token that is bad on purpose is refused otherwise there.
      if (layer === 'token') return manner === 'invalid-token' ? 'route' : 'nothing';
      return layer === 'edge' ? 'nothing' : 'route';
    case 'broken':
      return cause === 'crashed' ? 'route' : 'nothing';
  }
}

/** Whether an answer settles anything: it proves something, or that there is nothing. */
export function isSettled(judged: Judged): boolean {
  const { outcome, confidence } = judged;
  const isGone = outcome === 'unrouted' || outcome === 'gone';
  return isGone ? confidence !== 'possible' : proofOf(judged) !== 'nothing';
}

/**
 * What one run shows of an operation, for whoever counts and names operations:
 *
 * - `works`: a success for real that keeps the contract, as far as it was checked
 * - `deviates`: a success for real that breaks the contract
 * - `expected refusal`: we asked with a token or a body that is wrong on purpose, and were refused for it
 * - `let in`: we asked in such a way, and were not refused
 * - `fails`: anything else that came, or did not come
 * - `skipped`: it was not asked
 */
export const OPERATION_STATES = [
  'works',
  'deviates',
  'expected refusal',
  'let in',
  'fails',
  'skipped',
] as const;
export type OperationState = (typeof OPERATION_STATES)[number];

/** What a run shows of an operation: every output counts and names it by this. */
export function stateOf(judged: Judged): OperationState {
  const { outcome, manner = 'plain' } = judged;
  if (outcome === 'skipped' || manner === 'not') return 'skipped';
  const provoked = manner === 'invalid-token' || manner === 'forbidden-body';
  if (outcome === 'works' || outcome === 'deviates') return provoked ? 'let in' : outcome;
  return provoked && isRefusedForIt(judged, manner) ? 'expected refusal' : 'fails';
}

/** Whether a refusal is for what we got wrong on purpose. A good token that is denied is not: only the body was bad. */
function isRefusedForIt(judged: Judged, manner: 'invalid-token' | 'forbidden-body'): boolean {
  const { outcome, layer } = judged;
  const isRefusal = outcome === 'rejects' || outcome === 'absent';
  if (manner === 'forbidden-body') return isRefusal && proofOf(judged) !== 'nothing';
  return (isRefusal || outcome === 'denied') && (layer === 'token' || proofOf(judged) !== 'nothing');
}

/** What we got wrong on purpose: `a bad token`; undefined where the request was a real one. */
export function provokedBy({ manner }: { manner?: Manner | undefined }): string | undefined {
  return manner === undefined ? undefined : PROVOKED_BY[manner];
}

const PROVOKED_BY: Partial<Record<Manner, string>> = {
  'invalid-token': 'a bad token',
  'forbidden-body': 'a forbidden body',
};

/** 2 for an operation that does what it was asked for, 1 when it breaks the contract while it does, 0 when it does not. */
export function usefulness(judged: Judged): 0 | 1 | 2 {
  if (judged.outcome === 'deviates') return 1;
  const state = stateOf(judged);
  return state === 'fails' || state === 'skipped' ? 0 : 2;
}

/** Whether an operation was done for real and kept the contract, as far as it was checked. */
export function isProvenToWork(judged: Judged): boolean {
  return stateOf(judged) === 'works';
}

/** Whether one proof is at least as strong as another. */
export function isAtLeast(proof: Proof, wanted: Proof): boolean {
  return rank(proof) >= rank(wanted);
}

function rank(proof: Proof): number {
  return PROOFS.indexOf(proof);
}
