import type { Check } from './check.js';
import type { LifeCheck } from './life.js';

/** The checks of a run, by what they are held to. */
export interface Chosen {
  reads: readonly Check[];
  /** Of what the run creates. */
  lives: readonly LifeCheck[];
}

export const NO_CHECKS: Chosen = { reads: [], lives: [] };
