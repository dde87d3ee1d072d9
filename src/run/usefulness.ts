import type { Capability } from './run.js';

/**
 * 2 for an operation that does all that could be asked of it in this manner, 1 when it breaks the contract
 * while it does, 0 when it does not do it. Whoever refuses a token or a body that is wrong on purpose does what
 * was asked.
 */
export function usefulness({
  outcome,
  manner,
  layer,
}: Pick<Capability, 'outcome' | 'manner' | 'layer'>): 0 | 1 | 2 {
  if (manner === 'invalid-token' && outcome === 'denied' && layer === 'token') return 2;
  if (manner === 'forbidden-body' && (outcome === 'rejects' || outcome === 'absent')) return 2;
  if (outcome === 'works') return 2;
  return outcome === 'deviates' ? 1 : 0;
}
