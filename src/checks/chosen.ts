import type { Check, Promised } from './check.js';
import type { LifeCheck } from './life.js';

/** The checks of a run, by what they are held to. */
export interface Chosen {
  reads: readonly Check[];
  /** Of what the run creates. */
  lives: readonly LifeCheck[];
  /** Of tokens, of who may write, and of how much may be asked. */
  access: readonly Promised[];
}

export const NO_CHECKS: Chosen = { reads: [], lives: [], access: [] };
